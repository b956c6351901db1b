import type { Case, Count, Gender, Person } from "../grammar.ts";
import { PREPOSITION_CASES } from "./prepositions.ts";
import type { Reading } from "./reading.ts";

/** A reading of a function word, with how likely it is among the others of its form. */
type ClosedReading = Omit<Reading, "known" | "score"> & { readonly weight?: number };

function readings(...all: readonly ClosedReading[]): readonly Reading[] {
  const total = all.reduce((sum, { weight = 1 }) => sum + weight, 0);
  return all.map(({ weight = 1, ...reading }) =>
    Object.assign(reading, { known: true, score: weight / total }),
  );
}

const only = (pos: Reading["pos"], lemma: string) => readings({ pos, lemma });

const pronoun = (
  lemma: string,
  grammaticalCase: Case,
  features: { person?: Person; count?: Count; gender?: Gender } = {},
): ClosedReading => ({ pos: "pronoun", lemma, case: grammaticalCase, ...features });

/** его, её, их before a noun: they agree with nothing, so they have no case. */
const possessive = (lemma: string): ClosedReading => ({
  pos: "adjective",
  lemma,
  pronominal: true,
});

const HE = { person: 3, count: "sg", gender: "m" } as const;
const SHE = { person: 3, count: "sg", gender: "f" } as const;
const THEY = { person: 3, count: "pl" } as const;
const THING = { person: 3, count: "sg", gender: "n" } as const;

const that = (grammaticalCase: Case, gender: Gender | undefined, count: Count): ClosedReading => ({
  pos: "adjective",
  lemma: "тот",
  case: grammaticalCase,
  count,
  ...(gender && { gender }),
  pronominal: true,
});

const house = (grammaticalCase: Case, count: Count): ClosedReading => ({
  pos: "noun",
  lemma: "дом",
  case: grammaticalCase,
  count,
  gender: "m",
  animate: false,
});

const field = (grammaticalCase: Case): ClosedReading => ({
  pos: "noun",
  lemma: "поле",
  case: grammaticalCase,
  count: "sg",
  gender: "n",
  animate: false,
});

/** An adverb beside a verb, a numeral before a genitive: много работал, много лет. */
const quantity = (lemma: string, adverb: number) =>
  readings(
    { pos: "adverb", lemma, weight: adverb },
    { pos: "numeral", lemma, case: "nom" },
    { pos: "numeral", lemma, case: "acc" },
  );

const PRONOUNS: Readonly<Record<string, readonly Reading[]>> = {
  его: readings(
    { ...pronoun("он", "acc", HE), weight: 4 },
    { ...pronoun("он", "gen", HE), weight: 2 },
    { ...possessive("его"), weight: 4 },
  ),
  ее: readings(
    { ...pronoun("она", "acc", SHE), weight: 4 },
    { ...pronoun("она", "gen", SHE), weight: 2 },
    { ...possessive("ее"), weight: 4 },
  ),
  их: readings(
    { ...pronoun("они", "acc", THEY), weight: 4 },
    { ...pronoun("они", "gen", THEY), weight: 2 },
    { ...possessive("их"), weight: 4 },
  ),
  ему: readings({ ...pronoun("он", "dat", HE), weight: 6 }, pronoun("оно", "dat", THING)),
  ей: readings({ ...pronoun("она", "dat", SHE), weight: 8 }, pronoun("она", "ins", SHE)),
  им: readings({ ...pronoun("они", "dat", THEY), weight: 3 }, pronoun("он", "ins", HE)),
  тем: readings(
    { ...that("ins", "m", "sg"), weight: 3 },
    { ...that("ins", "n", "sg"), weight: 3 },
    { ...that("dat", undefined, "pl"), weight: 3 },
    { pos: "conjunction", lemma: "тем", weight: 2 },
  ),
  чем: readings(
    { pos: "conjunction", lemma: "чем", weight: 5 },
    { ...pronoun("что", "ins", THING), weight: 2 },
    { ...pronoun("что", "loc", THING), weight: 2 },
  ),
  что: readings(
    { pos: "conjunction", lemma: "что", weight: 12 },
    { ...pronoun("что", "nom", THING), weight: 4 },
    { ...pronoun("что", "acc", THING), weight: 5 },
  ),
  это: readings(
    { ...pronoun("это", "nom", THING), weight: 5 },
    { ...pronoun("это", "acc", THING), weight: 2 },
    {
      pos: "adjective",
      lemma: "этот",
      case: "nom",
      count: "sg",
      gender: "n",
      pronominal: true,
      weight: 2,
    },
    {
      pos: "adjective",
      lemma: "этот",
      case: "acc",
      count: "sg",
      gender: "n",
      pronominal: true,
      weight: 2,
    },
  ),
  сот: only("numeral", "сто"),
  три: readings(
    { pos: "numeral", lemma: "три", case: "nom" },
    { pos: "numeral", lemma: "три", case: "acc" },
  ),
  есть: readings(
    {
      pos: "verb",
      lemma: "быть",
      tense: "present",
      aspect: "ipf",
      mood: "indicative",
      transitive: false,
      weight: 12,
    },
    { pos: "infinitive", lemma: "есть", aspect: "ipf", transitive: true },
  ),
  дома: readings(
    { pos: "adverb", lemma: "дома", weight: 4 },
    { ...house("gen", "sg"), weight: 3 },
    house("nom", "pl"),
    house("acc", "pl"),
  ),
  поле: readings(
    { ...field("nom"), weight: 2 },
    { ...field("acc"), weight: 2 },
    { ...field("loc"), weight: 2 },
  ),
  хорошо: readings(
    { pos: "adverb", lemma: "хорошо", weight: 3 },
    { pos: "predicative", lemma: "хорошо", weight: 2 },
    { pos: "short-adjective", lemma: "хороший", count: "sg", gender: "n" },
  ),
  короче: readings(
    { pos: "comparative", lemma: "короткий", weight: 4 },
    { pos: "adverb", lemma: "короче" },
  ),
  некогда: readings(
    { pos: "adverb", lemma: "некогда", weight: 3 },
    { pos: "predicative", lemma: "некогда" },
  ),
  несколько: quantity("несколько", 2),
  много: quantity("много", 4),
  немного: quantity("немного", 4),
  мало: quantity("мало", 4),
  ничего: readings(
    { ...pronoun("ничто", "acc", THING), weight: 8 },
    { ...pronoun("ничто", "gen", THING), weight: 4 },
    { pos: "adverb", lemma: "ничего" },
  ),
};

const WORDS: readonly (readonly [pos: Reading["pos"], forms: string])[] = [
  ["conjunction", "и а но или либо что-бы чтобы чтоб если хотя ибо словно будто ежели пока также"],
  ["interjection", "здравствуйте здравствуй"],
  ["particle", "не ни ли ль же ж бы б ведь вот вон даже разве неужели пусть пускай лишь только"],
];

const closedWords = new Map<string, readonly Reading[]>(Object.entries(PRONOUNS));
for (const [pos, forms] of WORDS) {
  for (const form of forms.split(" ")) closedWords.set(form, only(pos, form));
}
for (const form of PREPOSITION_CASES.keys()) {
  if (!closedWords.has(form)) closedWords.set(form, only("preposition", form));
}

/** Readings of function words by form, where the dictionary is too generous or too poor. */
export const CLOSED_WORDS: ReadonlyMap<string, readonly Reading[]> = closedWords;
