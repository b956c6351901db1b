import { sleep } from "../../base/abort.ts";
import type { Clock } from "../../base/clock.ts";
import { FbtrError, type ErrorCode } from "../../base/errors.ts";
import type { ChatEvent, ChatModel, ChatRequest } from "../models/chat-model.ts";
import {
  AdaptiveConcurrency,
  type ConcurrencyBounds,
  type LoadSignal,
} from "./adaptive-concurrency.ts";
import { backOffMs, DEFAULT_BACK_OFF, type BackOff } from "./back-off.ts";
import { CircuitBreaker, DEFAULT_BREAKER, type BreakerLimits } from "./circuit-breaker.ts";
import { KeyRing } from "./key-ring.ts";
import { TokenBucket, type Rate } from "./token-bucket.ts";

/**
 * How long an endpoint may fail all calls before it is given up, milliseconds. Small where another
 * engine can step in, long where a night's work would end.
 */
export interface Patience {
  /** It has not answered once: an address that is wrong, or a server that still loads its model. */
  readonly atStartMs: number;
  /** It has answered before, and is down. */
  readonly downMs: number;
  /** It says that it has too much to do: it is there, and its limits pass. */
  readonly busyMs: number;
}

export interface EndpointLimits {
  readonly concurrency: ConcurrencyBounds;
  readonly backOff: BackOff;
  readonly breaker: BreakerLimits;
  /** How often a call is repeated that fails while others succeed. A 429 does not count. */
  readonly maxRepetitions: number;
  readonly patience: Patience;
  /** Requests of one key. */
  readonly requestRate?: Rate;
  /** Tokens of one key, input and output together. */
  readonly tokenRate?: Rate;
}

export const DEFAULT_LIMITS: EndpointLimits = {
  concurrency: { initial: 4, max: 32 },
  backOff: DEFAULT_BACK_OFF,
  breaker: DEFAULT_BREAKER,
  maxRepetitions: 4,
  patience: { atStartMs: 30_000, downMs: 5 * 60_000, busyMs: 15 * 60_000 },
};

/** Where another engine can step in. */
export const IMPATIENT: Patience = { atStartMs: 5000, downMs: 20_000, busyMs: 20_000 };

export interface LimitServices {
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Waits, and throws the signal's reason when it is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export const systemLimitServices = (clock: Clock): LimitServices => ({
  clock,
  random: () => Math.random(),
  sleep,
});

/** One key of the endpoint: the same model, with budgets of its own. */
interface Lane {
  readonly model: ChatModel;
  readonly requests: TokenBucket | undefined;
  readonly tokens: TokenBucket | undefined;
}

/** Why an attempt failed, where trying again makes sense, and how long to wait before. */
interface Setback {
  readonly error: FbtrError;
  readonly waitMs: number;
  /** The call itself failed; otherwise the endpoint or the key only had no time for it. */
  readonly counts: boolean;
}

/** About two characters of Cyrillic make a token in the tokenizers of today. */
const CHARS_A_TOKEN = 2;

/** Asks nothing of a model that works: whether the endpoint fails, or a call of ours. */
const PROBE: ChatRequest = {
  instructions: "Answer in one word.",
  prompt: "Is water wet?",
  maxOutputTokens: 16,
};

const tokensOf = ({ instructions, prompt, maxOutputTokens }: ChatRequest) =>
  Math.ceil((instructions.length + prompt.length) / CHARS_A_TOKEN) + maxOutputTokens;

/**
 * A model behind one endpoint that is treated as its owner wishes: no more calls at the same time
 * than it bears, no more a minute than each key may make, `Retry-After` obeyed, pauses with jitter
 * after failures, none at all while the circuit is open. With several keys the next one steps in
 * when one has to rest or is refused.
 *
 * A call is repeated only while nothing of its answer has been handed on; after that it has failed
 * (ENGINE_FAILED), and the caller knows what has arrived. So has a call that fails again and again
 * at an endpoint that answers others: the fault lies in what it asks.
 */
export class LimitedModel implements ChatModel {
  readonly #lanes: readonly Lane[];
  readonly #limits: EndpointLimits;
  readonly #services: LimitServices;
  readonly #keys: KeyRing<Lane>;
  readonly #concurrency: AdaptiveConcurrency;
  readonly #breaker: CircuitBreaker;
  #hasAnswered = false;
  /** Begin of the first call since the last answer that failed; undefined if none has. */
  #failingSince: number | undefined;

  /** @param models the same model once for each key; they are disposed of with this one. */
  constructor(models: readonly ChatModel[], limits: EndpointLimits, services: LimitServices) {
    const { clock } = services;
    const bucket = (rate: Rate | undefined) => rate && new TokenBucket(rate, clock);
    this.#lanes = models.map((model) => ({
      model,
      requests: bucket(limits.requestRate),
      tokens: bucket(limits.tokenRate),
    }));
    this.#limits = limits;
    this.#services = services;
    this.#keys = new KeyRing(this.#lanes, clock);
    this.#concurrency = new AdaptiveConcurrency(limits.concurrency, clock);
    this.#breaker = new CircuitBreaker(limits.breaker, clock);
  }

  get provider(): string {
    return this.#first.provider;
  }

  get model(): string {
    return this.#first.model;
  }

  get structured(): boolean {
    return this.#first.structured;
  }

  /** How many calls the endpoint bears at the same time, as far as is known. */
  get concurrency(): number {
    return this.#concurrency.limit;
  }

  /**
   * @throws FbtrError ENGINE_FAILED for a call that fails where others are answered, or whose answer
   *   broke off; ENGINE_BUSY or ENGINE_UNREACHABLE for an endpoint that is given up; what else the
   *   model throws; the reason of `signal`.
   */
  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    let failures = 0;
    let setbacks = 0;
    let waitedMs = 0;
    for (;;) {
      const setback = yield* this.#attempt(request, signal, setbacks);
      if (setback === undefined) return;
      setbacks += 1;
      failures += setback.counts ? 1 : 0;
      if (failures > this.#limits.maxRepetitions && (await this.#answersOthers(signal))) {
        throw failed(setback.error);
      }
      if (this.#isGivenUp(setback)) throw setback.error;
      waitedMs += setback.waitMs;
      // Others are answered, so this call may want more than a limit allows at all.
      if (waitedMs > this.#limits.patience.busyMs) throw failed(setback.error);
      if (setback.waitMs > 0) await this.#services.sleep(setback.waitMs, signal);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { model } of this.#lanes) await model[Symbol.asyncDispose]();
  }

  /** @returns undefined when the call was answered. */
  async *#attempt(
    request: ChatRequest,
    signal: AbortSignal,
    setbacks: number,
  ): AsyncGenerator<ChatEvent, Setback | undefined> {
    const permit = await this.#concurrency.acquire(signal);
    const beganAt = this.#services.clock.elapsed();
    let load: LoadSignal = "unknown";
    let entered = false;
    let begun = false;
    const lane = this.#keys.next();
    try {
      if (lane === undefined) return this.#allKeysRest();
      await this.#waitForBudget(lane, request, signal);
      entered = this.#breaker.tryEnter();
      if (!entered) return this.#circuitOpen();
      for await (const event of lane.model.stream(request, signal)) {
        begun = true;
        if (event.type === "end") this.#settle(lane, request, event);
        yield event;
      }
      load = "accepted";
      this.#breaker.succeeded();
      this.#answered();
      return undefined;
    } catch (error) {
      if (isError(error, "ENGINE_BUSY")) load = "overloaded";
      if (isTransient(error)) this.#failingSince ??= beganAt;
      // Who says that there is too much to do is there.
      if (load === "overloaded") this.#hasAnswered = true;
      if (entered) this.#report(error);
      if (begun && isTransient(error)) throw failed(error);
      if (begun || lane === undefined) throw error;
      return this.#setbackBy(error, lane, setbacks);
    } finally {
      permit.release(load);
    }
  }

  /** Whether the endpoint answers now, so that a call that fails is to blame itself. */
  async #answersOthers(signal: AbortSignal): Promise<boolean> {
    if (this.#hasAnswered && this.#breaker.state === "closed") return true;
    try {
      for await (const event of this.#first.stream(PROBE, signal)) {
        if (event.type !== "end") continue;
        this.#breaker.close();
        this.#answered();
        return true;
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof FbtrError)) throw error;
    }
    return false;
  }

  #answered(): void {
    this.#hasAnswered = true;
    this.#failingSince = undefined;
  }

  /** Whether the endpoint will have failed for too long when the wait is over. */
  #isGivenUp({ error, waitMs }: Setback): boolean {
    const now = this.#services.clock.elapsed();
    const failingMs = now - (this.#failingSince ?? now) + waitMs;
    const { atStartMs, downMs, busyMs } = this.#limits.patience;
    if (error.code === "ENGINE_BUSY") return failingMs > busyMs;
    return failingMs > (this.#hasAnswered ? downMs : atStartMs);
  }

  #allKeysRest(): Setback {
    const waitMs = this.#keys.readyInMs();
    if (waitMs === undefined) throw refused(this.provider);
    return { error: busy(this.provider), waitMs, counts: false };
  }

  #circuitOpen(): Setback {
    const waitMs = Math.max(this.#breaker.opensInMs(), this.#limits.backOff.baseMs);
    return { error: down(this.provider), waitMs, counts: false };
  }

  async #waitForBudget(lane: Lane, request: ChatRequest, signal: AbortSignal): Promise<void> {
    const waitMs = Math.max(lane.requests?.take(1) ?? 0, lane.tokens?.take(tokensOf(request)) ?? 0);
    if (waitMs > 0) await this.#services.sleep(waitMs, signal);
  }

  /** Replaces the estimate of tokens by the bill. */
  #settle(lane: Lane, request: ChatRequest, { usage }: ChatEvent & { type: "end" }): void {
    const { inputTokens, outputTokens } = usage;
    if (inputTokens === undefined || outputTokens === undefined) return;
    lane.tokens?.giveBack(tokensOf(request) - inputTokens - outputTokens);
  }

  /** Only what tells of the endpoint's health counts for the circuit. */
  #report(error: unknown): void {
    if (isError(error, "ENGINE_UNREACHABLE")) this.#breaker.failed();
    else this.#breaker.left();
  }

  /** What to do about an error of the model; throws it on if trying again cannot help. */
  #setbackBy(error: unknown, lane: Lane, setbacks: number): Setback {
    const { backOff } = this.#limits;
    const pauseMs = backOffMs(setbacks, backOff, this.#services.random);
    if (isError(error, "ENGINE_UNAUTHORIZED")) {
      this.#keys.retire(lane);
      if (this.#keys.readyInMs() === undefined) throw error;
      return { error, waitMs: 0, counts: false };
    }
    if (isError(error, "ENGINE_BUSY")) {
      const told = error.retryAfterMs;
      // A server that says "at once" again and again, or a time that is past, is not to be flooded.
      const isObeyed = told !== undefined && (told >= backOff.baseMs || setbacks === 0);
      this.#keys.cool(lane, isObeyed ? told : Math.max(pauseMs, backOff.baseMs));
      return { error, waitMs: this.#keys.readyInMs() ?? 0, counts: false };
    }
    if (isError(error, "ENGINE_UNREACHABLE")) return { error, waitMs: pauseMs, counts: true };
    throw error;
  }

  get #first(): ChatModel {
    const [lane] = this.#lanes;
    if (lane === undefined) throw new TypeError("Expected at least one model, got none");
    return lane.model;
  }
}

const isTransient = (error: unknown): error is FbtrError =>
  isError(error, "ENGINE_BUSY") || isError(error, "ENGINE_UNREACHABLE");

function isError(error: unknown, code: ErrorCode): error is FbtrError {
  return error instanceof FbtrError && error.code === code;
}

/** What went wrong, as the failure of one call. */
function failed(error: FbtrError): FbtrError {
  const { message, hint } = error;
  return new FbtrError("ENGINE_FAILED", message, { cause: error, ...(hint && { hint }) });
}

const LATER = "Run the command again later: it goes on where it was.";

function refused(provider: string): FbtrError {
  return new FbtrError("ENGINE_UNAUTHORIZED", `${provider} refuses every key it was given`, {
    hint: "Check the keys in the environment or the configuration.",
  });
}

function busy(provider: string): FbtrError {
  return new FbtrError("ENGINE_BUSY", `${provider} has been too busy for too long`, {
    hint: LATER,
  });
}

function down(provider: string): FbtrError {
  return new FbtrError("ENGINE_UNREACHABLE", `${provider} fails again and again`, { hint: LATER });
}
