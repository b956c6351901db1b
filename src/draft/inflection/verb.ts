import type { Count, Gender, Person } from "../grammar.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import type { VerbFeatures } from "./verb-features.ts";

/** A verb and what follows it in an expression such as `biti dovoljno`. */
interface Verb {
  readonly infinitive: string;
  readonly tail: string;
  readonly parts: Readonly<Record<string, string>>;
}

/** By number and person. */
type Endings = Readonly<Record<Count, Readonly<Record<Person, string>>>>;

/** Verbs whose first person has -u where others have -m. */
const IN_U: Readonly<Record<string, Endings>> = {
  mogu: {
    sg: { 1: "mogu", 2: "možeš", 3: "može" },
    pl: { 1: "možemo", 2: "možete", 3: "mogu" },
  },
  hoću: {
    sg: { 1: "hoću", 2: "hoćeš", 3: "hoće" },
    pl: { 1: "hoćemo", 2: "hoćete", 3: "hoće" },
  },
  // The present of biti in da-clauses and conditions; the copula is an auxiliary.
  sam: {
    sg: { 1: "budem", 2: "budeš", 3: "bude" },
    pl: { 1: "budemo", 2: "budete", 3: "budu" },
  },
};

const firstWord = (form: string) => form.split(" ", 1)[0] ?? form;

function verbOf({ sr, parts }: LexiconEntry): Verb {
  const infinitive = firstWord(sr);
  const tail = sr.slice(infinitive.length);
  if (!Object.values(parts).some((form) => form.includes(" "))) return { infinitive, tail, parts };
  const heads = Object.entries(parts).map(([name, form]) => [name, firstWord(form)] as const);
  return { infinitive, tail, parts: Object.fromEntries(heads) };
}

/** radim: the lexicon gives the first person of every verb; without it -ti becomes -m. */
function presentOf({ infinitive, parts }: Verb): string {
  return parts["1s"] ?? infinitive.replace(/ti$/u, "m");
}

/** rade, čitaju, pišu: by the vowel before -m. */
function thirdPlural(verb: Verb): string {
  const listed = verb.parts["3p"];
  if (listed !== undefined) return listed;
  const first = presentOf(verb);
  const stem = first.slice(0, -2);
  if (first.endsWith("im")) return `${stem}e`;
  return first.endsWith("am") ? `${stem}aju` : `${stem}u`;
}

const ENDINGS: Endings = {
  sg: { 1: "m", 2: "š", 3: "" },
  pl: { 1: "mo", 2: "te", 3: "" },
};

function present(verb: Verb, person: Person, count: Count): string {
  const first = presentOf(verb);
  const irregular = IN_U[first];
  if (irregular) return irregular[count][person];
  if (person === 3 && count === "pl") return thirdPlural(verb);
  if (person === 3 && verb.parts["3s"]) return verb.parts["3s"];
  return first.slice(0, -1) + ENDINGS[count][person];
}

/** radio, radila; rekao, rekla: the lexicon gives the feminine where the stem differs. */
function lParticiple({ infinitive, parts }: Verb, gender: Gender, count: Count): string {
  const masculine = parts["lp"] ?? infinitive.replace(/ti$/u, "o");
  if (gender === "m" && count === "sg") return masculine;
  const feminine = parts["lf"] ?? `${masculine.slice(0, -1)}la`;
  const stem = feminine.slice(0, -1);
  const endings = count === "sg" ? { m: "", f: "a", n: "o" } : { m: "i", f: "e", n: "a" };
  return stem + endings[gender];
}

/** radi, čitaj, čuj, piši. */
function imperativeOf(verb: Verb): string {
  const listed = verb.parts["imp"];
  if (listed !== undefined) return listed;
  const first = presentOf(verb);
  const stem = first.slice(0, -1);
  if (first.endsWith("am")) return `${stem}j`;
  if (/[aeiou]jem$/u.test(first)) return first.slice(0, -2);
  return `${first.slice(0, -2)}i`;
}

function imperative(verb: Verb, person: 1 | 2, count: Count): string {
  const second = imperativeOf(verb);
  if (count === "sg") return second;
  return second + (person === 1 ? "mo" : "te");
}

const FUTURE: Endings = {
  sg: { 1: "ću", 2: "ćeš", 3: "će" },
  pl: { 1: "ćemo", 2: "ćete", 3: "će" },
};

/** radiću, ješću; verbs in -ći write the auxiliary apart. */
function future({ infinitive }: Verb, person: Person, count: Count): string | undefined {
  if (infinitive.endsWith("ći")) return undefined;
  const stem = infinitive.replace(/sti$/u, "š").replace(/ti$/u, "");
  return stem + FUTURE[count][person];
}

const AORIST: Endings = {
  sg: { 1: "h", 2: "", 3: "" },
  pl: { 1: "smo", 2: "ste", 3: "še" },
};

/** The aorist of verbs in -ti with a vowel before, and of those in -ći: uradih, rekoh. */
function aorist(verb: Verb, person: Person, count: Count): string | undefined {
  const stem = verb.infinitive.replace(/ti$/u, "");
  if (!/[aeiou]$/u.test(stem)) return undefined;
  return stem + AORIST[count][person];
}

/** rekavši, došavši, uradivši. */
function pastGerund(verb: Verb): string {
  return `${lParticiple(verb, "m", "sg").slice(0, -1)}vši`;
}

function formOf(verb: Verb, features: VerbFeatures): string | undefined {
  switch (features.form) {
    case "infinitive":
      return verb.infinitive;
    case "present":
      return present(verb, features.person, features.count);
    case "aorist":
      return aorist(verb, features.person, features.count);
    case "future":
      return future(verb, features.person, features.count);
    case "imperative":
      return imperative(verb, features.person, features.count);
    case "l-participle":
      return lParticiple(verb, features.gender, features.count);
    case "passive-participle":
      return verb.parts["pp"];
    case "present-gerund":
      return `${present(verb, 3, "pl")}ći`;
    case "past-gerund":
    default:
      return pastGerund(verb);
  }
}

/**
 * Form of a Serbian verb, or of an expression that begins with one.
 *
 * @returns undefined if the verb has no such form (enclitic future of verbs in -ći, aorists that are
 *   not regular, passive participles of intransitive verbs).
 */
export function verbForm(entry: LexiconEntry, features: VerbFeatures): string | undefined {
  const verb = verbOf(entry);
  const form = formOf(verb, features);
  return form === undefined ? undefined : form + verb.tail;
}

/** The passive participle as an adjective that declines: viđen, viđenog. */
export function passiveParticipleEntry(entry: LexiconEntry): LexiconEntry | undefined {
  const participle = verbForm(entry, { form: "passive-participle" });
  if (participle === undefined) return undefined;
  return { ...entry, pos: "a", sr: participle, class: "a", parts: { st: participle }, use: [] };
}
