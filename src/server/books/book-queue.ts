import type { Clock } from "../../base/clock.ts";
import { FbtrError } from "../../base/errors.ts";
import type { EventBus } from "../../base/events.ts";
import { baseNameOf } from "../../book/source.ts";
import type { TranslateRequest } from "../../job/pipeline.ts";
import type { QaReport } from "../../job/snapshot.ts";
import type { BookFiles } from "./book-files.ts";
import type { SubmissionChange, SubmissionStore } from "./submission-store.ts";
import { hasEnded, type Submission, type SubmissionRequest } from "./submission.ts";

/** Translates a book within the life of these signals. */
export type TranslateBook = (
  request: TranslateRequest,
  signals: { readonly drain: AbortSignal; readonly stop: AbortSignal },
) => Promise<QaReport>;

export interface BookQueueParts {
  readonly store: SubmissionStore;
  readonly files: BookFiles;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly translate: TranslateBook;
  /** Books that are worked on at the same time. */
  readonly capacity: number;
  /** Hears of what went wrong beside the books, such as a full disk. */
  readonly onFault: (error: unknown) => void;
}

/** How long a job that another process works on is left alone. */
const BUSY_RETRY_MS = 2000;

/** Why a run of a submission is to end early. */
type Wish = "paused" | "cancelled" | "queued";

interface Running {
  readonly drain: AbortController;
  readonly stop: AbortController;
  readonly end: Promise<void>;
  wish?: Wish;
}

/**
 * The books that the daemon was handed, and the work on them. What it knows is on disk before it is
 * said: a daemon that is killed goes on where it was.
 */
export class BookQueue {
  readonly #parts: BookQueueParts;
  readonly #running = new Map<string, Running>();
  readonly #waitingForEnd = new Map<string, Set<() => void>>();
  readonly #retries = new Set<NodeJS.Timeout>();
  #isDraining = false;

  constructor(parts: BookQueueParts) {
    this.#parts = parts;
  }

  /** Begins to work, first on what an earlier process has left. */
  start(): void {
    this.#parts.store.requeueRunning();
    this.#fill();
  }

  /** Puts a book into the queue whose file is there under `id`. */
  submit(
    id: string,
    request: SubmissionRequest,
    {
      session = id,
      priority = 0,
    }: { readonly session?: string | undefined; readonly priority?: number | undefined } = {},
  ): Submission {
    const now = new Date(this.#parts.clock.now()).toISOString();
    const state = "queued" as const;
    const made = { id, session, request, priority, createdAt: now, updatedAt: now, state };
    this.#parts.store.add(made);
    this.#tell(made);
    this.#fill();
    return this.get(id);
  }

  /** @throws FbtrError JOB_UNKNOWN. */
  get(id: string): Submission {
    const found = this.#parts.store.find(id);
    if (found) return found;
    throw new FbtrError("JOB_UNKNOWN", `there is no book ${id}`, {
      hint: "GET /api/v1/jobs lists them.",
    });
  }

  findSession(session: string): Submission | undefined {
    return this.#parts.store.findSession(session);
  }

  list(): Submission[] {
    return this.#parts.store.list();
  }

  /** Lets a book rest: what is begun of it is finished and saved. Idempotent. */
  async pause(id: string): Promise<Submission> {
    const { state } = this.get(id);
    if (state === "queued") this.#change(id, { state: "paused" });
    if (state === "running") await this.#end(id, "paused");
    return this.get(id);
  }

  /** Puts a book back into the queue that rests, failed, was cancelled or is incomplete. */
  resume(id: string): Submission {
    const { state } = this.get(id);
    if (state !== "queued" && state !== "running" && state !== "done") {
      this.#change(id, { state: "queued" });
      this.#fill();
    }
    return this.get(id);
  }

  /** Gives a book up at once; what was translated of it is kept, and can be resumed. Idempotent. */
  async cancel(id: string): Promise<Submission> {
    const found = this.get(id);
    if (found.state === "running") await this.#end(id, "cancelled");
    else if (!hasEnded(found)) this.#change(id, { state: "cancelled" });
    return this.get(id);
  }

  /** Forgets a book with its files. @throws FbtrError JOB_UNKNOWN. */
  async remove(id: string): Promise<void> {
    await this.cancel(id);
    this.#parts.store.remove(id);
    await this.#parts.files.remove(id);
  }

  /** Waits until the book has ended, or rests. @throws FbtrError JOB_UNKNOWN; the signal's reason. */
  async ended(id: string, signal: AbortSignal): Promise<Submission> {
    for (;;) {
      signal.throwIfAborted();
      const found = this.get(id);
      if (hasEnded(found) || found.state === "paused") return found;
      await this.#nextChange(id, signal);
    }
  }

  outputsOf({ id, request }: Submission) {
    return this.#parts.files.outputs(id, request);
  }

  /** Takes no new work, and waits until what is begun is finished and saved. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    for (const timer of this.#retries) clearTimeout(timer);
    await Promise.all([...this.#running.keys()].map((id) => this.#end(id, "queued")));
  }

  /** Ends what is worked on at once; what is saved stays. */
  stop(): void {
    this.#isDraining = true;
    for (const { stop } of this.#running.values()) stop.abort(new Error("the daemon stops"));
  }

  #fill(): void {
    if (this.#isDraining) return;
    for (const submission of this.#parts.store.queued()) {
      if (this.#running.size >= this.#parts.capacity) return;
      if (!this.#running.has(submission.id)) this.#begin(submission);
    }
  }

  #begin(submission: Submission): void {
    const [drain, stop] = [new AbortController(), new AbortController()];
    const end = this.#run(submission, drain.signal, stop.signal);
    this.#running.set(submission.id, { drain, stop, end });
  }

  async #run(submission: Submission, drain: AbortSignal, stop: AbortSignal): Promise<void> {
    const { id } = submission;
    try {
      this.#change(id, { state: "running" });
      const change = await this.#translate(submission, drain, stop);
      this.#running.delete(id);
      this.#change(id, change);
      this.#fill();
    } catch (error) {
      // The next daemon finds it running, and goes on with it.
      this.#running.delete(id);
      this.#parts.onFault(error);
    }
  }

  async #translate(
    submission: Submission,
    drain: AbortSignal,
    stop: AbortSignal,
  ): Promise<SubmissionChange> {
    const { id } = submission;
    const onBegun = (job: string) => this.#change(id, { state: "running", job });
    try {
      const request = { ...requestOf(submission, this.#parts.files), onBegun };
      const { snapshot } = await this.#parts.translate(request, { drain, stop });
      return { state: this.#stateAfter(id, snapshot.state), job: snapshot.id };
    } catch (error) {
      return this.#afterFailure(id, error);
    }
  }

  #stateAfter(id: string, state: QaReport["snapshot"]["state"]): Submission["state"] {
    if (state === "done" || state === "incomplete") return state;
    return this.#running.get(id)?.wish ?? "queued";
  }

  #afterFailure(id: string, error: unknown): SubmissionChange {
    const wish = this.#running.get(id)?.wish;
    if (wish !== undefined) return { state: wish };
    if (this.#isDraining) return { state: "queued" };
    if (!(error instanceof FbtrError)) {
      const message = error instanceof Error ? error.message : String(error);
      return { state: "failed", error: { code: "BUG", error: message } };
    }
    if (error.code === "JOB_BUSY") this.#retryLater(id);
    const state = error.code === "JOB_BUSY" ? "paused" : "failed";
    return { state, error: { code: error.code, error: error.message, hint: error.hint } };
  }

  /** The job is worked on by another process, which no event tells of when it ends. */
  #retryLater(id: string): void {
    const timer = setTimeout(() => {
      this.#retries.delete(timer);
      if (this.#parts.store.find(id)?.state === "paused") this.resume(id);
    }, BUSY_RETRY_MS);
    this.#retries.add(timer);
  }

  async #end(id: string, wish: Wish): Promise<void> {
    const running = this.#running.get(id);
    if (running === undefined) return;
    running.wish = wish;
    if (wish === "cancelled") running.stop.abort(new Error("cancelled by the user"));
    else running.drain.abort(new Error(`${wish} by the user`));
    await running.end;
  }

  #change(id: string, change: SubmissionChange): void {
    this.#parts.store.change(id, change);
    const found = this.#parts.store.find(id);
    if (found) this.#tell(found);
    for (const wake of this.#waitingForEnd.get(id) ?? []) wake();
  }

  #tell({ id, session, state, request: { name } }: Submission): void {
    this.#parts.events.emit("status_update", session, `${name} is ${state}`, {
      job_id: id,
      status: state,
      book_title: baseNameOf(name),
    });
  }

  async #nextChange(id: string, signal: AbortSignal): Promise<void> {
    const waiting = this.#waitingForEnd.get(id) ?? new Set();
    this.#waitingForEnd.set(id, waiting);
    await new Promise<void>((resolve) => {
      const wake = () => {
        waiting.delete(wake);
        if (waiting.size === 0) this.#waitingForEnd.delete(id);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      waiting.add(wake);
      signal.addEventListener("abort", wake, { once: true });
    });
  }
}

function requestOf({ id, session, request, job }: Submission, files: BookFiles): TranslateRequest {
  const { engine, fallbacks, from, to, script, bilingual, redo, only, name } = request;
  // What it has translated itself is not to be forgotten when it goes on.
  const fresh = request.fresh && job === undefined;
  return {
    session,
    input: { path: files.source(id), shownAs: name },
    outputs: files.outputs(id, request),
    ...(engine !== undefined && { engine }),
    fallbacks,
    from,
    to,
    script,
    ...(bilingual && { bilingual }),
    ...(redo && { redo }),
    ...(only && { only }),
    fresh,
    force: true,
  };
}
