import type { Segment } from "../../book/segment.ts";
import type { Answer, AnswerReader, Protocol } from "./protocol.ts";

/** `[12] text`; some models write `12.` or `12)` instead. */
const NUMBERED = /^\s*(?:\[(\d{1,4})\]|(\d{1,4})[.)])\s?(.*)$/u;

/** A paragraph's own line breaks mean nothing in FB2; here a line is a segment. */
const onOneLine = (text: string) => text.replaceAll(/\s*\n\s*/gu, " ");

/** Reads numbered lines; a line without a number goes on with the one before. */
class LineReader implements AnswerReader {
  readonly #count: number;
  #line = "";
  #answer: Answer | undefined;

  constructor(count: number) {
    this.#count = count;
  }

  push(piece: string): Answer[] {
    const lines = (this.#line + piece).split("\n");
    this.#line = lines.pop() ?? "";
    return lines.flatMap((line) => this.#take(line));
  }

  end(cut: boolean): Answer[] {
    const answers = this.#take(this.#line);
    this.#line = "";
    return cut ? answers : [...answers, ...this.#finished()];
  }

  /** Returns the answer before when this line begins another one. */
  #take(line: string): Answer[] {
    const match = NUMBERED.exec(line);
    const number = Number(match?.[1] ?? match?.[2]);
    // In brackets it is nobody's answer at least; "1812." may begin a line of the text.
    if (match && (match[1] !== undefined || (number >= 1 && number <= this.#count))) {
      const finished = this.#finished();
      this.#answer = { number, text: match[3] ?? "" };
      return finished;
    }
    const more = line.trim();
    if (this.#answer && more !== "" && !more.startsWith("```")) {
      this.#answer = { ...this.#answer, text: `${this.#answer.text} ${more}` };
    }
    return [];
  }

  #finished(): Answer[] {
    const answer = this.#answer;
    this.#answer = undefined;
    return answer ? [answer] : [];
  }
}

/** One numbered line a segment, for every model. */
export const LINES_PROTOCOL: Protocol = {
  name: "lines",
  rules:
    "Each segment is one line that begins with its number in square brackets. Answer with exactly " +
    "one line for each number, in the same form and order: [number] translation.",
  question: (segments: readonly Segment[]) =>
    segments.map(({ text }, at) => `[${at + 1}] ${onOneLine(text)}`).join("\n"),
  reader: (segments) => new LineReader(segments.length),
};
