import type { ChatEvent, ChatModel, ChatRequest } from "./chat-model.ts";

/** A model around another one, which it owns: only how it is asked differs. */
export abstract class ModelDecorator implements ChatModel {
  readonly provider: string;
  readonly model: string;
  readonly structured: boolean;
  protected readonly inner: ChatModel;

  /** @param inner is disposed of with this one. */
  constructor(inner: ChatModel) {
    this.inner = inner;
    this.provider = inner.provider;
    this.model = inner.model;
    this.structured = inner.structured;
  }

  abstract stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatEvent>;

  async [Symbol.asyncDispose](): Promise<void> {
    await this.inner[Symbol.asyncDispose]();
  }
}
