/**
 * - `error`: the translation is not accepted; only for rules that do not err on good translations;
 * - `warning`: a reader would likely stumble;
 * - `hint`: worth a look by somebody who polishes the book.
 */
export type Severity = "error" | "warning" | "hint";

/** A segment and its translation, both as running text without inline markers. */
export interface CheckedPair {
  readonly source: string;
  /** In Serbian Cyrillic. */
  readonly translation: string;
  /** Where the text stands: headings, verse and captions are looser than prose. */
  readonly kind: "text" | "title" | "verse" | "metadata" | "attribute";
}

/** One rule about a translation. */
export interface Check {
  /** As in the table of QUALITY: C01 and so on. Part of reports: never renamed. */
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong where it strikes, a few words. */
  readonly title: string;
  /** What in the translation is wrong, for the report; undefined if nothing is. */
  readonly find: (pair: CheckedPair) => string | undefined;
}

/** What a check has found. */
export interface Finding {
  readonly check: string;
  readonly severity: Severity;
  readonly title: string;
  /** The offending words, or figures; may be empty. */
  readonly detail: string;
}

/** Everything that `checks` find in a pair, in their order. */
export function findingsOf(pair: CheckedPair, checks: readonly Check[]): Finding[] {
  return checks.flatMap(({ id, severity, title, find }) => {
    const detail = find(pair);
    return detail === undefined ? [] : [{ check: id, severity, title, detail }];
  });
}

const SHOWN = 3;

/** The first few of what a pattern finds, as one line; undefined if there is nothing. */
export function listed(found: readonly string[]): string | undefined {
  if (found.length === 0) return undefined;
  const first = [...new Set(found)].slice(0, SHOWN);
  return first.join(", ") + (found.length > first.length ? ` (${found.length} in all)` : "");
}
