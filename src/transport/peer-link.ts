import { FbtrError } from "../base/errors.ts";
import { abortable, sleep } from "../base/abort.ts";
import type { PeerAnswer, PeerConnection, PeerDialer, PeerRequest, TransportKind } from "./peer.ts";

/** How long a way may take alone before the next one is tried beside it. */
const HEAD_START_MS = 600;

/**
 * Connects by the first way that works. Ways are tried in their order, each with a head start before
 * the next one (as RFC 8305 does with addresses): where UDP is blocked, nobody waits for its timeout.
 *
 * @throws FbtrError WORKER_KEY_CHANGED and WORKER_REFUSED as soon as one way says so: the others lead
 *   to the same machine; else what the last way says. The signal's reason.
 */
export async function dialFirst(
  dialers: readonly PeerDialer[],
  signal: AbortSignal,
): Promise<PeerConnection> {
  signal.throwIfAborted();
  if (dialers.length === 0) throw new FbtrError("WORKER_UNREACHABLE", "no way to it is known");
  const end = new AbortController();
  const within = AbortSignal.any([signal, end.signal]);
  const { promise, resolve, reject } = Promise.withResolvers<PeerConnection>();
  let [begun, failed] = [0, 0];
  let isOver = false;
  const begin = async (): Promise<void> => {
    const dialer = dialers[begun];
    if (dialer === undefined || isOver) return;
    begun += 1;
    const own = begun;
    void sleep(HEAD_START_MS, within).then(
      () => (own === begun ? begin() : undefined),
      () => undefined,
    );
    try {
      const connection = await dialer.connect(within);
      if (isOver) await connection[Symbol.asyncDispose]();
      else resolve(connection);
      isOver = true;
    } catch (error) {
      failed += 1;
      if (isFinal(error) || failed === dialers.length) reject(error);
      else if (own === begun) await begin();
    }
  };
  void begin();
  try {
    return await promise;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    isOver = true;
    end.abort();
  }
}

function isFinal(error: unknown): boolean {
  if (!(error instanceof FbtrError)) return true;
  return error.code === "WORKER_KEY_CHANGED" || error.code === "WORKER_REFUSED";
}

/** How long the way that worked is preferred to better ones that did not. */
const MEMORY_MS = 10 * 60 * 1000;

export interface PeerLinkOptions {
  /** Ways to the machine, the first choice first. */
  readonly dialers: readonly PeerDialer[];
  /** The way that worked last, perhaps in another process. */
  readonly preferred?: TransportKind | undefined;
  /** Hears by which way it is connected, each time. */
  readonly onConnected?: (kind: TransportKind) => void;
}

/**
 * A machine that can be asked: connects when it is asked, by the best way there is, keeps the
 * connection, and connects anew when that has ended. Disposing ends it.
 */
export class PeerLink implements AsyncDisposable {
  readonly #options: PeerLinkOptions;
  readonly #end = new AbortController();
  #connecting: Promise<PeerConnection> | undefined;
  #open: PeerConnection | undefined;
  #preferred: TransportKind | undefined;
  #rememberedAt = performance.now();

  constructor(options: PeerLinkOptions) {
    this.#options = options;
    this.#preferred = options.preferred;
  }

  /** By which way it is connected; undefined while it is not. */
  get kind(): TransportKind | undefined {
    return this.#open?.isOpen === true ? this.#open.kind : undefined;
  }

  /** @throws what `PeerDialer.connect` and `PeerConnection.request` throw. */
  async request(request: PeerRequest): Promise<PeerAnswer> {
    const connection = await abortable(this.#connection(), request.signal, () => undefined);
    return connection.request(request);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort(new FbtrError("CANCELLED", "the link to the worker was closed"));
    await this.#connecting?.catch(() => undefined);
    await this.#open?.[Symbol.asyncDispose]();
  }

  /** All who ask while it connects wait for the same connection; none of them can abort it. */
  async #connection(): Promise<PeerConnection> {
    if (this.#open?.isOpen === true) return this.#open;
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async #connect(): Promise<PeerConnection> {
    const connection = await dialFirst(await this.#inOrder(), this.#end.signal);
    if (connection.kind !== this.#preferred) this.#rememberedAt = performance.now();
    this.#preferred = connection.kind;
    this.#open = connection;
    this.#options.onConnected?.(connection.kind);
    return connection;
  }

  /** The way that worked first; after a while the first choice gets its chance again. */
  async #inOrder(): Promise<readonly PeerDialer[]> {
    const ready = await Promise.all(
      this.#options.dialers.map(async (dialer) => (await dialer.prepare?.()) ?? true),
    );
    const dialers = this.#options.dialers.filter((_, place) => ready[place]);
    if (performance.now() - this.#rememberedAt > MEMORY_MS) this.#preferred = undefined;
    const preferred = dialers.filter(({ kind }) => kind === this.#preferred);
    return [...preferred, ...dialers.filter(({ kind }) => kind !== this.#preferred)];
  }
}
