import { FbtrError } from "../base/errors.ts";
import type { Segment } from "../book/segment.ts";
import type { Batch } from "../plan/batch.ts";
import type { Judge } from "./checking.ts";
import type { Answer, SegmentResult, Translator } from "./translator.ts";

export interface Ladder {
  readonly primary: Translator;
  /** Asked for what the engines before have not managed, in this order. */
  readonly fallbacks: readonly Translator[];
  readonly judge: Judge;
}

/** One rung: how what is still open is cut into requests, and how plainly it is asked for. */
interface Rung {
  readonly parts: (open: readonly Segment[]) => readonly (readonly Segment[])[];
  readonly caution: 0 | 1 | 2;
  readonly tellsFaults: boolean;
}

const whole = (open: readonly Segment[]) => [open];
const halves = (open: readonly Segment[]) => {
  const middle = Math.ceil(open.length / 2);
  return [open.slice(0, middle), open.slice(middle)].filter((part) => part.length > 0);
};
const singles = (open: readonly Segment[]) => open.map((segment) => [segment]);

/** Again with the errors named, halved, one by one, one by one and plain (QUALITY, engine rules 2, 3). */
const RUNGS: readonly Rung[] = [
  { parts: whole, caution: 0, tellsFaults: false },
  { parts: whole, caution: 0, tellsFaults: true },
  { parts: halves, caution: 1, tellsFaults: true },
  { parts: singles, caution: 1, tellsFaults: true },
  { parts: singles, caution: 2, tellsFaults: false },
];

/** An engine that fails so many requests of a rung in a row is not asked for the rest of the rung. */
const MAX_FAILURES_IN_A_ROW = 3;

/** Errors that say nothing of the segments: the engine cannot be had now. */
const ENGINE_IS_OUT = new Set([
  "ENGINE_BUSY",
  "ENGINE_UNREACHABLE",
  "ENGINE_UNAUTHORIZED",
  "ENGINE_REJECTED",
]);

const NOTHING_KNOWN = { unknownWords: [], words: { total: 0, known: 0 } };

/** What is known of a batch while it climbs. */
class Climb {
  readonly #open: Map<number, Segment>;
  readonly #faults = new Map<number, readonly string[]>();
  readonly #rejected = new Map<number, Answer>();

  constructor({ segments }: Batch) {
    this.#open = new Map(segments.map((segment) => [segment.index, segment]));
  }

  get open(): readonly Segment[] {
    return [...this.#open.values()];
  }

  /** The last answers that were not accepted; an empty one where a request failed. */
  get rejected(): readonly Answer[] {
    return [...this.#rejected.values()].filter(({ index }) => this.#open.has(index));
  }

  faultsAmong(segments: readonly Segment[]): string[] {
    return [...new Set(segments.flatMap(({ index }) => this.#faults.get(index) ?? []))];
  }

  /** These segments got no answer, for this reason. */
  failed(indices: Iterable<number>, { message, cause }: FbtrError): void {
    // A model is told what was wrong with its answer, not with its server.
    const isOfAnswer = !(cause instanceof FbtrError);
    for (const index of indices) {
      if (isOfAnswer) this.#faults.set(index, [message]);
      const judgement = { faults: [message], findings: [] };
      this.#rejected.set(index, { index, text: "", ...NOTHING_KNOWN, judgement });
    }
  }

  /** The answer with what is said of it, if it is for an open segment and without fault. */
  accepted(result: SegmentResult, judge: Judge): Answer | undefined {
    const segment = this.#open.get(result.index);
    if (segment === undefined) return undefined;
    const judgement = judge(segment, result);
    const answer = { ...result, judgement };
    if (judgement.faults.length === 0) {
      this.#open.delete(result.index);
      return answer;
    }
    this.#faults.set(result.index, judgement.faults);
    this.#rejected.set(result.index, answer);
    return undefined;
  }
}

/**
 * Several ways to an acceptable answer behind one translator: what an engine gets wrong is asked for
 * again, each time in smaller pieces and plainer words, and at last of another engine. Only accepted
 * answers are handed on, and at the end, for what nobody managed, the last ones that were not, with
 * what is wrong with them. Nothing is asked for without end: each engine has five rungs.
 *
 * An engine that cannot be had is left for the next one; its error is thrown if none is left.
 */
export function laddering({ primary, fallbacks, judge }: Ladder): Translator {
  const translators = [primary, ...fallbacks];
  async function* translate(batch: Batch, signal: AbortSignal): AsyncGenerator<Answer> {
    const climb = new Climb(batch);
    let out: FbtrError | undefined;
    let reached = false;
    for (const translator of translators) {
      try {
        for await (const answer of climbWith(translator, batch, climb, judge, signal)) {
          yield translator === primary ? answer : { ...answer, fallback: translator.name };
        }
        reached = true;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof FbtrError) || !ENGINE_IS_OUT.has(error.code)) throw error;
        out ??= error;
      }
      if (climb.open.length === 0) return;
    }
    if (out && !reached) throw out;
    yield* climb.rejected;
  }
  return {
    name: primary.name,
    // Answers of fallbacks carry their name: a job keeps its own when the user takes other ones.
    version: primary.version,
    priority: primary.priority,
    capacity: primary.capacity,
    isPersistent: true,
    translate,
    async [Symbol.asyncDispose]() {
      for (const translator of translators) await translator[Symbol.asyncDispose]();
    },
  };
}

async function* climbWith(
  translator: Translator,
  batch: Batch,
  climb: Climb,
  judge: Judge,
  signal: AbortSignal,
): AsyncGenerator<Answer> {
  for (const [step, rung] of RUNGS.entries()) {
    let failuresInARow = 0;
    for (const [turn, part] of rung.parts(climb.open).entries()) {
      if (failuresInARow >= MAX_FAILURES_IN_A_ROW) break;
      const before = climb.open.length;
      const request = {
        ...batch,
        id: `${batch.id}-${step}.${turn}`,
        segments: part,
        caution: rung.caution,
        faults: rung.tellsFaults ? climb.faultsAmong(part) : [],
      };
      for await (const result of answersOf(translator, request, climb, signal)) {
        const answer = climb.accepted(result, judge);
        if (answer !== undefined) yield answer;
      }
      failuresInARow = climb.open.length < before ? 0 : failuresInARow + 1;
    }
    if (climb.open.length === 0) return;
  }
}

/** The answers of one request; one that breaks off counts for what came before. */
async function* answersOf(
  translator: Translator,
  request: Batch,
  climb: Climb,
  signal: AbortSignal,
): AsyncGenerator<SegmentResult> {
  const unanswered = new Set(request.segments.map(({ index }) => index));
  try {
    for await (const result of translator.translate(request, signal)) {
      unanswered.delete(result.index);
      yield result;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof FbtrError) || error.code !== "ENGINE_FAILED") throw error;
    climb.failed(unanswered, error);
  }
}
