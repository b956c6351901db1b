import { readFileSync } from "node:fs";

/** A paragraph that somebody has read, with what is wrong with its translation. */
export interface ReviewedParagraph {
  readonly russian: string;
  readonly serbian: string;
  /** Faults that are named; none if a reader would change nothing. */
  readonly faults: readonly string[];
  /** The review says that it reads well. */
  readonly isPraised: boolean;
  /** The translation has changed since, and nobody has read it. */
  readonly isUnread: boolean;
}

export const REVIEWED_FILE = new URL("reviewed-prose.txt", import.meta.url);

/** Reads the file of reviewed paragraphs; the head of the file says how it is written. */
export function reviewedParagraphs(): ReviewedParagraph[] {
  return readFileSync(REVIEWED_FILE, "utf8")
    .split("\n\n")
    .filter((block) => block.startsWith("> "))
    .map((block) => {
      const lines = block.trimEnd().split("\n");
      const behind = (mark: string) =>
        lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(2));
      return {
        russian: behind("> ").join(" "),
        serbian: behind("= ").join(" "),
        faults: behind("- "),
        isPraised: lines.includes("+"),
        isUnread: lines.includes("?"),
      };
    });
}
