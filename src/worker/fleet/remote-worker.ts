import { FbtrError, VERDICTS, type ErrorCode } from "../../base/errors.ts";
import type { SegmentResult } from "../../engine/translator.ts";
import type { PeerAnswer, TransportKind } from "../../transport/peer.ts";
import type { PeerLink } from "../../transport/peer-link.ts";
import {
  wireBatch,
  type BatchLine,
  type BatchRequest,
  type RemoteEngine,
  type WireError,
} from "../batch-wire.ts";
import type { PairedWorker, WorkerCapabilities } from "../paired-workers.ts";
import { answerLines } from "./answer-lines.ts";

/** What a worker says of itself: `GET /api/v1/worker`. */
export interface WorkerReport {
  readonly machine: string;
  readonly version: string;
  readonly capabilities: WorkerCapabilities;
  readonly engines: readonly RemoteEngine[];
  /** Batches that it works on now. */
  readonly batches: number;
}

/** Beats come every second: a worker that is silent for so long is gone. */
const SILENCE_MS = 10_000;

/** The feed of events has an empty line every 15 seconds. */
const NEWS_SILENCE_MS = 60_000;

/** A worker as one asks it, over its pinned connection. Every method throws FbtrError. */
export class RemoteWorker implements AsyncDisposable {
  readonly paired: PairedWorker;
  readonly #link: PeerLink;

  constructor(paired: PairedWorker, link: PeerLink) {
    this.paired = paired;
    this.#link = link;
  }

  get id(): string {
    return this.paired.id;
  }

  /** How it is connected; undefined while it is not. */
  get transport(): TransportKind | undefined {
    return this.#link.kind;
  }

  /** @throws FbtrError WORKER_KEY_CHANGED if another machine answers than the one paired with. */
  async report(signal: AbortSignal): Promise<WorkerReport> {
    const answer = await this.#link.request({ method: "GET", path: "/api/v1/worker", signal });
    if (answer.status !== 200) throw errorOf(jsonOf(await textOf(answer)));
    const report = jsonOf(await textOf(answer)) as WorkerReport;
    if (report.machine === this.paired.machine) return report;
    throw new FbtrError("WORKER_KEY_CHANGED", `${this.id} answers as another machine`, {
      hint: "Pair again with `fbtr workers pair`, if you trust it.",
    });
  }

  /**
   * The answers of a batch, as they come. A connection that breaks is opened again once: the worker
   * has kept what it had.
   */
  async *translate(request: BatchRequest, signal: AbortSignal): AsyncGenerator<SegmentResult> {
    const given = new Set<number>();
    const isNew = ({ index }: SegmentResult) => !given.has(index) && given.add(index);
    try {
      for await (const answer of this.#ask(request, signal)) if (isNew(answer)) yield answer;
    } catch (error) {
      if (!(error instanceof FbtrError) || error.code !== "WORKER_LOST") throw error;
      for await (const answer of this.#ask(request, signal)) if (isNew(answer)) yield answer;
    }
  }

  /** Lines of the worker's events after `since`, until the connection ends. */
  async *events(since: string | undefined, signal: AbortSignal): AsyncGenerator<string> {
    const query = since === undefined ? "" : `?since=${encodeURIComponent(since)}`;
    const path = `/api/v1/events${query}`;
    const { body } = await this.#link.request({ method: "GET", path, signal });
    yield* answerLines(body, NEWS_SILENCE_MS);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#link[Symbol.asyncDispose]();
  }

  async *#ask(request: BatchRequest, signal: AbortSignal): AsyncGenerator<SegmentResult> {
    // What is left here is ended there.
    const end = new AbortController();
    try {
      const answer = await this.#link.request({
        method: "POST",
        path: "/api/v1/batches",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...request, batch: wireBatch(request.batch) }),
        signal: AbortSignal.any([signal, end.signal]),
      });
      if (answer.status !== 200) throw errorOf(jsonOf(await textOf(answer)));
      for await (const text of answerLines(answer.body, SILENCE_MS)) {
        const line = lineOf(text);
        if ("answer" in line) yield line.answer;
        if ("error" in line) throw failureOf(line.error);
        if ("done" in line) return;
      }
      throw new FbtrError("WORKER_LOST", `${this.id} ended its answer too early`);
    } finally {
      end.abort();
    }
  }
}

/** An error as the API tells it. */
interface Refusal {
  readonly error?: string;
  readonly code?: string;
  readonly hint?: string;
}

/** A machine that sends anything else is not to be worked with. */
function jsonOf(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // What it is instead says nothing to anybody.
  }
  throw new FbtrError("WORKER_LOST", "the worker sends what is no answer");
}

/** Workers are trusted with the text of books, not with the shape of their answers. */
function lineOf(text: string): BatchLine {
  const line = jsonOf(text) as BatchLine;
  if (!("answer" in line)) return line;
  const { index, text: translation, unknownWords, words } = line.answer;
  const isWhole =
    Number.isSafeInteger(index) &&
    typeof translation === "string" &&
    Array.isArray(unknownWords) &&
    unknownWords.every((word) => typeof word === "string") &&
    Number.isSafeInteger(words?.total) &&
    Number.isSafeInteger(words.known);
  if (isWhole) return line;
  throw new FbtrError("WORKER_LOST", "the worker sends what is no translation");
}

function errorOf({ error = "the worker refuses", code = "", hint }: Refusal): FbtrError {
  return failureOf({ code, message: error, hint });
}

function failureOf({ code, message, hint, retry_after_ms: retryAfterMs }: WireError): FbtrError {
  const known = code in VERDICTS ? (code as ErrorCode) : "ENGINE_FAILED";
  return new FbtrError(known, message, {
    ...(hint !== undefined && { hint }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

async function textOf({ body }: PeerAnswer): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
