import type { Count, Person } from "../grammar.ts";
import { hasImperative, irregularGerund, irregularPresent } from "./irregular-verbs.ts";
import { sibilarised } from "./sound-changes.ts";
import { isPalatalOf, presentRoot, velarRoot, type VerbWord } from "./verb-word.ts";

/** Whether the e of the present belongs to the stem: `umeti, umem`, but not `umreti, umrem`. */
function hasStemE({ infinitive, present }: VerbWord): boolean {
  return present === infinitive.replace(/eti$/u, "em") && !infinitive.endsWith("reti");
}

/**
 * Third person plural, by the theme vowel:
 * - a: `čitaju`; i: `rade`;
 * - e: `pišu`; `peku`, with the velar back; `umeju`, where the e belongs to the stem.
 */
function thirdPlural(verb: VerbWord): string {
  const root = presentRoot(verb);
  if (verb.present.endsWith("am")) return `${root}aju`;
  if (verb.present.endsWith("im")) return `${root}e`;
  if (hasStemE(verb)) return `${root}eju`;
  const velar = velarRoot(verb);
  return velar !== undefined && isPalatalOf(root, velar) ? `${velar}u` : `${root}u`;
}

const ENDINGS: Readonly<Record<Count, Readonly<Record<Person, string>>>> = {
  sg: { 1: "m", 2: "š", 3: "" },
  pl: { 1: "mo", 2: "te", 3: "" },
};

/** `radim, radiš, radi, radimo, radite, rade` */
export function presentForm(verb: VerbWord, person: Person, count: Count): string {
  const isBitiAlone = verb.infinitive === "biti" && verb.before === "" && verb.after === "";
  const irregular = irregularPresent(verb.present, isBitiAlone, person, count);
  if (irregular !== undefined) return irregular;
  if (person === 3 && count === "pl") return verb.parts["3p"] ?? thirdPlural(verb);
  if (person === 3 && verb.parts["3s"] !== undefined) return verb.parts["3s"];
  return verb.present.slice(0, -1) + ENDINGS[count][person];
}

/** `davati, dajem` and its kind keep the stem of the infinitive: `davaj`, `prodavaj`, `poznavaj`. */
function isOfGiving({ infinitive, present }: VerbWord): boolean {
  return infinitive.endsWith("avati") && present === infinitive.replace(/vati$/u, "jem");
}

/**
 * Second person singular of the imperative, from the third plural of the present: `rade` - `radi`,
 * `pišu` - `piši`, `čitaju` - `čitaj`, `broje` - `broj`, `peku` - `peci`.
 */
function imperativeStem(verb: VerbWord): string {
  const given = verb.parts["imp"];
  if (given !== undefined) return given;
  if (isOfGiving(verb)) return verb.infinitive.replace(/ti$/u, "j");
  const root = presentForm(verb, 3, "pl").slice(0, -1);
  if (/[aeiou]j$/u.test(root)) return root;
  return `${root === velarRoot(verb) ? sibilarised(root) : root}i`;
}

/** `radi, radimo, radite`; nothing for verbs that cannot be commanded. */
export function imperativeForm(verb: VerbWord, person: 1 | 2, count: Count): string | undefined {
  if (!hasImperative(verb.infinitive)) return undefined;
  const stem = imperativeStem(verb);
  if (count === "sg") return person === 2 ? stem : undefined;
  return stem + (person === 1 ? "mo" : "te");
}

/** `radeći`, from the third plural; perfective verbs have none. */
export function presentGerund(verb: VerbWord): string | undefined {
  if (verb.isPerfective) return undefined;
  return irregularGerund(verb.infinitive) ?? `${presentForm(verb, 3, "pl")}ći`;
}
