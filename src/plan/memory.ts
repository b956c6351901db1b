import { LRUCache } from "lru-cache";

import type { Clock } from "../base/clock.ts";
import { sha256 } from "../base/digest.ts";
import type { Segment } from "../book/segment.ts";

/** What a translation depends on besides the segment itself. */
export interface MemoryScope {
  readonly engine: string;
  /** Holds whatever changes the answer: model, prompt, options (see `Translator.version`). */
  readonly engineVersion: string;
  readonly from: string;
  readonly to: string;
}

/** A translation as it is remembered. Free of the segment's place: it fits every book. */
export interface RememberedTranslation {
  readonly text: string;
  readonly unknownWords: readonly string[];
  readonly words: { readonly total: number; readonly known: number };
}

/** A segment with what is remembered for it. */
export interface KnownSegment {
  readonly segment: Segment;
  readonly translation: RememberedTranslation;
}

/** Where translations outlive the process, by key. It may forget; it never answers wrong. */
export interface MemoryShelf {
  get(key: string): RememberedTranslation | undefined;
  put(entries: ReadonlyMap<string, RememberedTranslation>): void;
  remove(keys: readonly string[]): void;
}

export interface MemoryOptions {
  readonly shelf: MemoryShelf;
  readonly clock: Clock;
  /** How long an entry counts in front of the shelf, milliseconds. */
  readonly ttlMs: number;
  /** Characters of text that are held in front of the shelf. @default 2000000 */
  readonly maxCachedChars?: number;
}

/**
 * Translations by what they depend on, so that no engine is asked twice for the same thing, in
 * whatever book it stands: a cache in front of a shelf. The key is a digest of the segment's text
 * and kind and of the scope; there is nothing to invalidate.
 */
export class TranslationMemory {
  readonly #shelf: MemoryShelf;
  readonly #cache: LRUCache<string, RememberedTranslation>;

  constructor({ shelf, clock, ttlMs, maxCachedChars = 2_000_000 }: MemoryOptions) {
    this.#shelf = shelf;
    this.#cache = new LRUCache({
      maxSize: maxCachedChars,
      sizeCalculation: ({ text }) => text.length + 1,
      ttl: ttlMs,
      ttlResolution: 0,
      perf: { now: () => clock.now() },
    });
  }

  /** Tells the segments of which a translation is remembered from the others. Keeps the order. */
  split(
    scope: MemoryScope,
    segments: readonly Segment[],
  ): { readonly known: KnownSegment[]; readonly unknown: Segment[] } {
    const known: KnownSegment[] = [];
    const unknown: Segment[] = [];
    for (const segment of segments) {
      const translation = this.#find(keyOf(scope, segment));
      if (translation === undefined) unknown.push(segment);
      else known.push({ segment, translation });
    }
    return { known, unknown };
  }

  /** Remembers translations that passed the checks; a later one takes the place of an earlier. */
  remember(scope: MemoryScope, translations: readonly KnownSegment[]): void {
    const entries = new Map<string, RememberedTranslation>();
    for (const { segment, translation } of translations) {
      const { text, unknownWords, words } = translation;
      entries.set(keyOf(scope, segment), { text, unknownWords, words });
    }
    for (const [key, translation] of entries) this.#cache.set(key, translation);
    this.#shelf.put(entries);
  }

  /** Forgets translations that turned out to be wrong. */
  forget(scope: MemoryScope, segments: readonly Segment[]): void {
    const keys = segments.map((segment) => keyOf(scope, segment));
    for (const key of keys) this.#cache.delete(key);
    this.#shelf.remove(keys);
  }

  #find(key: string): RememberedTranslation | undefined {
    const cached = this.#cache.get(key);
    if (cached !== undefined) return cached;
    const found = this.#shelf.get(key);
    if (found !== undefined) this.#cache.set(key, found);
    return found;
  }
}

function keyOf({ engine, engineVersion, from, to }: MemoryScope, segment: Segment): string {
  return sha256(JSON.stringify([engine, engineVersion, from, to, segment.kind, segment.text]));
}
