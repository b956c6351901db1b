/**
 * Tags that are open, the innermost last. Each step takes constant time on average, so that a file
 * of a million unmatched tags costs no more than its size.
 */
export class OpenTags<T extends { readonly name: string }> {
  readonly #open: T[] = [];
  readonly #countByName = new Map<string, number>();

  get innermost(): T | undefined {
    return this.#open.at(-1);
  }

  open(tag: T): void {
    this.#open.push(tag);
    this.#count(tag.name, 1);
  }

  /** Closes the innermost tag of that name with all that is open inside it; undefined: none is. */
  close(name: string): T | undefined {
    if ((this.#countByName.get(name) ?? 0) === 0) return undefined;
    for (;;) {
      const tag = this.#open.pop();
      if (tag === undefined) return undefined;
      this.#count(tag.name, -1);
      if (tag.name === name) return tag;
    }
  }

  #count(name: string, change: 1 | -1): void {
    this.#countByName.set(name, (this.#countByName.get(name) ?? 0) + change);
  }
}
