import type { Segment } from "../book/segment.ts";
import type { Finding } from "../language/checks/check.ts";
import { findingsOf } from "./checks/table.ts";

/** What the checks say of an answer. */
export interface Judgement {
  /** Why it cannot be accepted, one line each; empty if it can. */
  readonly faults: readonly string[];
  /** What a reader may stumble over, in an answer that is accepted all the same. */
  readonly findings: readonly Finding[];
}

/** @param target language of the answer: what is true of Serbian only is asked of Serbian only. */
export function judge(
  { text: source, kind }: Segment,
  { text: translation }: { readonly text: string },
  target: string,
): Judgement {
  const all = findingsOf({ source, translation, kind }, { target });
  const isError = ({ severity }: Finding) => severity === "error";
  return {
    faults: all.filter(isError).map(({ message }) => message),
    findings: all.filter((finding) => !isError(finding)),
  };
}
