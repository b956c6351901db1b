import type { LexiconEntry } from "../lexicon/entry.ts";

/**
 * Remembers what follows from an entry for as long as the entry itself is in use. The same entry is
 * asked for many forms, and its stems are worth working out once.
 *
 * @param derive depends on the entry alone.
 */
export function memoised<Derived>(
  derive: (entry: LexiconEntry) => Derived,
): (entry: LexiconEntry) => Derived {
  const known = new WeakMap<LexiconEntry, Derived>();
  return (entry) => {
    const found = known.get(entry);
    if (found !== undefined) return found;
    const derived = derive(entry);
    known.set(entry, derived);
    return derived;
  };
}
