import type { Check } from "../../language/checks/check.ts";

/** How the answers of a model go together with what it was asked for. */
export interface AnsweredNumbers {
  /** Segments are numbered from 1 to this. */
  readonly asked: number;
  /** The numbers that the answers have, in their order. */
  readonly answered: readonly number[];
}

function mismatch({ asked, answered }: AnsweredNumbers): string | undefined {
  const different = new Set(answered);
  const known = [...different].filter((number) => number >= 1 && number <= asked);
  const counts = [
    [asked - known.length, `of ${asked} without an answer`],
    [answered.length - different.size, "answered again"],
    [different.size - known.length, "answered that nobody asked for"],
  ] as const;
  const said = counts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  return said.length === 0 ? undefined : said.join(", ");
}

/** C10: about an answer as a whole, while it can still be asked for again. */
export const ANSWER_CHECK: Omit<Check, "find"> & {
  readonly find: (numbers: AnsweredNumbers) => string | undefined;
} = {
  id: "C10",
  severity: "error",
  title: "answers and segments do not match one to one",
  why: "Models join, divide and drop paragraphs. Counted, not named: the numbers of the next request are others.",
  find: mismatch,
};
