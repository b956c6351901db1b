import { DERIVATION_RULES } from "./derivation-rules.ts";
import type { LexicalClass, LexiconEntry } from "./entry.ts";
import type { Lexicon } from "./lexicon.ts";

/**
 * Entries for a word that the lexicon does not list but that follows from a listed one by regular
 * derivation: печально from печальный, нечастый from частый, столик from стол.
 *
 * @param lemma in small letters. A word that the lexicon lists is not derived; ask it first.
 * @returns at most one entry; nothing if no rule leads to a listed word.
 */
export function derivedEntries(
  lexicon: Lexicon,
  lemma: string,
  pos: LexicalClass,
): readonly LexiconEntry[] {
  for (const rule of DERIVATION_RULES) {
    if (rule.pos !== pos) continue;
    for (const base of rule.basesOf(lemma)) {
      const find = rule.ofSeveral ? firstEntry : onlyEntry;
      const entry = find(lexicon, base, rule.basePos);
      const derived = entry && rule.derive(entry);
      if (entry !== undefined && derived !== undefined)
        return [{ ...entry, ...derived, ru: lemma, pos, use: [] }];
    }
  }
  return [];
}

/** A listed word, or one that is derived itself (некрасиво, красиво). */
function entriesOfBase(lexicon: Lexicon, lemma: string, pos: LexicalClass) {
  const listed = lexicon.entriesOf(lemma, pos);
  return listed.length > 0 ? listed : derivedEntries(lexicon, lemma, pos);
}

const isWord = ({ sr }: LexiconEntry) => sr !== "" && !sr.includes(" ");

/** Of several renderings the derived word may have any: недорогой is inexpensive, not unloved. */
function onlyEntry(lexicon: Lexicon, lemma: string, pos: LexicalClass): LexiconEntry | undefined {
  const entries = entriesOfBase(lexicon, lemma, pos);
  const renderings = new Set(entries.map(({ sr }) => sr));
  const entry = entries.find((other) => other.use.length === 0 && isWord(other));
  return renderings.size === 1 ? entry : undefined;
}

/** The first rendering that no word beside it decides; what it governs is no matter here. */
function firstEntry(lexicon: Lexicon, lemma: string, pos: LexicalClass): LexiconEntry | undefined {
  const entry = entriesOfBase(lexicon, lemma, pos).find(({ use }) =>
    use.every(({ kind }) => kind === "government" || kind === "preposition"),
  );
  return entry !== undefined && isWord(entry) ? entry : undefined;
}
