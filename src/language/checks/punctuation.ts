import { listed, type Check, type CheckedPair } from "./check.ts";
import { letterCount, matchesOf } from "./words.ts";

const CLOSERS = String.raw`[\s"«»“”„’')\]]*$`;
const END_MARK = new RegExp(String.raw`(?<mark>[?!]+|…|\.{3})(?:[.…]*)${CLOSERS}`, "u");

/** Question, exclamation, or trailing off, as the end of a text shows it. */
function endOf(text: string): string {
  const mark = END_MARK.exec(text)?.groups?.["mark"] ?? "";
  if (mark === "") return "";
  if (mark.includes("?")) return "?";
  return mark.includes("!") ? "!" : "…";
}

function endChanged({ source, translation }: CheckedPair): string | undefined {
  const [there, here] = [endOf(source), endOf(translation)];
  return there === here ? undefined : `${there || "none"} in the source, ${here || "none"} here`;
}

const DIALOGUE_DASH = /^\s*[—–-](?=\s|\p{L}|…)/u;

function dashLost({ source, translation }: CheckedPair): string | undefined {
  return DIALOGUE_DASH.test(source) && !DIALOGUE_DASH.test(translation)
    ? translation.trimStart().slice(0, 20)
    : undefined;
}

const count = (text: string, mark: RegExp) => matchesOf(text, mark).length;

const FOREIGN_QUOTES = /[«»"”]/gu;

function quotesUnbalanced({ source, translation }: CheckedPair): string | undefined {
  const open = count(translation, /[„«]/gu);
  const close = count(translation, /[“”»]/gu);
  // Speech that runs on over paragraphs is open in the source, too.
  const isOpenInSource = count(source, /[„«]/gu) !== count(source, /[“”»]/gu);
  if (open !== close && !isOpenInSource) return `${open} opening, ${close} closing`;
  return listed(matchesOf(translation, FOREIGN_QUOTES));
}

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu;

function invisibleCharacters({ translation }: CheckedPair): string | undefined {
  return listed(
    matchesOf(translation, INVISIBLE).map(
      (character) => `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
    ),
  );
}

const MIN_LETTERS_OF_CAPITALS = 4;
const isAllCapitals = (text: string) =>
  letterCount(text) >= MIN_LETTERS_OF_CAPITALS && !/\p{Ll}/u.test(text);
const FIRST_LETTER = /\p{L}/u;

function capitalsChanged({ source, translation }: CheckedPair): string | undefined {
  if (letterCount(translation) < MIN_LETTERS_OF_CAPITALS) return undefined;
  if (isAllCapitals(source) !== isAllCapitals(translation) && letterCount(source) > 3) {
    return isAllCapitals(source) ? "capitals are lost" : "all in capitals";
  }
  const [there, here] = [FIRST_LETTER.exec(source)?.[0], FIRST_LETTER.exec(translation)?.[0]];
  if (there === undefined || here === undefined) return undefined;
  return /\p{Lu}/u.test(there) && /\p{Ll}/u.test(here) ? `begins with ${here}` : undefined;
}

/** Marks, dashes, quotation marks, spaces and capitals: C31 to C35. */
export const PUNCTUATION_CHECKS: readonly Check[] = [
  {
    id: "C31",
    severity: "warning",
    title: "the end mark differs",
    why: "A question became a statement, or the reverse.",
    onlyFor: "sr",
    find: endChanged,
  },
  {
    id: "C32",
    severity: "warning",
    title: "the dash of speech is lost",
    why: "Mended by itself, unless speech was set in quotation marks.",
    onlyFor: "sr",
    find: dashLost,
  },
  {
    id: "C33",
    severity: "warning",
    title: "quotation marks",
    why: "Serbian has „…“. Mended by itself where sides are plain. Let pass: speech over several paragraphs.",
    onlyFor: "sr",
    find: quotesUnbalanced,
  },
  {
    id: "C34",
    severity: "warning",
    title: "invisible characters",
    why: "Mended by itself. They break search and hyphenation.",
    onlyFor: "sr",
    find: invisibleCharacters,
  },
  {
    id: "C35",
    severity: "warning",
    title: "capitals differ",
    why: "Headings in capitals stay so; a sentence begins with a capital as in the source.",
    onlyFor: "sr",
    find: capitalsChanged,
  },
];
