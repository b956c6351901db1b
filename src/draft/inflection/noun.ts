import type { Agreement, Case, Count } from "../grammar.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import { declineExpression } from "./expression.ts";
import { memoised } from "../memoised.ts";
import { classNamed, declineWord } from "./noun-declension.ts";
import { pluralKind } from "./plural-declension.ts";

const declensionOf = memoised((entry: LexiconEntry) => {
  const { sr, parts } = entry;
  // Words without forms may have parts that say so: pola rublje.
  if (classNamed(entry.class).gender === undefined) return declineWord(sr, entry.class, parts);
  return sr.includes(" ")
    ? declineExpression(sr, entry.class, parts)
    : declineWord(sr, entry.class, parts);
});

/**
 * Form of a noun: `grad` in the locative plural is `gradovima`.
 *
 * Nouns without a singular (`vrata`) give their plural for both numbers, those without a plural
 * (`novac`) their singular. In an expression of several
 * words the words decline that the principal parts decline, and attributes before the noun.
 */
export function nounForm(entry: LexiconEntry, grammaticalCase: Case, count: Count): string {
  return declensionOf(entry)[count][grammaticalCase];
}

/** What agrees with a noun. */
export interface NounAgreement {
  /** Attributes: `mala deca`, `stari sudija`. */
  readonly attribute: Agreement;
  /** The l-participle and adjectives in the predicate: `deca su došla`. */
  readonly predicate: Agreement;
  /** Number of the finite verb. */
  readonly verbCount: Count;
}

const NEUTER_PLURAL: Agreement = { gender: "n", count: "pl", animate: false };
const FEMININE_SINGULAR: Agreement = { gender: "f", count: "sg", animate: false };

/** `deca, braća, telad`: attributes are feminine singular, the predicate is neuter plural. */
const COLLECTIVE: NounAgreement = {
  attribute: FEMININE_SINGULAR,
  predicate: NEUTER_PLURAL,
  verbCount: "pl",
};

function sameForAll(agreement: Agreement): NounAgreement {
  return { attribute: agreement, predicate: agreement, verbCount: agreement.count };
}

/** Nouns that do not decline: a quantity is neuter, a man masculine, else it is a woman's name. */
function indeclinableAgreement(sr: string, count: Count): NounAgreement {
  if (/^pola |etak$/u.test(sr)) return sameForAll({ gender: "n", count: "sg", animate: false });
  return sameForAll({ gender: sr === "mesje" ? "m" : "f", count, animate: true });
}

/** The plural of a noun with a singular of its own gender: `oči` of `oko` is feminine. */
function pluralAgreement(entry: LexiconEntry): NounAgreement {
  const { gender = "m", animate } = classNamed(entry.class);
  const { np, gp } = entry.parts;
  const regular = sameForAll({ gender, count: "pl", animate });
  if (np === undefined) return regular;
  const kind = pluralKind(np, gp, gender === "m");
  if (kind === "collective" || kind === "ad-collective") return COLLECTIVE;
  if (gender !== "n") return regular;
  if (kind === "i-stem") return sameForAll({ gender: "f", count: "pl", animate });
  return sameForAll({ gender: kind === "masculine" ? "m" : "n", count: "pl", animate });
}

/**
 * What adjectives, participles and verbs agree with beside a noun.
 *
 * Men's names of trades in -a are masculine (`sudije su došli`); nouns without a singular are plural
 * whatever is asked for (`vrata su se otvorila`), those without a plural singular (`novac je bio`); collective plurals are of two minds (`mala deca su
 * došla`). Source: Piper and Klajn, Normativna gramatika, on congruence.
 */
export function nounAgreement(entry: LexiconEntry, count: Count): NounAgreement {
  const { gender, animate, only } = classNamed(entry.class);
  if (gender === undefined) return indeclinableAgreement(entry.sr, count);
  if (only !== undefined) return sameForAll({ gender, count: only, animate });
  return count === "pl" ? pluralAgreement(entry) : sameForAll({ gender, count, animate });
}
