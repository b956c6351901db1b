import { fetch, type BodyInit, type RequestInit, type Response } from "undici";

import { FbtrError, VERDICTS, type ErrorCode } from "../base/errors.ts";
import type { FbtrEvent } from "../base/events.ts";
import type { QaReport } from "../job/snapshot.ts";
import { CHALLENGE_HEADER, PROOF_HEADER } from "../server/life/proof.ts";
import { linesOf } from "./lines.ts";
import type { DaemonAddress } from "./daemon-address.ts";

/** A book as the daemon shows it. */
export interface DaemonJob {
  readonly id: string;
  readonly session_id: string;
  readonly status: string;
  readonly name: string;
  /** Job that it has become. */
  readonly job_id?: string;
}

/** What the daemon has to do. */
export interface DaemonStats {
  readonly books: { readonly queued: number; readonly running: number };
  readonly websocket: { readonly connected_clients: number };
}

/** What is asked for with a book: the names of the API, values as text. */
export type BookWishes = Readonly<Record<string, string | undefined>>;

/** The API of a daemon, as the command line uses it. Every method throws FbtrError. */
export class DaemonClient implements AsyncDisposable {
  readonly #address: DaemonAddress;

  constructor(address: DaemonAddress) {
    this.#address = address;
  }

  /** Hands in a book. @throws FbtrError as the daemon answers; DAEMON_ABSENT. */
  async submit(book: AsyncIterable<Uint8Array>, wishes: BookWishes): Promise<DaemonJob> {
    const given = Object.entries(wishes).filter((wish): wish is [string, string] => !!wish[1]);
    const query = new URLSearchParams(given);
    const headers = { "content-type": "application/octet-stream" };
    const body = book as unknown as BodyInit;
    const options = { method: "POST", headers, body, duplex: "half" as const };
    return (await this.#json(`/api/v1/jobs?${query.toString()}`, options)) as DaemonJob;
  }

  async jobs(): Promise<readonly DaemonJob[]> {
    const { jobs } = (await this.#json("/api/v1/jobs")) as { jobs: readonly DaemonJob[] };
    return jobs;
  }

  async job(id: string): Promise<DaemonJob> {
    return (await this.#json(`/api/v1/jobs/${encodeURIComponent(id)}`)) as DaemonJob;
  }

  async change(id: string, action: "pause" | "resume" | "cancel"): Promise<DaemonJob> {
    const path = `/api/v1/jobs/${encodeURIComponent(id)}/${action}`;
    return (await this.#json(path, { method: "POST" })) as DaemonJob;
  }

  async report(id: string): Promise<QaReport> {
    return (await this.#json(`/api/v1/jobs/${encodeURIComponent(id)}/report`)) as QaReport;
  }

  /** The translated book in a script. */
  async result(
    id: string,
    script: string,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>> {
    const path = `/api/v1/jobs/${encodeURIComponent(id)}/result?script=${script}`;
    const { body } = await this.#ask(path, { signal });
    return body ?? emptyBook();
  }

  /** The events of a session after `since`, until the connection ends. */
  async *events(session: string, since: string, signal: AbortSignal): AsyncGenerator<FbtrEvent> {
    const query = new URLSearchParams({ session_id: session, since });
    const { body } = await this.#ask(`/api/v1/events?${query.toString()}`, { signal });
    for await (const line of linesOf(body ?? emptyBook())) {
      // An empty line says that the daemon is there.
      if (line !== "") yield JSON.parse(line) as FbtrEvent;
    }
  }

  /** What the daemon answers to a challenge, see `proofOf`; null if it knows no secret. */
  async prove(challenge: string): Promise<string | null> {
    const answer = await this.#ask("/health", { headers: { [CHALLENGE_HEADER]: challenge } });
    return answer.headers.get(PROOF_HEADER);
  }

  async stats(): Promise<DaemonStats> {
    return (await this.#json("/api/v1/stats")) as DaemonStats;
  }

  /** Asks the daemon to end; resolves when it has taken the wish. */
  async stop(): Promise<void> {
    await this.#json("/api/v1/daemon/stop", { method: "POST" });
  }

  /** Has the configuration read anew. */
  async reload(): Promise<unknown> {
    return this.#json("/api/v1/daemon/reload", { method: "POST" });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#address.dispatcher.destroy();
  }

  async #json(path: string, options: RequestInit = {}): Promise<unknown> {
    const answer = await this.#ask(path, options);
    return answer.json();
  }

  async #ask(path: string, { headers, ...options }: RequestInit): Promise<Response> {
    const { origin, dispatcher, headers: own, shownAs } = this.#address;
    // The API takes nothing else than JSON from programs, also where there is nothing to say.
    const type = options.method === "POST" ? { "content-type": "application/json" } : {};
    const all = { ...type, ...own, ...(headers as Record<string, string> | undefined) };
    let answer: Response;
    try {
      answer = await fetch(`${origin}${path}`, { dispatcher, ...options, headers: all });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw absent(shownAs, error);
    }
    if (!answer.ok) throw await errorOf(answer);
    return answer;
  }
}

async function* emptyBook(): AsyncGenerator<Uint8Array> {}

function absent(shownAs: string, cause: unknown): FbtrError {
  return new FbtrError("DAEMON_ABSENT", `no daemon answers at ${shownAs}`, {
    hint: "Start one with `fbtr daemon start`.",
    cause,
  });
}

/** The error of the daemon, as if it had happened here. */
async function errorOf(answer: Response): Promise<FbtrError> {
  const told = (await answer.json().catch(() => ({}))) as Partial<Record<string, string>>;
  const { error = `the daemon answered ${answer.status}`, code = "", hint } = told;
  const known = code in VERDICTS ? (code as ErrorCode) : "DAEMON_FAILED";
  return new FbtrError(known, error, hint === undefined ? {} : { hint });
}
