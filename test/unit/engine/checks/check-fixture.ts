import type { CheckContext, CheckedPair } from "../../../../src/language/checks/check.ts";

type Kind = CheckedPair["kind"];
type Case = readonly [source: string, translation: string, kind?: Kind];

export interface CheckFixture {
  readonly id: string;
  readonly strikes: readonly Case[];
  readonly passes: readonly Case[];
  readonly context?: CheckContext;
}
