import { matchesOf } from "./words.ts";

/** A capital inside a sentence. */
const NAME = /(?<=[\p{Ll},] )\p{Lu}\p{Ll}{2,}/gu;
/** Case endings differ, the beginning of a source name does not. */
const SOURCE_STEM_LETTERS = 4;
const MIN_OCCURRENCES = 3;
/** Bounds of memory: names that are compared, and places that are remembered of each rendering. */
const MAX_NAMES = 5000;
const MAX_PLACES = 20;

interface Rendering {
  /** As it stood first. */
  readonly name: string;
  count: number;
  /** The first segments that have it. */
  readonly indexes: number[];
}

/**
 * The first letter and the next consonant: what no case changes, also where a vowel comes and goes
 * (Петар, Петром; Ана, Аном).
 */
function stemOf(name: string): string {
  const [first = "", ...others] = name.toLowerCase();
  return first + (others.find((letter) => !/[аеёиоуыэюяй]/u.test(letter)) ?? "");
}

/** Collects how names are rendered, from segments that have one name and whose translation has one. */
export class NameRenderings {
  readonly #names = new Map<string, Map<string, Rendering>>();

  take(index: number, source: string, translation: string): void {
    const [name, ...otherNames] = matchesOf(source, NAME);
    const [rendering, ...otherRenderings] = matchesOf(translation, NAME);
    if (!name || !rendering || otherNames.length > 0 || otherRenderings.length > 0) return;
    const stem = name.toLowerCase().slice(0, SOURCE_STEM_LETTERS);
    if (!this.#names.has(stem) && this.#names.size >= MAX_NAMES) return;
    const renderings = this.#names.get(stem) ?? new Map<string, Rendering>();
    this.#names.set(stem, renderings);
    const known = renderings.get(stemOf(rendering)) ?? { name: rendering, count: 0, indexes: [] };
    renderings.set(stemOf(rendering), known);
    known.count += 1;
    if (known.indexes.length < MAX_PLACES) known.indexes.push(index);
  }

  /** Where a name is rendered otherwise than usual; of each rendering the first twenty places. */
  *unusual(): Generator<{ index: number; name: string; usual: string }> {
    for (const renderings of this.#names.values()) {
      const [usual, ...others] = [...renderings.values()].sort((a, b) => b.count - a.count);
      if (usual === undefined || usual.count < MIN_OCCURRENCES) continue;
      for (const { name, indexes } of others) {
        for (const index of indexes) yield { index, name, usual: usual.name };
      }
    }
  }
}
