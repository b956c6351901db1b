import type { Clock } from "../../base/clock.ts";
import { FbtrError } from "../../base/errors.ts";
import type { EventBus } from "../../base/events.ts";
import { newSessionId } from "../../base/session-id.ts";
import { faultFinderOf, type FaultFinder } from "../../engine/checking.ts";
import type { LanguagePair } from "../../engine/dialogue/prompt.ts";
import type { EngineParts } from "../../engine/registry.ts";
import type { DaemonSettings } from "../settings.ts";
import type { EnginePool } from "./engine-pool.ts";
import { translateTexts } from "./text-translation.ts";

export interface TextRequest {
  readonly texts: readonly string[];
  /** Engine, its model, and languages; undefined: as the configuration says. */
  readonly engine?: string | undefined;
  readonly model?: string | undefined;
  readonly fallbacks?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** What stands before the texts, for engines that make use of it. */
  readonly before?: string | undefined;
  /** Session that the events belong to; undefined: a new one. */
  readonly session?: string | undefined;
}

export interface TextAnswer {
  /** As many as were asked for, in the same order. */
  readonly texts: readonly string[];
  readonly paragraphs: number;
  /** Name of the engine. */
  readonly provider: string;
  readonly from: string;
  readonly to: string;
  readonly session: string;
  readonly seconds: number;
}

export interface TextSessionParts {
  readonly pool: EnginePool;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly settings: () => DaemonSettings;
  readonly engineParts: () => EngineParts;
}

interface TextUnderWay {
  readonly session: string;
  readonly end: AbortController;
}

/** Translates texts on request, and knows which are under way. */
export class TextSessions {
  readonly #parts: TextSessionParts;
  readonly #underWay = new Set<TextUnderWay>();
  readonly #faultFinders = new Map<string, FaultFinder>();
  /** Settled when one has ended; undefined while nobody waits for that. */
  #ended: PromiseWithResolvers<void> | undefined;

  constructor(parts: TextSessionParts) {
    this.#parts = parts;
  }

  /** Whether a text of the session is being translated. */
  isActive(session: string): boolean {
    return this.#underWay.values().some((text) => text.session === session);
  }

  /** Ends the translations of a session; false if there are none. */
  cancel(session: string): boolean {
    const texts = [...this.#underWay].filter((text) => text.session === session);
    for (const { end } of texts) end.abort(cancelled());
    return texts.length > 0;
  }

  /** Waits until nothing is under way. */
  async drain(): Promise<void> {
    while (this.#underWay.size > 0) {
      this.#ended ??= Promise.withResolvers();
      await this.#ended.promise;
    }
  }

  /** @throws FbtrError ENGINE_*, CONFIG_INVALID; the signal's reason. */
  async translate(request: TextRequest, signal: AbortSignal): Promise<TextAnswer> {
    const { clock } = this.#parts;
    const session = request.session ?? newSessionId(clock.now());
    const end = new AbortController();
    const leave = () => end.abort(signal.reason);
    const began = clock.elapsed();
    const underWay = { session, end };
    this.#underWay.add(underWay);
    try {
      signal.throwIfAborted();
      // For a short text AbortSignal.any would be a good part of the work.
      signal.addEventListener("abort", leave, { once: true });
      const answer = await this.#ask(request, session, end.signal);
      const seconds = (clock.elapsed() - began) / 1000;
      this.#tellSuccess(session, answer.provider, seconds);
      return { ...answer, session, seconds };
    } catch (error) {
      this.#tellFailure(session, error);
      throw error;
    } finally {
      signal.removeEventListener("abort", leave);
      this.#underWay.delete(underWay);
      this.#ended?.resolve();
      this.#ended = undefined;
    }
  }

  async #ask(request: TextRequest, session: string, signal: AbortSignal) {
    const { pool, events, settings, engineParts } = this.#parts;
    const { engine: usual, from: usualFrom, to: usualTo, limits } = settings();
    const { engine = usual, model, fallbacks, from = usualFrom, to = usualTo } = request;
    const translator = await pool.get({ engine, model, fallbacks, from, to }, engineParts());
    const { name: provider } = translator;
    events.emit("translation_attempt", session, `Translating with ${provider}`, { provider });
    const { texts, paragraphs } = await translateTexts(request.texts, translator, {
      faultOf: this.#faultFinderOf({ from, to }),
      before: request.before,
      session,
      limits: { maxChars: limits.maxBatchChars, maxSegments: limits.maxBatchSegments },
      maxAttempts: limits.maxAttempts,
      signal,
    });
    return { texts, paragraphs, provider, from, to };
  }

  /** To make one takes longer than to ask it about a short text. */
  #faultFinderOf(languages: LanguagePair): FaultFinder {
    const key = `${languages.from} ${languages.to}`;
    const finder = this.#faultFinders.get(key) ?? faultFinderOf(languages);
    this.#faultFinders.set(key, finder);
    return finder;
  }

  #tellSuccess(session: string, provider: string, seconds: number): void {
    const message = `Translated with ${provider}`;
    const data = { provider, duration_seconds: seconds };
    this.#parts.events.emit("translation_success", session, message, data);
  }

  #tellFailure(session: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const { code, hint } = error instanceof FbtrError ? error : { code: "BUG", hint: undefined };
    const data = { error: message, code, ...(hint !== undefined && { hint }) };
    this.#parts.events.emit("translation_error", session, message, data);
  }
}

function cancelled(): FbtrError {
  return new FbtrError("CANCELLED", "the translation was cancelled");
}
