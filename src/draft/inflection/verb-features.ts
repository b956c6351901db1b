import type { Count, Gender, Person } from "../grammar.ts";

/** Which form of a Serbian verb is asked for. Auxiliaries and `se` are not part of it. */
export type VerbFeatures =
  | { readonly form: "infinitive" }
  | { readonly form: "present"; readonly person: Person; readonly count: Count }
  | { readonly form: "aorist"; readonly person: Person; readonly count: Count }
  /** `radiće`: the enclitic future, infinitive stem and auxiliary in one word. */
  | { readonly form: "future"; readonly person: Person; readonly count: Count }
  | { readonly form: "imperative"; readonly person: 1 | 2; readonly count: Count }
  /** `radio, radila`: the l-participle of past and conditional. */
  | { readonly form: "l-participle"; readonly gender: Gender; readonly count: Count }
  /** `rađen` in the nominative masculine, to be declined as an adjective. */
  | { readonly form: "passive-participle" }
  /** `radeći` */
  | { readonly form: "present-gerund" }
  /** `uradivši` */
  | { readonly form: "past-gerund" };
