import type { Count, Gender } from "../grammar.ts";
import { declineAdjectival } from "./adjectival-declension.ts";
import { invariable, withGivenForms, type Declension, type Parts } from "./declension.ts";
import { declineInA, declineInI } from "./feminine-declension.ts";
import { declineMasculine } from "./masculine-declension.ts";
import { declineNeuter } from "./neuter-declension.ts";
import { declinePlural, pluralKind } from "./plural-declension.ts";

/** What the class of a noun says of it. */
interface NounClass {
  /** Nothing for nouns that do not decline. */
  readonly gender: Gender | undefined;
  readonly animate: boolean;
  /** The one number that the noun has; nothing if it has both. */
  readonly only: Count | undefined;
  readonly decline: (sr: string, parts: Parts) => Declension;
}

function nounClass(
  gender: Gender,
  animate: boolean,
  decline: (sr: string, parts: Parts) => Declension,
): NounClass {
  return { gender, animate, only: undefined, decline };
}

/** Nouns that have no singular give their plural where one is asked for: `vrata`, `pantalone`. */
function pluralClass(gender: Gender): NounClass {
  const decline = (sr: string, parts: Parts): Declension => {
    const genitive = parts["gp"];
    const kind = pluralKind(sr, genitive, gender === "m");
    const pl = declinePlural(kind, { nominative: sr, genitive });
    return { sg: pl, pl };
  };
  return { gender, animate: false, only: "pl", decline };
}

/** Nouns that have no plural stay in the singular where Russian has one: деньги - `novac`. */
function singularClass(gender: Gender, decline: NounClass["decline"]): NounClass {
  return { gender, animate: false, only: "sg", decline };
}

const INDECLINABLE: NounClass = {
  gender: undefined,
  animate: true,
  only: undefined,
  decline: (sr) => ({ sg: invariable(sr), pl: invariable(sr) }),
};

const CLASSES: Readonly<Record<string, NounClass>> = {
  m: nounClass("m", false, (sr, parts) => declineMasculine(sr, parts, false)),
  ma: nounClass("m", true, (sr, parts) => declineMasculine(sr, parts, true)),
  "ma-a": nounClass("m", true, declineInA),
  f: nounClass("f", true, declineInA),
  fi: nounClass("f", false, declineInI),
  n: nounClass("n", false, declineNeuter),
  "pl-m": pluralClass("m"),
  "pl-f": pluralClass("f"),
  "pl-n": pluralClass("n"),
  "sg-m": singularClass("m", (sr, parts) => declineMasculine(sr, parts, false)),
  "sg-f": singularClass("f", declineInA),
  "sg-n": singularClass("n", declineNeuter),
};

/** What the name of an inflection class says; a name that is none stands for words without forms. */
export function classNamed(name: string): NounClass {
  return CLASSES[name] ?? INDECLINABLE;
}

/** The stem of a noun that declines as an adjective: `dežurnog` - `dežurn`, `maloj` - `mal`. */
function adjectivalStem({ gs, ds }: Parts, { gender }: NounClass): string | undefined {
  if (gender === "f") return ds?.endsWith("oj") === true ? ds.slice(0, -2) : undefined;
  return gs !== undefined && /[oe]g$/u.test(gs) ? gs.slice(0, -2) : undefined;
}

/** All forms of one word by its class and principal parts. */
export function declineWord(sr: string, className: string, parts: Parts): Declension {
  const its = classNamed(className);
  const { gender, animate } = its;
  if (gender === undefined) return its.decline(sr, parts);
  const stem = adjectivalStem(parts, its);
  const isAdjectival = stem !== undefined && sr.slice(0, -1) === stem;
  const declension = isAdjectival
    ? declineAdjectival(sr, stem, { gender, animate })
    : its.decline(sr, parts);
  const given = withGivenForms(declension, parts);
  return its.only === undefined ? given : { sg: given[its.only], pl: given[its.only] };
}
