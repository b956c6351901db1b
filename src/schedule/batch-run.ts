import { FbtrError } from "../base/errors.ts";
import type { Segment } from "../book/segment.ts";
import { ResultGroups } from "./result-groups.ts";
import type { Schedule } from "./schedule.ts";
import type { Failure, Lease } from "./work-store.ts";

/**
 * Lets the translator work on one leased batch. What passes the checks is saved; what does not, or
 * was not answered, has failed once more. Returns the segments that are open again.
 *
 * The lease is prolonged while the translator works, however long it is silent. If it is lost all
 * the same, the batch ends here and its segments are left to whoever has them now.
 *
 * @throws the reason of `stop`; FbtrError JOB_STORE_FAILED; an error of the engine that no retry
 *   can help. What had arrived before is saved.
 */
export async function runBatch(schedule: Schedule, lease: Lease): Promise<readonly Segment[]> {
  const { store, stop, leaseMs } = schedule;
  const end = new AbortController();
  const endNow = () => end.abort(stop.reason);
  stop.addEventListener("abort", endNow, { once: true });
  let lost = false;
  const loseUnless = (held: boolean) => {
    lost ||= !held;
    if (lost) end.abort();
  };
  const fail = (error: unknown) => end.abort(error);
  const beat = () => void store.heartbeat(lease, leaseMs).then(loseUnless, fail);
  const heart = setInterval(beat, leaseMs / 3);
  const groups = new ResultGroups(schedule, lease, fail);
  try {
    const failures = await failuresOf(schedule, lease, groups, end.signal);
    await groups.flush();
    end.signal.throwIfAborted();
    return await giveBack(schedule, lease, failures);
  } catch (error) {
    await groups.flush();
    if (!lost) throw end.signal.aborted ? end.signal.reason : error;
    return [];
  } finally {
    clearInterval(heart);
    stop.removeEventListener("abort", endNow);
  }
}

/** Takes the answers of the translator; returns what of the batch has no good one, and why. */
async function failuresOf(
  { translator, judge, session }: Schedule,
  { batch }: Lease,
  groups: ResultGroups,
  signal: AbortSignal,
): Promise<Failure[]> {
  const waiting = new Map(batch.segments.map((segment) => [segment.index, segment]));
  const reasons = new Map<number, string>();
  let reason = "the engine gave no answer";
  try {
    for await (const answer of translator.translate({ ...batch, session }, signal)) {
      const { judgement, ...result } = answer;
      const segment = waiting.get(result.index);
      if (!segment) continue;
      const { faults, findings } = judgement ?? judge(segment, result);
      const [fault] = faults;
      if (fault !== undefined) {
        reasons.set(result.index, fault);
        continue;
      }
      waiting.delete(result.index);
      groups.add({ segment, result, findings });
    }
  } catch (error) {
    signal.throwIfAborted();
    // Only an answer that went wrong is the segments' failure; an engine that cannot be had is not.
    if (!(error instanceof FbtrError) || error.code !== "ENGINE_FAILED") throw error;
    reason = error.message;
  }
  return [...waiting.keys()].map((index) => ({ index, reason: reasons.get(index) ?? reason }));
}

/** Returns the segments that may be tried again. */
async function giveBack(
  { store, maxAttempts, onGivenUp }: Schedule,
  lease: Lease,
  failures: readonly Failure[],
): Promise<Segment[]> {
  if (failures.length === 0) return [];
  const { flagged, kept } = await store.fail(lease, failures, maxAttempts);
  const among = (indices: readonly number[]) =>
    lease.batch.segments.filter(({ index }) => indices.includes(index));
  if (flagged.length + kept.length > 0) onGivenUp(among(flagged), among(kept));
  const givenUp = new Set([...flagged, ...kept]);
  return among(failures.map(({ index }) => index)).filter(({ index }) => !givenUp.has(index));
}
