import type { Agreement, Case, Degree } from "../grammar.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import { isBare, withAdjectiveEnding, type AdjectivePlace } from "./adjective-endings.ts";
import { comparativeOf } from "./comparison.ts";
import { wordOfPart } from "./expression.ts";
import { memoised } from "../memoised.ts";
import { hasOneNominative, pronominalForm } from "./pronominal-adjective.ts";
import { withFinalL } from "./sound-changes.ts";

export type AdjectiveFeatures = AdjectivePlace & {
  readonly definite: boolean;
  readonly degree: Degree;
};

/** One adjective with what stands around it in an expression. */
interface Adjective {
  /** `duševno ` of `duševno bolestan`. */
  readonly before: string;
  /** ` piću` of `sklon piću`. */
  readonly after: string;
  readonly sr: string;
  /** Before endings: `dobr` of `dobar`. */
  readonly stem: string;
  /** Nominative masculine of the comparative, if an ending makes it. */
  readonly comparative: string | undefined;
  /** Nominatives that the lexicon gives: `sve` of `sav`. */
  readonly feminine: string | undefined;
  readonly neuter: string | undefined;
  /** The nominative masculine never takes -i: possessives and some pronouns. */
  readonly hasOneNominative: boolean;
}

/** The stem: `smeo` - `smel`, `srpski` - `srpsk`; any other change is given by the lexicon. */
function stemOf(sr: string): string {
  return sr.endsWith("i") ? sr.slice(0, -1) : withFinalL(sr);
}

/** Place of the word that declines: the last, or the one that the stem of one word belongs to. */
function declinedPlace(words: readonly string[], stem: string | undefined): number {
  if (stem === undefined || stem.includes(" ")) return words.length - 1;
  return wordOfPart(words, stem);
}

const adjectiveOf = memoised((entry: LexiconEntry): Adjective => {
  const { parts } = entry;
  const words = entry.sr.split(" ");
  const at = declinedPlace(words, parts["st"]);
  const sr = words[at] ?? entry.sr;
  const stem = parts["st"]?.split(" ").at(-1) ?? stemOf(sr);
  const isPossessive = entry.class === "poss";
  return {
    before: words
      .slice(0, at)
      .map((word) => `${word} `)
      .join(""),
    after: words
      .slice(at + 1)
      .map((word) => ` ${word}`)
      .join(""),
    sr,
    stem,
    comparative:
      parts["cmp"]?.split(" ").at(-1) ?? (isPossessive ? undefined : comparativeOf(sr, stem)),
    feminine: parts["f"],
    neuter: parts["n"],
    hasOneNominative: hasOneNominative(sr) || (isPossessive && !sr.endsWith("i")),
  };
});

function givenNominative(adjective: Adjective, place: AdjectivePlace): string | undefined {
  if (place.count === "pl") return undefined;
  const isNominative = place.case === "nom" || place.case === "voc";
  if (place.gender === "f") return isNominative ? adjective.feminine : undefined;
  return place.gender === "n" && (isNominative || place.case === "acc")
    ? adjective.neuter
    : undefined;
}

function positiveForm(adjective: Adjective, features: AdjectiveFeatures): string {
  const { sr, stem } = adjective;
  if (isBare(features)) {
    const isShort = !features.definite || adjective.hasOneNominative;
    return isShort ? sr : withAdjectiveEnding(stem, features);
  }
  return (
    givenNominative(adjective, features) ??
    pronominalForm(sr, features) ??
    withAdjectiveEnding(stem, features)
  );
}

/** `više, najviše` before adjectives that have no comparative of their own. */
const MORE: Readonly<Record<Degree, string>> = {
  positive: "",
  comparative: "više ",
  superlative: "najviše ",
};

/** The comparative declines as a soft, definite adjective: `noviji, novijeg`, `gori, goreg`. */
function comparedForm(adjective: Adjective, features: AdjectiveFeatures): string {
  const { comparative } = adjective;
  if (comparative === undefined) return MORE[features.degree] + positiveForm(adjective, features);
  const form = withAdjectiveEnding(comparative.slice(0, -1), features, true);
  return features.degree === "superlative" ? `naj${form}` : form;
}

/**
 * Form of an adjective, ordinal, possessive or pronoun in adjective use.
 *
 * Masculine and neuter have the endings -og, -om in the definite and the indefinite declension, as
 * the prose of today has; `definite` decides the nominative masculine (`nov`, `novi`). Possessives
 * have the short nominative always. Adjectives of relation and those that do not decline are
 * compared with `više`, `najviše`.
 */
export function adjectiveForm(
  entry: LexiconEntry,
  features: Agreement & {
    readonly case: Case;
    readonly definite: boolean;
    readonly degree: Degree;
  },
): string {
  if (entry.class === "inv") return MORE[features.degree] + entry.sr;
  const adjective = adjectiveOf(entry);
  const form =
    features.degree === "positive"
      ? positiveForm(adjective, features)
      : comparedForm(adjective, features);
  return adjective.before + form + adjective.after;
}

/** Adjectives in -ski, -čki, -ški are adverbs as they are: `srpski`, `prijateljski`. */
const ADVERB_LIKE = /[sčš]ki$/u;

/** Adverb of an adjective: `lepo, lepše, najlepše`, `vruće`, `srpski`. */
export function adverbOf(entry: LexiconEntry, degree: Degree): string {
  const isItsOwnAdverb =
    entry.class === "inv" || (ADVERB_LIKE.test(entry.sr) && entry.parts["cmp"] === undefined);
  if (isItsOwnAdverb) return MORE[degree] + entry.sr;
  const place = { gender: "n", count: "sg", animate: false, case: "nom" } as const;
  return adjectiveForm(entry, { ...place, definite: true, degree });
}
