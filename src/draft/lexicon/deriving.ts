import { derivedEntries } from "./derivation.ts";
import type { LexicalClass, LexiconEntry } from "./entry.ts";
import type { Lexicon } from "./lexicon.ts";

/** Lookups that are kept; a novel asks for about 60,000 different ones. */
const MAX_CACHED = 100_000;

/** The same lexicon, which also knows what follows from its words by regular derivation. */
export function deriving(lexicon: Lexicon): Lexicon {
  const cache = new Map<string, readonly LexiconEntry[]>();
  const entriesOf = (lemma: string, pos: LexicalClass) => {
    const listed = lexicon.entriesOf(lemma, pos);
    if (listed.length > 0) return listed;
    const key = `${lemma}|${pos}`;
    const known = cache.get(key);
    if (known) return known;
    const derived = derivedEntries(lexicon, lemma, pos);
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(key, derived);
    return derived;
  };
  return {
    version: lexicon.version,
    entriesOf,
    has: (lemma) => lexicon.has(lemma),
    phraseAt: (words, at) => lexicon.phraseAt(words, at),
  };
}
