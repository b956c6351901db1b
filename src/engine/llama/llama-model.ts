import { availableParallelism } from "node:os";

import { systemClock } from "../../base/clock.ts";
import { FbtrError } from "../../base/errors.ts";
import { oneLine } from "../../base/one-line.ts";
import { AdaptiveConcurrency } from "../limits/adaptive-concurrency.ts";
import type {
  ChatEvent,
  ChatModel,
  ChatRequest,
  FinishReason,
  Usage,
} from "../models/chat-model.ts";
import { checkGguf } from "./gguf-file.ts";
import {
  notRunning,
  type LlamaContext,
  type LlamaPackage,
  type LlamaRuntime,
  type LlamaSequence,
  type LlamaSession,
  type LlamaWeights,
  type TokenCounts,
} from "./llama-package.ts";

export interface LlamaModelOptions {
  /** Path of a GGUF file. */
  readonly modelPath: string;
  /** Tokens of a request and its answer together, at most; less if the model or the memory say so. */
  readonly maxContextTokens: number;
  /** Layers that the graphics card computes; 0: none; undefined: as many as fit. */
  readonly gpuLayers?: number | "max" | undefined;
  /** Undefined: one for each core that this process may use. */
  readonly threads?: number | undefined;
  /** Tokens that are computed in one step. */
  readonly batchSize?: number | undefined;
}

/** What a chat template adds around the texts. */
const TEMPLATE_TOKENS = 64;

/** What is loaded for one model. */
interface LoadedLlama {
  readonly runtime: LlamaRuntime;
  readonly weights: LlamaWeights;
  readonly context: LlamaContext;
  readonly sequence: LlamaSequence;
}

/**
 * A model in this process, by llama.cpp. Calls are answered one after the other: they would only
 * share the same processor.
 */
export class LlamaModel implements ChatModel {
  readonly provider = "llama";
  readonly model: string;
  readonly structured = true;
  readonly #package: LlamaPackage;
  readonly #loaded: LoadedLlama;
  readonly #turns = new AdaptiveConcurrency({ initial: 1, max: 1 }, systemClock);
  #disposal: Promise<void> | undefined;

  private constructor(name: string, llama: LlamaPackage, loaded: LoadedLlama) {
    this.model = name;
    this.#package = llama;
    this.#loaded = loaded;
  }

  /**
   * Loads a model, which may take a minute.
   *
   * @param name what is told of the model, such as the name of its file.
   * @throws FbtrError ENGINE_REJECTED for a file that is no model, or that does not fit into memory;
   *   ENGINE_FAILED if llama.cpp itself does not run.
   */
  static async open(
    name: string,
    llama: LlamaPackage,
    options: LlamaModelOptions,
  ): Promise<LlamaModel> {
    const { modelPath, gpuLayers } = options;
    await checkGguf(modelPath);
    const runtime = await startLlama(llama, gpuLayers === 0 ? false : "auto");
    try {
      return new LlamaModel(name, llama, await loadInto(runtime, options));
    } catch (error) {
      await runtime.dispose();
      throw new FbtrError("ENGINE_REJECTED", `llama.cpp cannot load ${modelPath}`, {
        cause: error,
        hint: "Check that it is a complete GGUF file and that it fits into memory.",
      });
    }
  }

  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    const turn = await this.#turns.acquire(signal);
    try {
      yield* this.#answer(request, signal);
    } finally {
      turn.release("unknown");
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#loaded.runtime.dispose();
    await this.#disposal;
  }

  async *#answer(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    const { sequence } = this.#loaded;
    const maxTokens = this.#roomFor(request);
    const session = new this.#package.LlamaChatSession({
      contextSequence: sequence,
      systemPrompt: request.instructions,
    });
    const ending = new AbortController();
    const before = sequence.tokenMeter.getState();
    const speech = new Speech((say) =>
      this.#prompt(session, request, maxTokens, say, AbortSignal.any([signal, ending.signal])),
    );
    try {
      yield* speech.events;
      const finish = finishOf(await speech.end);
      yield { type: "end", finish, usage: usageOf(sequence.tokenMeter.diff(before)) };
    } catch (error) {
      signal.throwIfAborted();
      const message = oneLine(error instanceof Error ? error.message : String(error));
      throw new FbtrError("ENGINE_FAILED", `llama ${this.model}: ${message}`, { cause: error });
    } finally {
      ending.abort();
      // Whatever it ends with has been told above, or nobody listens any more.
      await speech.end.catch(() => undefined);
      session.dispose({ disposeSequence: false });
      await sequence.clearHistory();
    }
  }

  /** @returns why the model stopped, in the words of node-llama-cpp. */
  async #prompt(
    session: LlamaSession,
    { prompt, answerSchema, temperature, topP }: ChatRequest,
    maxTokens: number,
    say: (event: ChatEvent) => void,
    signal: AbortSignal,
  ): Promise<string> {
    const { runtime } = this.#loaded;
    const grammar = answerSchema && (await runtime.createGrammarForJsonSchema(answerSchema));
    const { stopReason } = await session.promptWithMeta(prompt, {
      maxTokens,
      ...(temperature !== undefined && { temperature }),
      ...(topP !== undefined && { topP }),
      ...(grammar && { grammar }),
      signal,
      onResponseChunk: ({ type, text }) => {
        if (type === "segment") say({ type: "reasoning" });
        else if (text !== "") say({ type: "text", text });
      },
    });
    return stopReason;
  }

  /** llama.cpp would drop the beginning of a text that is too long, without a word. */
  #roomFor({ instructions, prompt, maxOutputTokens }: ChatRequest): number {
    const { weights, context } = this.#loaded;
    const input = weights.tokenize(`${instructions}\n${prompt}`).length + TEMPLATE_TOKENS;
    const room = context.contextSize - input;
    if (room > 0) return Math.min(maxOutputTokens, room);
    const sizes = `${input} tokens do not fit into ${context.contextSize}`;
    throw new FbtrError("ENGINE_REJECTED", `llama ${this.model}: ${sizes}`, {
      hint: "Set translation.providers.llama.n_ctx higher, or max_batch_chars lower.",
    });
  }
}

async function startLlama(llama: LlamaPackage, gpu: "auto" | false): Promise<LlamaRuntime> {
  const options = { build: "never", gpu, logLevel: "error", maxThreads: 0 } as const;
  return llama.getLlama(options).catch((error: unknown) => {
    throw notRunning(error);
  });
}

async function loadInto(runtime: LlamaRuntime, options: LlamaModelOptions): Promise<LoadedLlama> {
  const { modelPath, maxContextTokens, gpuLayers, batchSize } = options;
  const weights = await runtime.loadModel({
    modelPath,
    ...(gpuLayers !== undefined && { gpuLayers }),
  });
  // The package's own default is four at least: on two cores they wait for each other, and a token
  // takes thirteen times as long.
  const { threads = Math.min(runtime.cpuMathCores, availableParallelism()) } = options;
  const context = await weights.createContext({
    threads,
    contextSize: { max: maxContextTokens },
    sequences: 1,
    ...(batchSize !== undefined && { batchSize }),
  });
  return { runtime, weights, context, sequence: context.getSequence() };
}

const finishOf = (stopReason: string): FinishReason => {
  if (stopReason === "maxTokens") return "length";
  return stopReason === "eogToken" || stopReason === "stopGenerationTrigger" ? "stop" : "other";
};

const usageOf = ({ usedInputTokens, usedOutputTokens }: TokenCounts): Usage => ({
  inputTokens: usedInputTokens,
  outputTokens: usedOutputTokens,
  cachedInputTokens: 0,
});

/** What a callback says, as a loop reads it. */
class Speech {
  /** Ends with what the speaker has said, also when it fails: `end` tells that. */
  readonly events: ReadableStream<ChatEvent>;
  readonly end: Promise<string>;

  constructor(speak: (say: (event: ChatEvent) => void) => Promise<string>) {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.end = promise;
    let isHeard = true;
    this.events = new ReadableStream({
      start: (controller) => {
        const say = (event: ChatEvent) => {
          if (isHeard) controller.enqueue(event);
        };
        const close = () => {
          if (isHeard) controller.close();
        };
        speak(say).finally(close).then(resolve, reject);
      },
      cancel: () => {
        isHeard = false;
      },
    });
    // Awaited when the events are read; until then its failure is no unhandled one.
    this.end.catch(() => undefined);
  }
}
