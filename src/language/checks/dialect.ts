import { listed, type Check, type CheckContext, type CheckedPair } from "./check.ts";
import {
  CROATIAN_BEGINNINGS,
  FALSE_FRIENDS,
  IJEKAVIAN_BEGINNINGS,
  RUSSIANISMS,
} from "./dialect-words.ts";
import { matchesOf, unbrokenWords, withBeginning } from "./words.ts";

const IJEKAVIAN = withBeginning(IJEKAVIAN_BEGINNINGS);
const CROATIAN = withBeginning(CROATIAN_BEGINNINGS);
/** A capital inside a sentence: names of people and places keep their form (Ријека, Бјелица). */
const NAME = /(?<=[\p{L},] )\p{Lu}\p{Ll}+/gu;

function wordsFound(text: string, among: ReturnType<typeof withBeginning>): string[] {
  const found = among(unbrokenWords(text));
  const names = new Set(found.length > 0 ? matchesOf(text, NAME) : []);
  return found.filter((word) => !names.has(word));
}

const ijekavianWords = ({ translation }: CheckedPair) => wordsFound(translation, IJEKAVIAN);

/** So many different ones in one segment are no slip, and no quotation of a word. */
const MIN_IJEKAVIAN = 4;

function isIjekavian(pair: CheckedPair): string | undefined {
  const found = new Set(ijekavianWords(pair).map((word) => word.toLowerCase()));
  return found.size >= MIN_IJEKAVIAN ? listed([...found]) : undefined;
}

const LOANS = RUSSIANISMS.map(([beginning, serbian]) => ({
  among: withBeginning([beginning]),
  serbian,
}));

const TWINS = FALSE_FRIENDS.map(([russian, alike, serbian]) => ({
  amongRussian: withBeginning([russian]),
  among: withBeginning([alike]),
  serbian,
}));

/** Most words are none of these: they are asked once, and not for each entry of the lists. */
const perhapsTwinned = withBeginning(FALSE_FRIENDS.map(([russian]) => russian));
const perhapsRussianism = withBeginning([
  ...RUSSIANISMS.map(([beginning]) => beginning),
  ...FALSE_FRIENDS.map(([, alike]) => alike),
]);

function russianisms(
  { source, translation }: CheckedPair,
  { source: from = "ru" }: CheckContext,
): string | undefined {
  const here = perhapsRussianism(unbrokenWords(translation));
  if (here.length === 0) return undefined;
  const there = from === "ru" ? perhapsTwinned(unbrokenWords(source)) : [];
  const twins = TWINS.filter(({ amongRussian }) => amongRussian(there).length > 0);
  return listed(
    [...LOANS, ...twins].flatMap(({ among, serbian }) =>
      among(here).map((word) => `${word} (${serbian})`),
    ),
  );
}

/** Standard Serbian, ekavian: C07 to C09. */
export const DIALECT_CHECKS: readonly Check[] = [
  {
    id: "C07",
    severity: "warning",
    title: "ijekavian words",
    why: "Models mix standards of the language. Let pass: names.",
    onlyFor: "sr",
    find: (pair) => listed(ijekavianWords(pair)),
  },
  {
    id: "C07a",
    severity: "error",
    title: "the text is ijekavian",
    why: "From four different words on it is the other standard, not a slip.",
    onlyFor: "sr",
    find: isIjekavian,
  },
  {
    id: "C08",
    severity: "warning",
    title: "Croatian words",
    why: "Words that Croatian has and Serbian says otherwise. Not listed are those that Serbian knows in another meaning.",
    onlyFor: "sr",
    find: ({ translation }) => listed(wordsFound(translation, CROATIAN)),
  },
  {
    id: "C09",
    severity: "hint",
    title: "words that sound Russian",
    why: "False friends and calques; some uses are right. Let pass: a Serbian word that is no rendering of its Russian twin.",
    onlyFor: "sr",
    find: russianisms,
  },
];
