import { withoutMarkers } from "../../book/markers.ts";
import { BOOK_CHECKS } from "../../language/checks/book.ts";
import {
  findingsBy,
  type Check,
  type CheckContext,
  type CheckedPair,
  type Finding,
  type Severity,
} from "../../language/checks/check.ts";
import { COMPLETENESS_CHECKS } from "../../language/checks/completeness.ts";
import { DEGENERATION_CHECKS } from "../../language/checks/degeneration.ts";
import { CONSISTENCY_CHECKS } from "../../language/checks/consistency.ts";
import { DIALECT_CHECKS } from "../../language/checks/dialect.ts";
import { NUMBER_CHECKS } from "../../language/checks/numbers.ts";
import { PUNCTUATION_CHECKS } from "../../language/checks/punctuation.ts";
import { META_CHECKS } from "../../language/checks/meta-text.ts";
import { SCRIPT_CHECKS } from "../../language/checks/script.ts";
import { ANSWER_CHECK } from "./answered.ts";
import { MARKUP_CHECKS } from "./markup.ts";

const TEXT_CHECKS = [
  ...SCRIPT_CHECKS,
  ...COMPLETENESS_CHECKS,
  ...DEGENERATION_CHECKS,
  ...META_CHECKS,
  ...DIALECT_CHECKS,
  ...NUMBER_CHECKS,
  ...PUNCTUATION_CHECKS,
  ...CONSISTENCY_CHECKS,
];

/** All checks of a segment, by id. */
export const CHECKS: readonly Check[] = [...TEXT_CHECKS, ...MARKUP_CHECKS].toSorted((a, b) =>
  a.id < b.id ? -1 : 1,
);

const TITLES: ReadonlyMap<string, string> = new Map(
  [...CHECKS, ...BOOK_CHECKS, ANSWER_CHECK].map(({ id, title }) => [id, title]),
);

/** What is wrong where a check strikes, a few words; undefined for an id that there is not. */
export function titleOfCheck(id: string): string | undefined {
  return TITLES.get(id);
}

const isError = ({ severity }: { readonly severity: Severity }) => severity === "error";
const TEXT_ERRORS = TEXT_CHECKS.filter(isError);
const MARKUP_ERRORS = MARKUP_CHECKS.filter(isError);

/**
 * Everything that is wrong with a translation, errors first. Run `autofixed` of
 * `language/checks/autofix.ts` before, so that only what is left is reported.
 *
 * @param pair both texts with their inline markers.
 */
export function findingsOf(pair: CheckedPair, context: CheckContext = {}): Finding[] {
  const findings = [
    ...findingsBy(MARKUP_CHECKS, pair, context),
    ...findingsBy(TEXT_CHECKS, withoutMarkup(pair), context),
  ];
  return [...findings.filter(isError), ...findings.filter((finding) => !isError(finding))];
}

/** The errors among `findingsOf`, for half of what all of it costs. */
export function errorsOf(pair: CheckedPair, context: CheckContext = {}): Finding[] {
  return [
    ...findingsBy(MARKUP_ERRORS, pair, context),
    ...findingsBy(TEXT_ERRORS, withoutMarkup(pair), context),
  ];
}

function withoutMarkup(pair: CheckedPair): CheckedPair {
  const { source, translation } = pair;
  return { ...pair, source: withoutMarkers(source), translation: withoutMarkers(translation) };
}
