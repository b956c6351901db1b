import type { Case } from "../grammar.ts";
import { CUSTOMARY_NAMES } from "./customary-names.ts";
import type { PartOfSpeech, Reading } from "../morphology/reading.ts";

const CASES: readonly Case[] = ["nom", "gen", "dat", "acc", "ins", "loc"];

/** No author gives these a capital inside a sentence. */
const NEVER_CAPITALISED: ReadonlySet<PartOfSpeech> = new Set([
  "verb",
  "infinitive",
  "gerund",
  "short-participle",
  "short-adjective",
  "comparative",
]);

/** Whether a capitalised word inside a sentence can be nothing but a name: как Сади сказал. */
export function isNameByPlace(readings: readonly Reading[]): boolean {
  return readings.every(({ pos }) => NEVER_CAPITALISED.has(pos));
}

/** Names in a vowel that Russian leaves as they are, whatever the dictionary makes of them: Руссо. */
export function isForeignName(form: string): boolean {
  return CUSTOMARY_NAMES.has(form) && /[оеуюи]$/u.test(form);
}

function genitiveOfWoman(form: string): Reading {
  return {
    lemma: form.replace(/ы$/u, "а"),
    pos: "noun",
    case: "gen",
    count: "sg",
    gender: "f",
    animate: true,
    name: "given",
    known: false,
    score: 1,
  };
}

/** Readings of a foreign name that does not decline in Russian: any case. */
export function undeclinedNameReadings(form: string): readonly Reading[] {
  // Ариадны: no name that stays as it is ends so; it is the genitive of one in -а.
  if (/[бвгджзклмнпрстфхц]ы$/u.test(form)) return [genitiveOfWoman(form)];
  return CASES.map((its) => ({
    lemma: form,
    pos: "noun",
    case: its,
    count: "sg",
    gender: "m",
    animate: true,
    name: "surname",
    known: false,
    score: 1 / CASES.length,
  }));
}
