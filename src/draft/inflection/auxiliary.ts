import type { Count, Person } from "../grammar.ts";

/** Forms by number and person. */
type Table = Readonly<Record<Count, Readonly<Record<Person, string>>>>;

const BITI: Readonly<Record<"clitic" | "full" | "negated", Table>> = {
  clitic: { sg: { 1: "sam", 2: "si", 3: "je" }, pl: { 1: "smo", 2: "ste", 3: "su" } },
  full: { sg: { 1: "jesam", 2: "jesi", 3: "jeste" }, pl: { 1: "jesmo", 2: "jeste", 3: "jesu" } },
  negated: { sg: { 1: "nisam", 2: "nisi", 3: "nije" }, pl: { 1: "nismo", 2: "niste", 3: "nisu" } },
};

const HTETI: Readonly<Record<"clitic" | "negated", Table>> = {
  clitic: { sg: { 1: "ću", 2: "ćeš", 3: "će" }, pl: { 1: "ćemo", 2: "ćete", 3: "će" } },
  negated: {
    sg: { 1: "neću", 2: "nećeš", 3: "neće" },
    pl: { 1: "nećemo", 2: "nećete", 3: "neće" },
  },
};

const CONDITIONAL: Table = {
  sg: { 1: "bih", 2: "bi", 3: "bi" },
  pl: { 1: "bismo", 2: "biste", 3: "bi" },
};

/** Present of biti: sam, jesam, nisam. */
export function presentOfBiti(person: Person, count: Count, kind: keyof typeof BITI): string {
  return BITI[kind][count][person];
}

/** Auxiliary of the future: ću, neću. */
export function futureAuxiliary(person: Person, count: Count, kind: keyof typeof HTETI): string {
  return HTETI[kind][count][person];
}

/** Auxiliary of the conditional: bih. */
export function conditional(person: Person, count: Count): string {
  return CONDITIONAL[count][person];
}
