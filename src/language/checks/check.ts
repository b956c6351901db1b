/**
 * - `error`: the translation is not accepted; only for rules that do not err on good translations;
 * - `warning`: a reader would likely stumble;
 * - `hint`: worth a look by somebody who polishes the book.
 */
export type Severity = "error" | "warning" | "hint";

/** A segment and its translation. The checks of `language` want running text without inline markers. */
export interface CheckedPair {
  readonly source: string;
  /** Serbian is in Cyrillic. */
  readonly translation: string;
  /** Where the text stands: headings, verse and captions are looser than prose. */
  readonly kind: "text" | "title" | "verse" | "metadata" | "attribute";
}

/** A term that the translation has to use where the source has it. */
export interface ExpectedTerm {
  /** Beginning that all forms of the source word share, small letters: `нехлюд`. */
  readonly sourceStem: string;
  /** Beginnings, one of which a word of the translation must have: inflected forms are all right. */
  readonly targetStems: readonly string[];
}

/** What is known beyond the pair itself. Everything may be missing; rules that need it then rest. */
export interface CheckContext {
  /** Language of the book, as in `--from`. @default "ru" */
  readonly source?: string;
  /** Language of the translation, as in `--to`. @default "sr" */
  readonly target?: string;
  /** Words that are kept as in the original by decision, small letters. */
  readonly keptWords?: ReadonlySet<string>;
  readonly terms?: readonly ExpectedTerm[];
  /** Sentences of what the model was told; none of them belongs into an answer. */
  readonly instructions?: readonly string[];
  /** Who says "I" in this segment, if that is known. */
  readonly speakerGender?: "feminine" | "masculine";
}

/** One rule about a translation. */
export interface Check {
  /** As in the table of QUALITY: C01 and so on. Part of reports: never renamed. */
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong where it strikes, a few words. */
  readonly title: string;
  /** Why the rule exists and what it lets pass. */
  readonly why: string;
  /** The one target language whose script and habits it knows; every language if not given. */
  readonly onlyFor?: "sr";
  /** The offending words, or figures; undefined if nothing is wrong. */
  readonly find: (pair: CheckedPair, context: CheckContext) => string | undefined;
}

/** What a check has found. */
export interface Finding {
  readonly check: string;
  readonly severity: Severity;
  /** One line: what, and where in the text. */
  readonly message: string;
}

/** A finding of `check`; `detail` may be empty. */
export function findingOf(
  { id, severity, title }: Pick<Check, "id" | "severity" | "title">,
  detail: string,
): Finding {
  return { check: id, severity, message: detail === "" ? title : `${title}: ${detail}` };
}

/** Everything that those of `checks` find that know the target language, in their order. */
export function findingsBy(
  checks: readonly Check[],
  pair: CheckedPair,
  context: CheckContext,
): Finding[] {
  const { target = "sr" } = context;
  const findings: Finding[] = [];
  for (const check of checks) {
    if (check.onlyFor !== undefined && check.onlyFor !== target) continue;
    const detail = check.find(pair, context);
    if (detail !== undefined) findings.push(findingOf(check, detail));
  }
  return findings;
}

const SHOWN = 3;

/** The first few of what a pattern finds, as one line; undefined if there is nothing. */
export function listed(found: readonly string[]): string | undefined {
  if (found.length === 0) return undefined;
  const first = [...new Set(found)].slice(0, SHOWN);
  return first.join(", ") + (found.length > first.length ? ` (${found.length} in all)` : "");
}

const EXCERPT = 60;

/** The beginning of a text on one line, for messages. */
export function excerptOf(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= EXCERPT ? line : `${line.slice(0, EXCERPT)}…`;
}
