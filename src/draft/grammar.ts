/** Grammatical categories that Russian analysis, transfer and Serbian inflection share. */

export type Case = "nom" | "gen" | "dat" | "acc" | "voc" | "ins" | "loc";
export type Number = "sg" | "pl";
export type Gender = "m" | "f" | "n";
export type Person = 1 | 2 | 3;

export const CASES = ["nom", "gen", "dat", "acc", "voc", "ins", "loc"] as const satisfies Case[];
