import { sleep } from "../../base/abort.ts";
import type { Clock } from "../../base/clock.ts";
import type { FbtrError } from "../../base/errors.ts";
import { Turns } from "../../base/turns.ts";
import type { ChatEvent, ChatModel, ChatRequest } from "../models/chat-model.ts";
import {
  AdaptiveConcurrency,
  type ConcurrencyBounds,
  type LoadSignal,
  type Permit,
} from "./adaptive-concurrency.ts";
import { backOffMs, DEFAULT_BACK_OFF, type BackOff } from "./back-off.ts";
import { CircuitBreaker, DEFAULT_BREAKER, type BreakerLimits } from "./circuit-breaker.ts";
import { answersNow, EndpointHealth, PATIENT, type Patience } from "./endpoint-health.ts";
import { busy, down, failed, isError, isTransient, refused } from "./endpoint-errors.ts";
import { KeyRing } from "./key-ring.ts";
import { ReadAhead } from "./read-ahead.ts";
import { TokenBucket, type Rate } from "./token-bucket.ts";

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
  patience: PATIENT,
};

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
  readonly #health: EndpointHealth;
  readonly #turns = new Turns();

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
    this.#health = new EndpointHealth(limits.patience, clock);
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
      if (this.#health.isGivenUp(setback.error, setback.waitMs)) throw setback.error;
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
    try {
      const lane = this.#keys.next();
      if (lane === undefined) return this.#allKeysRest();
      await this.#waitForBudget(lane, request, signal);
      if (!this.#breaker.tryEnter()) return this.#circuitOpen();
      const call = (ending: AbortSignal) => this.#call(lane, request, permit, setbacks, ending);
      return yield* new ReadAhead(call, signal, this.#turns);
    } finally {
      permit.release("unknown");
    }
  }

  /** Makes one call. Its place is free, and what it taught is known, before its end is told. */
  async *#call(
    lane: Lane,
    request: ChatRequest,
    permit: Permit,
    setbacks: number,
    signal: AbortSignal,
  ): AsyncGenerator<ChatEvent, Setback | undefined> {
    const beganAt = this.#services.clock.elapsed();
    let load: LoadSignal = "unknown";
    let begun = false;
    try {
      for await (const event of lane.model.stream(request, signal)) {
        begun = true;
        if (event.type === "end") this.#settle(lane, request, event);
        yield event;
      }
      load = "accepted";
      this.#breaker.succeeded();
      this.#health.answered();
      return undefined;
    } catch (error) {
      if (isError(error, "ENGINE_BUSY")) load = "overloaded";
      if (isTransient(error)) this.#health.failed(error, beganAt);
      this.#report(error);
      if (begun && isTransient(error)) throw failed(error);
      if (begun) throw error;
      return this.#setbackBy(error, lane, setbacks);
    } finally {
      permit.release(load);
    }
  }

  /** Whether the endpoint answers now, so that a call that fails is to blame itself. */
  async #answersOthers(signal: AbortSignal): Promise<boolean> {
    if (this.#health.hasAnswered && this.#breaker.state === "closed") return true;
    if (!(await answersNow(this.#first, signal))) return false;
    this.#breaker.close();
    this.#health.answered();
    return true;
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
