import { presentOfBiti, type Conjugation } from "./auxiliary.ts";
import type { Count, Person } from "../grammar.ts";

const BUDEM: Conjugation = {
  sg: { 1: "budem", 2: "budeš", 3: "bude" },
  pl: { 1: "budemo", 2: "budete", 3: "budu" },
};

const HTETI: Conjugation = {
  sg: { 1: "hoću", 2: "hoćeš", 3: "hoće" },
  pl: { 1: "hoćemo", 2: "hoćete", 3: "hoće" },
};

const NE_HTETI: Conjugation = {
  sg: { 1: "neću", 2: "nećeš", 3: "neće" },
  pl: { 1: "nećemo", 2: "nećete", 3: "neće" },
};

const MOCI: Conjugation = {
  sg: { 1: "mogu", 2: "možeš", 3: "može" },
  pl: { 1: "možemo", 2: "možete", 3: "mogu" },
};

/** Presents that no rule makes, by their first person. */
const PRESENTS: Readonly<Record<string, Conjugation>> = {
  budem: BUDEM,
  hoću: HTETI,
  neću: NE_HTETI,
  mogu: MOCI,
};

/**
 * The present of verbs that follow no class: `mogu, možeš, mogu`, `hoću, hoćeš, hoće`. Biti alone has
 * `budem`, for its present proper is an auxiliary; in an expression (`biti praćen`) it has the present
 * that the lexicon names, `sam` or `jesam`.
 */
export function irregularPresent(
  firstPerson: string,
  isBitiAlone: boolean,
  person: Person,
  count: Count,
): string | undefined {
  if (isBitiAlone) return BUDEM[count][person];
  if (firstPerson === "sam") return presentOfBiti(person, count, "clitic");
  if (firstPerson === "jesam") return presentOfBiti(person, count, "full");
  return PRESENTS[firstPerson]?.[count][person];
}

/** Roots before the endings -oh, -e, -oše of the aorist where the present does not show them. */
const AORIST_ROOTS: Readonly<Record<string, string>> = { hteti: "hted" };

/** dati and what has a prefix before it, not `gledati`. */
const GIVE = /^(?:iz|na|o|od|po|pre|pred|pri|pro|raz|u|za)?dati$/u;

/** `htedoh`, `dadoh, dade`; `predade`, but `dodah`, and of imperfectives `nadah se`. */
export function irregularAoristRoot(infinitive: string, isPerfective: boolean): string | undefined {
  if (isPerfective && GIVE.test(infinitive)) return infinitive.replace(/ti$/u, "d");
  return AORIST_ROOTS[infinitive];
}

/** Gerunds of the present that the third person plural does not make. */
const GERUNDS: Readonly<Record<string, string>> = {
  biti: "budući",
  hteti: "hoteći",
  moći: "mogući",
};

export function irregularGerund(infinitive: string): string | undefined {
  return GERUNDS[infinitive];
}

/** Verbs that cannot be commanded. */
const WITHOUT_IMPERATIVE: ReadonlySet<string> = new Set(["moći", "hteti"]);

export function hasImperative(infinitive: string): boolean {
  return !WITHOUT_IMPERATIVE.has(infinitive);
}
