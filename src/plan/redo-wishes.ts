/** What a user wants to have translated again, before it is known what the book holds. */
export interface RedoWishes {
  /** Segments that were given up. */
  readonly flagged: boolean;
  /** Segments that the draft engine has translated in the place of a model. */
  readonly draft: boolean;
  /** Sections, see `chooseSections`. */
  readonly sections: readonly string[];
}

/** The parts of a list with commas, without the empty ones. */
export function listOf(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** Reads `flagged`, `draft` and sections, separated by commas. */
export function redoWishesOf(text: string): RedoWishes {
  const parts = listOf(text);
  return {
    flagged: parts.includes("flagged"),
    draft: parts.includes("draft"),
    sections: parts.filter((part) => part !== "flagged" && part !== "draft"),
  };
}
