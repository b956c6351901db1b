import type { Case } from "../grammar.ts";

/** Parts of speech of the lexicon; `phr` is a fixed expression as running text. */
export type LexicalClass =
  | "n"
  | "v"
  | "a"
  | "adv"
  | "num"
  | "pron"
  | "prep"
  | "conj"
  | "part"
  | "intj"
  | "pred"
  | "phr";

/** A case, the genitive singular after 2 to 4, an infinitive, or a da-clause with the present. */
export type GovernedCase = Case | "gen-sg" | "inf" | "da";

/** A preposition with its case; either may be left open. */
export interface PhraseCase {
  readonly preposition: string | undefined;
  readonly case: GovernedCase | undefined;
}

/** Under which circumstances a rendering applies. All selectors of an entry must hold. */
export type Selector =
  /** The Russian word governs `from`, the Serbian one `to`. */
  | { readonly kind: "government"; readonly from: GovernedCase; readonly to: PhraseCase }
  /**
   * With a Russian preposition and case; in `to` no preposition means a bare case, and no `to` that
   * preposition and case are rendered as everywhere else.
   */
  | {
      readonly kind: "preposition";
      readonly from: PhraseCase;
      readonly to: PhraseCase | undefined;
    }
  /** Another Russian lemma stands beside it; ё is written as е, as the analysis does. */
  | { readonly kind: "with"; readonly lemma: string }
  | { readonly kind: "plural" }
  | { readonly kind: "subject"; readonly animate: boolean }
  | { readonly kind: "negated" }
  /** A further meaning that the analysis cannot decide yet; never chosen by itself. */
  | { readonly kind: "sense"; readonly gloss: string }
  /** A proper name: applies to capitalised words only. */
  | { readonly kind: "name" };

/** One line of the lexicon: a Russian lemma and one Serbian rendering of it. */
export interface LexiconEntry {
  /** Russian lemma, lower case, ё written as in the data. */
  readonly ru: string;
  readonly pos: LexicalClass;
  /** Serbian lemma in Latin script, ekavian, without `se`; empty: the word has no rendering. */
  readonly sr: string;
  /** The Serbian verb is reflexive. */
  readonly reflexive: boolean;
  /** Inflection class of the Serbian word, such as `ma` or `pf`; `-` where it does not inflect. */
  readonly class: string;
  /** Principal parts of the Serbian word by their short names (`gs`, `np`, `1s`, `lp`, …). */
  readonly parts: Readonly<Record<string, string>>;
  readonly use: readonly Selector[];
}
