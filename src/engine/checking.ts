import type { Segment } from "../book/segment.ts";
import type { CheckContext, Finding } from "../language/checks/check.ts";
import { instructionSentences } from "../language/checks/meta-text.ts";
import { errorsOf, findingsOf } from "./checks/table.ts";
import { JSON_PROTOCOL } from "./dialogue/json-protocol.ts";
import { LINES_PROTOCOL } from "./dialogue/lines-protocol.ts";
import { PLAIN_PROTOCOL } from "./dialogue/plain-protocol.ts";
import { instructionsOf, type LanguagePair } from "./dialogue/prompt.ts";

/** What the checks say of an answer. */
export interface Judgement {
  /** Why it cannot be accepted, one line each; empty if it can. */
  readonly faults: readonly string[];
  /** What a reader may stumble over, in an answer that is accepted all the same. */
  readonly findings: readonly Finding[];
}

/** Says what is wrong with an answer for a segment. */
export type Judge = (segment: Segment, answer: { readonly text: string }) => Judgement;

/** Says only why an answer cannot be accepted; undefined if it can. Costs half of a judgement. */
export type FaultFinder = (
  segment: Segment,
  answer: { readonly text: string },
) => string | undefined;

/** A judge of translations from one language to another: of Serbian more is asked than of others. */
export function judgeOf(languages: LanguagePair): Judge {
  const context = contextOf(languages);
  return ({ text: source, kind }, { text: translation }) => {
    const all = findingsOf({ source, translation, kind }, context);
    return {
      faults: all.filter(isError).map(({ message }) => message),
      findings: all.filter((finding) => !isError(finding)),
    };
  };
}

/** The same for those who do not tell of findings. */
export function faultFinderOf(languages: LanguagePair): FaultFinder {
  const context = contextOf(languages);
  return ({ text: source, kind }, { text: translation }) =>
    errorsOf({ source, translation, kind }, context)[0]?.message;
}

/** A model may repeat what it was told, whichever way it was asked. */
function contextOf({ from, to }: LanguagePair): CheckContext {
  const protocols = [JSON_PROTOCOL, LINES_PROTOCOL, PLAIN_PROTOCOL];
  const told = protocols.map((protocol) => instructionsOf({ from, to }, protocol)).join("\n");
  return { source: from, target: to, instructions: instructionSentences(told) };
}

const isError = ({ severity }: Finding) => severity === "error";
