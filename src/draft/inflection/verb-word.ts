import type { LexiconEntry } from "../lexicon/entry.ts";
import type { Parts } from "./declension.ts";
import { wordOfPart } from "./expression.ts";

/** A verb by its principal parts, with what stands around it in an expression. */
export interface VerbWord {
  /** `nestašno ` of `nestašno se ponašati`. */
  readonly before: string;
  /** ` na kraj` of `izaći na kraj`. */
  readonly after: string;
  readonly infinitive: string;
  /** First person singular of the present: `radim`. */
  readonly present: string;
  /** Masculine singular of the l-participle: `radio`. */
  readonly past: string;
  readonly isPerfective: boolean;
  readonly parts: Parts;
}

const FIRST_PERSON_OF_INFINITIVE = /ti$/u;

/** The verb of an entry; an expression conjugates the word that its l-participle belongs to. */
export function verbWordOf(entry: LexiconEntry): VerbWord {
  const { parts } = entry;
  const words = entry.sr.split(" ");
  const past = parts["lp"] ?? entry.sr.replace(FIRST_PERSON_OF_INFINITIVE, "o");
  const at = words.length === 1 ? 0 : wordOfPart(words, past);
  const infinitive = words[at] ?? entry.sr;
  return {
    before: words
      .slice(0, at)
      .map((word) => `${word} `)
      .join(""),
    after: words
      .slice(at + 1)
      .map((word) => ` ${word}`)
      .join(""),
    infinitive,
    present: parts["1s"] ?? infinitive.replace(FIRST_PERSON_OF_INFINITIVE, "m"),
    past,
    isPerfective: entry.class === "pf",
    parts,
  };
}

/** The infinitive without -ti: `radi`, `pisa`, `viknu`; in a consonant before -sti, -ći nothing. */
export function infinitiveStem({ infinitive }: VerbWord): string | undefined {
  return /[aeiou]ti$/u.test(infinitive) ? infinitive.slice(0, -"ti".length) : undefined;
}

/** The present without its theme vowel: `rad` of `radim`, `piš` of `pišem`. */
export function presentRoot({ present }: VerbWord): string {
  return present.slice(0, -2);
}

const UNMUTATED: Readonly<Record<string, string>> = { č: "k", ž: "g", š: "h" };

/**
 * The velar at the end of the root of verbs in -ći, before it changed: `peč-em, pek-ao` - `pek`,
 * `dign-em, dig-ao` - `dig`, `moć-i, mog-ao` - `mog`. Nothing for other verbs (`doći, došao`).
 */
export function velarRoot({ infinitive, past }: VerbWord): string | undefined {
  return infinitive.endsWith("ći") && /[kgh]ao$/u.test(past) ? past.slice(0, -2) : undefined;
}

/** Whether the present root ends in the palatal of the velar: `peč` of `pek`, not `dign` of `dig`. */
export function isPalatalOf(root: string, velar: string): boolean {
  const unmutated = UNMUTATED[root.at(-1) ?? ""];
  return unmutated !== undefined && root.slice(0, -1) + unmutated === velar;
}
