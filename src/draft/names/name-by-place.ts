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

/** Readings of a foreign name that does not decline in Russian: any case. */
export function undeclinedNameReadings(form: string): readonly Reading[] {
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
