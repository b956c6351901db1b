/**
 * Remembers what follows from a thing for as long as the thing itself is in use. The same entry is
 * asked for many forms, and the same reading weighed in many sentences.
 *
 * @param derive depends on the thing alone.
 */
export function memoised<Thing extends object, Derived>(
  derive: (thing: Thing) => Derived,
): (thing: Thing) => Derived {
  const known = new WeakMap<Thing, Derived>();
  return (thing) => {
    const found = known.get(thing);
    if (found !== undefined) return found;
    const derived = derive(thing);
    known.set(thing, derived);
    return derived;
  };
}
