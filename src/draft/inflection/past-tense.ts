import type { Count, Gender, Person } from "../grammar.ts";
import { irregularAoristRoot } from "./irregular-verbs.ts";
import { palatalised } from "./sound-changes.ts";
import { infinitiveStem, presentRoot, velarRoot, type VerbWord } from "./verb-word.ts";

/**
 * The feminine of the l-participle. Verbs in -ći and -sti lose the a that parts their consonants
 * (`rekao` - `rekla`, `tresao` - `tresla`, `rastao` - `rasla`), unless a vowel was there before
 * (`pasti, pao` - `pala`); others only change o to l (`pisao` - `pisala`). `bo` is `bola`: its two o
 * are one.
 */
function feminine({ infinitive, past, parts }: VerbWord): string {
  if (parts["lf"] !== undefined) return parts["lf"];
  const beforeSti = infinitive.endsWith("sti") ? infinitive.slice(0, -"sti".length) : undefined;
  if (past === beforeSti) return `${past}la`;
  const isVowelStem = past === `${beforeSti ?? ""}o`;
  const hasConsonantStem = /(?:ći|sti)$/u.test(infinitive) && past.endsWith("ao");
  if (!hasConsonantStem || isVowelStem) return `${past.slice(0, -1)}la`;
  const root = past.slice(0, -"ao".length);
  return `${root.endsWith("st") ? root.slice(0, -1) : root}la`;
}

const L_ENDINGS: Readonly<Record<Count, Readonly<Record<Gender, string>>>> = {
  sg: { m: "", f: "a", n: "o" },
  pl: { m: "i", f: "e", n: "a" },
};

/** `radio, radila, radilo, radili, radile, radila` */
export function lParticiple(verb: VerbWord, gender: Gender, count: Count): string {
  if (gender === "m" && count === "sg") return verb.past;
  return feminine(verb).slice(0, -1) + L_ENDINGS[count][gender];
}

type AoristEndings = Readonly<Record<Count, Readonly<Record<Person, string>>>>;

const AFTER_VOWEL: AoristEndings = {
  sg: { 1: "h", 2: "", 3: "" },
  pl: { 1: "smo", 2: "ste", 3: "še" },
};

const AFTER_CONSONANT: AoristEndings = {
  sg: { 1: "oh", 2: "e", 3: "e" },
  pl: { 1: "osmo", 2: "oste", 3: "oše" },
};

/**
 * The consonant before -oh: the velar of verbs in -ći (`rekoh`), else that of the present (`dođoh`,
 * `jedoh`), without the n of `padnem` (`padoh`).
 */
function consonantRoot(verb: VerbWord): string {
  const velar = velarRoot(verb);
  if (velar !== undefined) return velar;
  const root = presentRoot(verb);
  return verb.infinitive.endsWith("sti") ? root.replace(/n$/u, "") : root;
}

/** The vowel before -h; `doneti` shows the s of its root again: `donesoh, donese`. */
function vowelStem(verb: VerbWord): string | undefined {
  return verb.present.endsWith("nesem") ? undefined : infinitiveStem(verb);
}

/** `uradih, uradi, uradismo`; in a consonant `rekoh, reče, rekosmo`. */
export function aoristForm(verb: VerbWord, person: Person, count: Count): string {
  const stem = vowelStem(verb);
  const irregular = irregularAoristRoot(verb.infinitive, verb.isPerfective);
  if (stem !== undefined && irregular === undefined) return stem + AFTER_VOWEL[count][person];
  const consonant = irregular ?? consonantRoot(verb);
  const ending = AFTER_CONSONANT[count][person];
  return (ending === "e" ? palatalised(consonant) : consonant) + ending;
}

/** `uradivši, rekavši, došavši`: -vši in place of the o of the l-participle. */
export function pastGerund(verb: VerbWord): string {
  const stem = infinitiveStem(verb);
  if (stem !== undefined) return `${stem}vši`;
  // ubo - ubovši
  const isContracted = `${verb.past}sti` === verb.infinitive;
  return `${isContracted ? verb.past : verb.past.slice(0, -1)}vši`;
}
