import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { FbtrError } from "../../base/errors.ts";

/** The part of node-llama-cpp that fbtr uses. It is installed on request, so its types are not here. */
export interface LlamaPackage {
  getLlama(options: {
    readonly build: "never";
    readonly gpu: false | "auto";
    readonly logLevel: "error";
    /** 0: no limit beside that of a context. */
    readonly maxThreads: 0;
  }): Promise<LlamaRuntime>;
  readonly LlamaChatSession: new (options: {
    readonly contextSequence: LlamaSequence;
    readonly systemPrompt: string;
  }) => LlamaSession;
}

export interface LlamaRuntime {
  /** Cores of the machine that compute at full speed. */
  readonly cpuMathCores: number;
  loadModel(options: {
    readonly modelPath: string;
    readonly gpuLayers?: number | "max";
  }): Promise<LlamaWeights>;
  createGrammarForJsonSchema(schema: Readonly<Record<string, unknown>>): Promise<LlamaGrammar>;
  dispose(): Promise<void>;
}

export interface LlamaWeights {
  createContext(options: {
    readonly contextSize: { readonly max: number };
    readonly sequences: number;
    readonly threads: number;
    readonly batchSize?: number;
  }): Promise<LlamaContext>;
  tokenize(text: string): readonly unknown[];
}

export interface LlamaContext {
  readonly contextSize: number;
  getSequence(): LlamaSequence;
}

export interface TokenCounts {
  readonly usedInputTokens: number;
  readonly usedOutputTokens: number;
}

export interface LlamaSequence {
  readonly tokenMeter: {
    getState(): TokenCounts;
    diff(before: TokenCounts): TokenCounts;
  };
  clearHistory(): Promise<void>;
}

/** Opaque: made by the runtime, given to a prompt. */
export type LlamaGrammar = object;

export interface LlamaSession {
  promptWithMeta(
    prompt: string,
    options: {
      readonly maxTokens: number;
      readonly temperature?: number;
      readonly topP?: number;
      readonly grammar?: LlamaGrammar;
      readonly signal: AbortSignal;
      readonly onResponseChunk: (chunk: { readonly type?: string; readonly text: string }) => void;
    },
  ): Promise<{ readonly stopReason: string }>;
  dispose(options: { readonly disposeSequence: boolean }): void;
}

/** The file that is imported, in a folder that npm has installed the package into. */
const llamaEntry = (folder: string) =>
  join(folder, "node_modules", "node-llama-cpp", "dist", "index.js");

/**
 * @param folder where the package is installed (`installedLlama`).
 * @throws FbtrError ENGINE_FAILED if it is not whole, or does not run on this machine any more.
 */
export async function loadLlamaPackage(folder: string): Promise<LlamaPackage> {
  try {
    return (await import(pathToFileURL(llamaEntry(folder)).href)) as LlamaPackage;
  } catch (error) {
    throw notRunning(error);
  }
}

/** What was installed has run then: since then files were lost, or the machine has changed. */
export function notRunning(cause: unknown): FbtrError {
  return new FbtrError("ENGINE_FAILED", "llama.cpp does not run as it is installed", {
    cause,
    hint: "Install it again: `fbtr engines install llama --force`.",
  });
}
