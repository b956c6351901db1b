import { listed, type Check, type CheckContext, type CheckedPair } from "./check.ts";
import { wholeWords, wordsOf } from "./words.ts";

function termsMissed(
  { source, translation }: CheckedPair,
  { terms = [] }: CheckContext,
): string | undefined {
  const [there, here] = [wordsOf(source), wordsOf(translation)];
  const missed = terms.filter(
    ({ sourceStem, targetStems }) =>
      there.some((word) => word.startsWith(sourceStem)) &&
      !here.some((word) => targetStems.some((stem) => word.startsWith(stem))),
  );
  return listed(missed.map(({ sourceStem, targetStems }) => `${sourceStem}… → ${targetStems[0]}…`));
}

const russianThou = wholeWords([
  "ты",
  "тебя",
  "тебе",
  "тобой",
  "твой",
  "твоя",
  "твоё",
  "твое",
  "твои",
  "твою",
]);
const russianYou = wholeWords(["вы", "вас", "вам", "вами", "ваш", "ваша", "ваше", "ваши", "вашу"]);
const serbianThou = wholeWords([
  "тебе",
  "теби",
  "тобом",
  "твој",
  "твоја",
  "твоје",
  "твоји",
  "твоју",
]);
const serbianYou = wholeWords(["ви", "вас", "вам", "вама", "ваш", "ваша", "ваше", "ваши", "вашу"]);

const isAny = (words: readonly string[]) => words.length > 0;

function addressChanged({ source, translation }: CheckedPair): string | undefined {
  const said = { thou: isAny(russianThou(source)), you: isAny(russianYou(source)) };
  const says = { thou: isAny(serbianThou(translation)), you: isAny(serbianYou(translation)) };
  if (said.thou && !said.you && says.you && !says.thou) return "ты became ви";
  if (said.you && !said.thou && says.thou && !says.you) return "вы became ти";
  return undefined;
}

const I_SAID_FEMININE = /(?<!\p{L})я(?: не)? \p{L}+л(?:а|ась)(?!\p{L})/iu;
const I_SAID_MASCULINE = /(?<!\p{L})я(?: не)? \p{L}+(?:[аеиыоуя]л|лся)(?!\p{L})/iu;
const SAID_I_FEMININE = /(?<!\p{L})(?:(?:ни)?сам \p{L}+ла|\p{L}+ла сам)(?!\p{L})/iu;
const SAID_I_MASCULINE =
  /(?<!\p{L})(?:(?:ни)?сам \p{L}+(?:ао|ео|ио|уо)|\p{L}+(?:ао|ео|ио|уо) сам)(?!\p{L})/iu;

function genderOf(text: string, feminine: RegExp, masculine: RegExp) {
  const [isFeminine, isMasculine] = [feminine.test(text), masculine.test(text)];
  if (isFeminine === isMasculine) return undefined;
  return isFeminine ? "feminine" : "masculine";
}

function genderChanged(
  { source, translation }: CheckedPair,
  { speakerGender }: CheckContext,
): string | undefined {
  const expected = speakerGender ?? genderOf(source, I_SAID_FEMININE, I_SAID_MASCULINE);
  const found = genderOf(translation, SAID_I_FEMININE, SAID_I_MASCULINE);
  if (expected === undefined || found === undefined || expected === found) return undefined;
  return `${expected} in the source, ${found} here`;
}

/** Terms, address and gender within a segment: C50, C52 and C53. */
export const CONSISTENCY_CHECKS: readonly Check[] = [
  {
    id: "C50",
    severity: "warning",
    title: "a term of the glossary is missing",
    why: "Compared by stems, so that every inflected form is right.",
    find: termsMissed,
  },
  {
    id: "C52",
    severity: "hint",
    title: "ти and ви",
    why: "The address between two people is part of the story. Let pass: texts that have both.",
    onlyFor: "sr",
    find: addressChanged,
  },
  {
    id: "C53",
    severity: "hint",
    title: "the gender of the one who speaks",
    why: 'The past tense tells who says "I", in both languages. Let pass: texts in which both genders speak.',
    onlyFor: "sr",
    find: genderChanged,
  },
];
