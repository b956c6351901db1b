import type { ChatModel } from "../models/chat-model.ts";
import type { Priority } from "../translator.ts";

/** What the user has said of a provider. */
export interface ProviderSettings {
  /** False: it must not be used. @default true */
  readonly isEnabled?: boolean | undefined;
  /** Keys in plain text, each with limits of its own; none for endpoints that ask for none. */
  readonly apiKeys: readonly string[];
  readonly baseUrl?: string | undefined;
  readonly model?: string | undefined;
  /** 0 to 2. */
  readonly temperature?: number | undefined;
  /** 0 to 1. */
  readonly topP?: number | undefined;
  /** Tokens of one answer at most. */
  readonly maxTokens?: number | undefined;
  /** Calls of each key in a minute at most. */
  readonly requestsPerMinute?: number | undefined;
  /** Tokens of each key in a minute at most, input and output together. */
  readonly tokensPerMinute?: number | undefined;
  /** Calls that the endpoint bears at the same time, as the user knows; else it is found out. */
  readonly maxConcurrent?: number | undefined;
  /** Calls at the same time at most where nobody has said what the endpoint bears. */
  readonly mostConcurrent?: number | undefined;
  /** Seconds to wait for the first sign of an answer, and no longer for the next one. */
  readonly timeoutSeconds?: number | undefined;
  /** For providers that are used by a login. */
  readonly login?: LoginSettings | undefined;
  /** For models inside this process. */
  readonly local?: LocalModelSettings | undefined;
}

/** How a login that another program has made is used (OAuth). */
export interface LoginSettings {
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** It is left alone. */
  readonly isSkipped: boolean;
}

/** A model in a file, and how it is computed. */
export interface LocalModelSettings {
  /** Path of a GGUF file. */
  readonly modelPath?: string | undefined;
  /** Where `fbtr engines pull` gets the file. */
  readonly modelUrl?: string | undefined;
  /** Hexadecimal checksum of that file. */
  readonly modelSha256?: string | undefined;
  /** Tokens of a request and its answer together. */
  readonly contextTokens?: number | undefined;
  readonly threads?: number | undefined;
  /** 0: the processor alone; -1: all. */
  readonly gpuLayers?: number | undefined;
  readonly batchSize?: number | undefined;
}

/** What providers find on this machine. */
export interface ProviderSurroundings {
  /** The user's home folder. */
  readonly home: string;
  /** Where fbtr keeps what must survive, installed engines and downloaded models among it. */
  readonly stateFolder: string;
  /** Where an Ollama is looked for that nobody has configured. */
  readonly ollamaUrl: string;
}

/** Settings to call a provider with; or what is missing for that: one line with what to do next. */
export type Readiness =
  | {
      readonly settings: ProviderSettings;
      /** Why the provider is one to take, where more is known than that it is set up. */
      readonly reason?: string;
    }
  | { readonly lack: string };

/** What one model is made of. */
export interface ModelAccess extends Pick<ProviderSettings, "login" | "local"> {
  /** The key in plain text; undefined for endpoints that ask for none. */
  readonly apiKey: string | undefined;
  readonly baseUrl: string;
  readonly model: string;
}

/** Somebody who offers language models, by the name that the user writes after `--engine`. */
export interface Provider {
  readonly name: string;
  readonly title: string;
  readonly priority: Priority;
  readonly needsKey: boolean;
  /** Environment variable of the key, for hints; undefined if it needs none. */
  readonly keyVariable: string | undefined;
  /** Undefined: the user has to say where it is. */
  readonly baseUrl: string | undefined;
  /** Undefined: the user has to say which. */
  readonly model: string | undefined;
  /** How many calls it is asked for at the same time at most. */
  readonly capacity: number;
  /**
   * Completes what the user has said by what is on this machine. Without it nothing there matters.
   *
   * @throws FbtrError CONFIG_INVALID for a file that is there and cannot be used.
   */
  look?(settings: ProviderSettings, surroundings: ProviderSurroundings): Promise<Readiness>;
  /** Makes a model; loads the package that speaks the provider's protocol. Makes no call. */
  open(access: ModelAccess, surroundings: ProviderSurroundings): Promise<ChatModel>;
}
