import type { ChatModel } from "../models/chat-model.ts";
import type { Priority } from "../translator.ts";

/** What one model is made of. */
export interface ModelAccess {
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
  /** What this machine lacks beyond a key, one line; undefined if nothing. */
  lacks?(): Promise<string | undefined>;
  /** Makes a model; loads the package that speaks the provider's protocol. Makes no call. */
  open(access: ModelAccess): Promise<ChatModel>;
}
