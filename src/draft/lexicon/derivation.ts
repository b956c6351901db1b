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
      const entry = defaultEntry(lexicon, base, rule.basePos);
      const derived = entry && rule.derive(entry);
      if (entry !== undefined && derived !== undefined)
        return [{ ...entry, ...derived, ru: lemma, pos, use: [] }];
    }
  }
  return [];
}

/**
 * The only rendering of a listed word, or of one that is derived itself (некрасиво, красиво). Of
 * several renderings the derived word may have any: недорогой is inexpensive, not unloved.
 */
function defaultEntry(
  lexicon: Lexicon,
  lemma: string,
  pos: LexicalClass,
): LexiconEntry | undefined {
  const listed = lexicon.entriesOf(lemma, pos);
  const entries = listed.length > 0 ? listed : derivedEntries(lexicon, lemma, pos);
  const renderings = new Set(entries.map(({ sr }) => sr));
  const entry = entries.find(({ use, sr }) => use.length === 0 && sr !== "" && !sr.includes(" "));
  return renderings.size === 1 ? entry : undefined;
}
