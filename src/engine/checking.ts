import type { Segment } from "../book/segment.ts";
import { findingsOf } from "./checks/table.ts";
import type { SegmentResult } from "./translator.ts";

/** Why an answer cannot be accepted, one line each; empty if it can. */
export function faultsOf({ text: source, kind }: Segment, { text }: SegmentResult): string[] {
  return findingsOf({ source, translation: text, kind })
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => message);
}

/** The first reason why an answer cannot be accepted; undefined if it can. */
export function faultOf(segment: Segment, result: SegmentResult): string | undefined {
  return faultsOf(segment, result)[0];
}
