import type { Segment } from "../../book/segment.ts";
import { withoutMarkers } from "../../book/markers.ts";
import { sha256 } from "../../base/digest.ts";
import { FbtrError } from "../../base/errors.ts";
import { findingOf } from "../../language/checks/check.ts";
import { autofixed } from "../../language/checks/autofix.ts";
import type { Batch } from "../../plan/batch.ts";
import { ANSWER_CHECK } from "../checks/answered.ts";
import type { ChatEvent, ChatModel, FinishReason } from "../models/chat-model.ts";
import type { Priority, SegmentResult, Translator } from "../translator.ts";
import { JSON_PROTOCOL } from "./json-protocol.ts";
import { LINES_PROTOCOL } from "./lines-protocol.ts";
import { PLAIN_PROTOCOL } from "./plain-protocol.ts";
import { instructionsOf, PROMPT_VERSION, promptOf, type LanguagePair } from "./prompt.ts";
import type { Answer, Protocol } from "./protocol.ts";
import { watchedAnswer, type LoopWatch } from "./watched-answer.ts";

export interface ModelTranslatorOptions {
  readonly languages: LanguagePair;
  readonly priority: Priority;
  /** How many batches are asked for at the same time at most. */
  readonly capacity: number;
  readonly temperature?: number;
  /** Share of the likeliest words to choose from, 0 to 1. */
  readonly topP?: number | undefined;
  /** Tokens of one answer at most, whatever the source's length. */
  readonly maxOutputTokens?: number | undefined;
  /** A fresh watch for the answer to a source, whose own repetitions are no loops. */
  readonly loopWatch: (source: string) => LoopWatch;
}

/** A translation is rarely longer than this many times its source; JSON and markers included. */
const CHARS_FOR_CHAR = 3;
const SPARE_CHARS = 2000;
/** Serbian Cyrillic needs up to a token for a character in tokenizers that were made for English. */
const TOKENS_FOR_CHAR = 1.2;
const SPARE_TOKENS = 400;
/** Only the draft engine knows which words it knows. */
const NOT_COUNTED = { total: 0, known: 0 };
/** Why there is no answer to a segment, as far as the end of the whole answer tells (C14). */
const END_FAULTS: Partial<Record<FinishReason, string>> = {
  length: "the answer was cut off: it was longer than allowed",
  refused: "the model or its filter refused to answer",
};
/** A reasoning model spends its room on thinking first. */
const MAX_ROOM = 8;

/**
 * A language model as a translator: one batch, one call. What comes back complete is handed on at
 * once; what is missing is for the caller to ask again (`laddering.ts`). Throws ENGINE_FAILED at the
 * end of an answer that is not one for each segment.
 */
export class ModelTranslator implements Translator {
  readonly version: string;
  readonly priority: Priority;
  readonly capacity: number;
  readonly #model: ChatModel;
  readonly #options: ModelTranslatorOptions;
  /** Doubled when an answer was cut before anything of it was complete. */
  #room = 1;

  constructor(model: ChatModel, options: ModelTranslatorOptions) {
    this.#model = model;
    this.#options = options;
    this.priority = options.priority;
    this.capacity = options.capacity;
    const { temperature = null, topP } = options;
    const parts = [PROMPT_VERSION, model.model, temperature, ...(topP === undefined ? [] : [topP])];
    this.version = sha256(JSON.stringify(parts)).slice(0, 16);
  }

  get name(): string {
    return this.#model.provider;
  }

  async *translate(batch: Batch, signal: AbortSignal): AsyncGenerator<SegmentResult> {
    const protocol = protocolFor(batch, this.#model.structured);
    const asked = protocol === PLAIN_PROTOCOL ? batch.segments.slice(0, 1) : batch.segments;
    const reader = protocol.reader(asked);
    const answered: number[] = [];
    let finish: FinishReason = "other";
    for await (const event of this.#ask(batch, asked, protocol, signal)) {
      if (event.type === "end") finish = event.finish;
      const answers = event.type === "text" ? reader.push(event.text) : [];
      yield* this.#results(answers, asked, answered);
    }
    yield* this.#results(reader.end(finish === "length"), asked, answered);
    if (finish === "length" && answered.length === 0) {
      this.#room = Math.min(this.#room * 2, MAX_ROOM);
    }
    const mismatch = ANSWER_CHECK.find({ asked: asked.length, answered });
    if (mismatch === undefined) return;
    const fault = END_FAULTS[finish] ?? findingOf(ANSWER_CHECK, mismatch).message;
    throw new FbtrError("ENGINE_FAILED", fault);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.#model[Symbol.asyncDispose]());
  }

  #ask(
    batch: Batch,
    asked: readonly Segment[],
    protocol: Protocol,
    signal: AbortSignal,
  ): AsyncIterable<ChatEvent> {
    const { languages, temperature, topP, maxOutputTokens, loopWatch } = this.#options;
    const chars = asked.reduce((sum, { text }) => sum + text.length, 0);
    const room = Math.ceil((chars * TOKENS_FOR_CHAR + SPARE_TOKENS) * this.#room);
    const request = {
      instructions: instructionsOf(languages, protocol),
      prompt: promptOf(asked, protocol, batch),
      maxOutputTokens: Math.min(room, maxOutputTokens ?? Infinity),
      ...(protocol.answerSchema && { answerSchema: protocol.answerSchema }),
      ...(temperature !== undefined && { temperature }),
      ...(topP !== undefined && { topP }),
    };
    return watchedAnswer(
      this.#model.stream(request, signal),
      chars * CHARS_FOR_CHAR + SPARE_CHARS,
      loopWatch(asked.map(({ text }) => text).join("\n")),
    );
  }

  /** The first answer for each segment; a number that nobody asked for is nobody's answer. */
  *#results(
    answers: readonly Answer[],
    asked: readonly Segment[],
    answered: number[],
  ): Generator<SegmentResult> {
    for (const { number, text } of answers) {
      const segment = asked[number - 1];
      const isFirst = !answered.includes(number);
      answered.push(number);
      if (segment === undefined || !isFirst) continue;
      const { index } = segment;
      yield { index, text: this.#mended(segment, text), unknownWords: [], words: NOT_COUNTED };
    }
  }

  /** What needs no second question is mended at once, by the habits of Serbian print. */
  #mended({ text: source, kind }: Segment, answer: string): string {
    const translation = withEdgesOf(source, answer);
    if (this.#options.languages.to !== "sr") return translation;
    return autofixed({ source, kind, translation });
  }
}

function protocolFor({ caution = 0 }: Batch, structured: boolean): Protocol {
  if (caution === 2) return PLAIN_PROTOCOL;
  return structured && caution === 0 ? JSON_PROTOCOL : LINES_PROTOCOL;
}

const EDGES = /^(\s*)[\s\S]*?(\s*)$/u;

/** Models trim; the white space around a segment's text belongs to the book. */
function withEdgesOf(source: string, translation: string): string {
  if (withoutMarkers(source).trim() === "") return translation;
  const [, before = "", after = ""] = EDGES.exec(source) ?? [];
  return `${before}${translation.trim()}${after}`;
}
