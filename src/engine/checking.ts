import type { Segment } from "../book/segment.ts";
import { findingsOf } from "./checks/table.ts";
import type { SegmentResult } from "./translator.ts";

/**
 * What was found in an answer, for as long as the answer is in use. The ladder and the schedule ask
 * the same of each answer, and the checks are most of what an answer costs the processor.
 */
const FOUND = new WeakMap<
  SegmentResult,
  { readonly segment: Segment; readonly faults: string[] }
>();

/** Why an answer cannot be accepted, one line each; empty if it can. */
export function faultsOf(segment: Segment, result: SegmentResult): readonly string[] {
  const found = FOUND.get(result);
  if (found?.segment === segment) return found.faults;
  const { text: source, kind } = segment;
  const faults = findingsOf({ source, translation: result.text, kind })
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => message);
  FOUND.set(result, { segment, faults });
  return faults;
}

/** The first reason why an answer cannot be accepted; undefined if it can. */
export function faultOf(segment: Segment, result: SegmentResult): string | undefined {
  return faultsOf(segment, result)[0];
}
