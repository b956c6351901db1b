import { listed, type Check, type CheckedPair } from "./check.ts";
import { matchesOf, wordsOf } from "./words.ts";

const NUMBER = /\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?/gu;
const ROMAN_NUMERAL = /^[ivxlcdm]+$/u;
/** Numbers that a translator may rightly write as a word, or find as one. */
const MAX_SPELLED_OUT = 20;

/** Only the figures: separators of thousands and decimals differ between the languages. */
const figuresOf = (text: string) =>
  matchesOf(text, NUMBER).map((number) => number.replaceAll(/\D/g, ""));

function missingFrom(some: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return some.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function numbersChanged({ source, translation }: CheckedPair): string | undefined {
  const [there, here] = [figuresOf(source), figuresOf(translation)];
  const roman = wordsOf(`${source} ${translation}`).filter((word) => ROMAN_NUMERAL.test(word));
  const matters = (number: string) => Number(number) > MAX_SPELLED_OUT || number.length > 2;
  const lost = missingFrom(there, here).filter(matters);
  const added = missingFrom(here, there).filter(matters);
  // A century may be in figures of one kind here and of the other there; a number may become words.
  if (added.length === 0 && lost.length <= roman.length) return undefined;
  // New figures where the source has words: "двадцать пять" became 25.
  if (lost.length === 0 && added.length === 1) return undefined;
  return listed([...lost.map((number) => `${number} is lost`), ...added.map((n) => `${n} is new`)]);
}

/** Figures: C30. */
export const NUMBER_CHECKS: readonly Check[] = [
  {
    id: "C30",
    severity: "warning",
    title: "numbers differ",
    why: "Models miscopy figures. Let pass: numbers up to twenty, which may be words, separators, Roman numerals, one number that was spelled out.",
    find: numbersChanged,
  },
];
