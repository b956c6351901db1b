import type { Clock } from "../base/clock.ts";
import type { Segment } from "../book/segment.ts";
import type { Batch } from "../plan/batch.ts";
import { judgeOf } from "./checking.ts";
import type { Translator } from "./translator.ts";

/** Sentences that show whether an engine writes Serbian: names, markup, negation, a foreign word. */
const SENTENCES: readonly string[] = [
  "Старый князь молча посмотрел в окно и ничего не ответил.",
  "Она взяла <1>письмо</1> и быстро вышла из комнаты.<2/>",
  "У Натальи Ивановны было три брата и ни одной сестры.",
  "— Вы говорите по-французски? — спросил он. — Bonjour!",
];

const BATCH: Batch = {
  id: "canary",
  segments: SENTENCES.map((text, index): Segment => {
    return { index, kind: "text", element: "p", section: 0, text, skip: undefined };
  }),
};

export interface CanaryAnswer {
  readonly source: string;
  /** Undefined: there was no answer. */
  readonly translation: string | undefined;
  /** Why it cannot be accepted, one line; undefined if it can. */
  readonly fault: string | undefined;
}

export interface CanaryReport {
  readonly answers: readonly CanaryAnswer[];
  readonly passed: boolean;
  readonly elapsedMs: number;
  /** Characters of the source a second. */
  readonly charsPerSecond: number;
}

/**
 * Lets an engine translate a few sentences, and checks them as a book's are checked.
 *
 * @throws what the engine throws; the reason of `signal`.
 */
export async function runCanary(
  translator: Translator,
  clock: Clock,
  signal: AbortSignal,
): Promise<CanaryReport> {
  const began = clock.elapsed();
  const judge = judgeOf({ from: "ru", to: "sr" });
  const found = new Map<number, CanaryAnswer>();
  for await (const { index, text, judgement } of translator.translate(BATCH, signal)) {
    const segment = BATCH.segments[index];
    if (segment === undefined) continue;
    const { faults } = judgement ?? judge(segment, { text });
    found.set(index, { source: segment.text, translation: text, fault: faults[0] });
  }
  const elapsedMs = clock.elapsed() - began;
  const answers = BATCH.segments.map(({ index, text }) => {
    return found.get(index) ?? { source: text, translation: undefined, fault: "no answer" };
  });
  const chars = SENTENCES.reduce((sum, { length }) => sum + length, 0);
  return {
    answers,
    passed: answers.every(({ fault }) => fault === undefined),
    elapsedMs,
    charsPerSecond: (chars * 1000) / Math.max(elapsedMs, 1),
  };
}
