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

function formOfWoman(form: string, its: Case, score: number): Reading {
  return {
    lemma: form.replace(/[ые]$/u, "а"),
    pos: "noun",
    case: its,
    count: "sg",
    gender: "f",
    animate: true,
    name: "given",
    known: false,
    score,
  };
}

/** Readings of a foreign name that does not decline in Russian: any case. */
export function undeclinedNameReadings(form: string): readonly Reading[] {
  // Ариадны, Ариадне: no name that stays as it is ends so; it is a form of one in -а.
  const woman = /[бвгджзклмнпрстфхц](?<ending>[ые])$/u.exec(form)?.groups?.["ending"];
  if (woman === "ы") return [formOfWoman(form, "gen", 1)];
  if (woman === "е") return [formOfWoman(form, "dat", 0.5), formOfWoman(form, "loc", 0.5)];
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
