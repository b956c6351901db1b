import type { Clock } from "../../base/clock.ts";

interface Key<Value> {
  readonly value: Value;
  coolsUntil: number;
  retired: boolean;
}

/**
 * The keys of one provider, taken in turns. A key that is told to wait rests alone; a key that is
 * refused is not used again; the others go on.
 */
export class KeyRing<Value> {
  readonly #keys: Key<Value>[];
  readonly #clock: Clock;
  #turn = 0;

  /** @param values at least one; each once. */
  constructor(values: readonly Value[], clock: Clock) {
    if (values.length === 0) throw new TypeError("Expected at least one key, got none");
    this.#keys = values.map((value) => ({ value, coolsUntil: 0, retired: false }));
    this.#clock = clock;
  }

  /** The next usable key; undefined while all of them rest or are retired. */
  next(): Value | undefined {
    const now = this.#clock.elapsed();
    for (let step = 0; step < this.#keys.length; step += 1) {
      const key = this.#keys[(this.#turn + step) % this.#keys.length];
      if (key === undefined || key.retired || key.coolsUntil > now) continue;
      this.#turn = (this.#turn + step + 1) % this.#keys.length;
      return key.value;
    }
    return undefined;
  }

  /** Milliseconds until a resting key is usable; 0 if one is; undefined if all are retired. */
  readyInMs(): number | undefined {
    const alive = this.#keys.filter(({ retired }) => !retired);
    if (alive.length === 0) return undefined;
    const soonest = Math.min(...alive.map(({ coolsUntil }) => coolsUntil));
    return Math.max(0, soonest - this.#clock.elapsed());
  }

  /** Lets a key rest; a longer rest that it has already stays. */
  cool(value: Value, ms: number): void {
    const key = this.#keyOf(value);
    key.coolsUntil = Math.max(key.coolsUntil, this.#clock.elapsed() + ms);
  }

  retire(value: Value): void {
    this.#keyOf(value).retired = true;
  }

  #keyOf(value: Value): Key<Value> {
    const found = this.#keys.find((key) => key.value === value);
    if (found === undefined) throw new TypeError("Expected a key of this ring");
    return found;
  }
}
