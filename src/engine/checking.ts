import type { Segment } from "../book/segment.ts";
import type { Finding } from "../language/checks/check.ts";
import { errorsOf, findingsOf } from "./checks/table.ts";
import type { SegmentResult } from "./translator.ts";

/** What the checks say of an answer. */
export interface Judgement {
  /** Why it cannot be accepted, one line each; empty if it can. */
  readonly faults: readonly string[];
  /** What a reader may stumble over, in an answer that is accepted all the same. */
  readonly findings: readonly Finding[];
}

/**
 * What was found in an answer, for as long as the answer is in use. The ladder and the schedule ask
 * the same of each answer, and the checks are most of what an answer costs the processor.
 */
const JUDGED = new WeakMap<
  SegmentResult,
  { readonly segment: Segment; readonly target: string; readonly judgement: Judgement }
>();

/** @param target language of the answer: what is true of Serbian only is asked of Serbian only. */
export function judge(segment: Segment, result: SegmentResult, target: string): Judgement {
  const known = JUDGED.get(result);
  if (known?.segment === segment && known.target === target) return known.judgement;
  const { text: source, kind } = segment;
  const all = findingsOf({ source, translation: result.text, kind }, { target });
  const isError = ({ severity }: Finding) => severity === "error";
  const judgement = {
    faults: all.filter(isError).map(({ message }) => message),
    findings: all.filter((finding) => !isError(finding)),
  };
  JUDGED.set(result, { segment, target, judgement });
  return judgement;
}

/**
 * The first reason why an answer cannot be accepted; undefined if it can. Costs half of `judge`, for
 * those who do not tell of findings.
 */
export function faultOf(
  segment: Segment,
  result: SegmentResult,
  target: string,
): string | undefined {
  const known = JUDGED.get(result);
  if (known?.segment === segment && known.target === target) return known.judgement.faults[0];
  const { text: source, kind } = segment;
  return errorsOf({ source, translation: result.text, kind }, { target })[0]?.message;
}
