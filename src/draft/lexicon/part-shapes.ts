import type { LexicalClass } from "./entry.ts";

/** How principal parts must end; a part that is not named here does not exist. */
type PartShapes = Readonly<Record<string, RegExp>>;

const ANY = /./u;

/** Case forms of nouns; what is particular to a class stands in `NOUN_SHAPES`. */
const NOUN: PartShapes = {
  gs: /[aeig]$/u,
  ds: /(?:[iu]|[eo]m|oj)$/u,
  as: ANY,
  is: /[mui]$/u,
  ls: ANY,
  vs: ANY,
  np: /[ieaud]$/u,
  gp: /(?:[aiue]|ih)$/u,
  dp: /(?:ma|im|[iu])$/u,
  ap: ANY,
};

const VERB: PartShapes = {
  // Two verbs keep the old ending.
  "1s": /(?:m|hoću|neću|mogu)$/u,
  "3s": /[aei]$/u,
  "3p": /[eu]$/u,
  lp: /o$/u,
  lf: /la$/u,
  imp: /[ij]$/u,
  pp: /[nt]$/u,
};

const ADJECTIVE: PartShapes = {
  st: /[^aeiou]$/u,
  cmp: /i$/u,
  f: /a$/u,
  n: /[oe]$/u,
};

const PRONOUN: PartShapes = {
  gs: ANY,
  ds: ANY,
  as: ANY,
  is: ANY,
  ls: ANY,
  vs: ANY,
  np: ANY,
  gp: ANY,
  dp: ANY,
  "cl-g": ANY,
  "cl-d": ANY,
  "cl-a": ANY,
};

const NUMERAL: PartShapes = { ...PRONOUN, f: ANY, n: ANY };

/** Parts of speech that have principal parts. */
export const PART_SHAPES: Partial<Record<LexicalClass, PartShapes>> = {
  n: NOUN,
  v: VERB,
  a: ADJECTIVE,
  pron: PRONOUN,
  num: NUMERAL,
};

/** Endings that a class of nouns demands; `sr` stands for the nominative. */
export const NOUN_SHAPES: Readonly<Record<string, PartShapes>> = {
  m: { sr: /[^a]$/u, gs: /(?:a|og|eg)$/u },
  ma: { sr: /[^a]$/u, gs: /(?:a|og|eg)$/u },
  "ma-a": { sr: /a$/u, gs: /e$/u, ds: /i$/u },
  // mati is the one noun of this class in -i.
  f: { sr: /(?:a|mati)$/u, gs: /e$/u, ds: /(?:i|oj)$/u },
  // kći is the one noun of this class in -i.
  fi: { sr: /(?:[^aeiou]|o|kći)$/u, gs: /i$/u, is: /[ui]$/u },
  n: { sr: /[oea]$/u, gs: /(?:a|og|eg|i)$/u },
  "sg-m": { sr: /[^a]$/u, gs: /(?:a|og|eg)$/u },
  "sg-f": { sr: /a$/u, gs: /e$/u, ds: /(?:i|oj)$/u },
  "sg-n": { sr: /[oe]$/u, gs: /(?:a|og|eg)$/u },
  "pl-m": { sr: /[ie]$/u },
  "pl-f": { sr: /[ei]$/u },
  "pl-n": { sr: /a$/u },
};

/** Parts that no rule can supply. */
export const REQUIRED_PARTS: Partial<Record<LexicalClass, readonly string[]>> = {
  v: ["1s", "lp"],
};

/** Nouns of these classes need their genitive singular. */
export const CLASSES_WITH_GENITIVE: ReadonlySet<string> = new Set([
  "m",
  "ma",
  "ma-a",
  "f",
  "fi",
  "n",
  "sg-m",
  "sg-f",
  "sg-n",
]);
