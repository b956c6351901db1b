import type { Count, Person } from "../grammar.ts";

/** Forms by number and person. */
export type Conjugation = Readonly<Record<Count, Readonly<Record<Person, string>>>>;

const BITI: Readonly<Record<"clitic" | "full" | "negated", Conjugation>> = {
  clitic: { sg: { 1: "sam", 2: "si", 3: "je" }, pl: { 1: "smo", 2: "ste", 3: "su" } },
  full: {
    sg: { 1: "jesam", 2: "jesi", 3: "jeste" },
    pl: { 1: "jesmo", 2: "jeste", 3: "jesu" },
  },
  negated: {
    sg: { 1: "nisam", 2: "nisi", 3: "nije" },
    pl: { 1: "nismo", 2: "niste", 3: "nisu" },
  },
};

/** Present of biti: the clitic `sam`, the full form `jesam`, the negated `nisam`. */
export function presentOfBiti(
  person: Person,
  count: Count,
  kind: "clitic" | "full" | "negated",
): string {
  return BITI[kind][count][person];
}

const FUTURE: Conjugation = {
  sg: { 1: "ću", 2: "ćeš", 3: "će" },
  pl: { 1: "ćemo", 2: "ćete", 3: "će" },
};

/** The auxiliary of the future: `ću`, negated `neću`. */
export function future(person: Person, count: Count, kind: "clitic" | "negated"): string {
  const clitic = FUTURE[count][person];
  return kind === "clitic" ? clitic : `ne${clitic}`;
}

const CONDITIONAL: Conjugation = {
  sg: { 1: "bih", 2: "bi", 3: "bi" },
  pl: { 1: "bismo", 2: "biste", 3: "bi" },
};

/** The auxiliary of the conditional: `bih`. */
export function conditional(person: Person, count: Count): string {
  return CONDITIONAL[count][person];
}
