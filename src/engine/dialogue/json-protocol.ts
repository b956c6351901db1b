import type { Segment } from "../../book/segment.ts";
import type { Answer, AnswerReader, Protocol } from "./protocol.ts";

const ANSWER_SCHEMA = {
  type: "object",
  properties: {
    segments: {
      type: "array",
      items: {
        type: "object",
        properties: { id: { type: "integer" }, text: { type: "string" } },
        required: ["id", "text"],
        additionalProperties: false,
      },
    },
  },
  required: ["segments"],
  additionalProperties: false,
} as const;

function answerIn(json: string): Answer | undefined {
  try {
    const { id, text } = JSON.parse(json) as { id?: unknown; text?: unknown };
    if (typeof text !== "string") return undefined;
    const number = typeof id === "string" ? Number(id) : id;
    return Number.isInteger(number) ? { number: number as number, text } : undefined;
  } catch {
    // Half an object, or none: the segment counts as unanswered and is asked for again.
    return undefined;
  }
}

/**
 * Finds the innermost objects of a JSON text that streams in. The frame around them does not matter,
 * so that an answer with a fence or a preface around it is understood too.
 */
class ObjectScanner implements AnswerReader {
  /** The innermost object that is open, from its brace; undefined outside of all. */
  #object: string | undefined;
  #inString = false;
  #escaped = false;

  push(piece: string): Answer[] {
    const answers: Answer[] = [];
    for (const character of piece) {
      const complete = this.#take(character);
      const answer = complete === undefined ? undefined : answerIn(complete);
      if (answer) answers.push(answer);
    }
    return answers;
  }

  end(): Answer[] {
    return [];
  }

  /** Returns an object when this character closes it. */
  #take(character: string): string | undefined {
    const startsObject = !this.#inString && character === "{";
    if (startsObject) this.#object = "";
    if (this.#object === undefined) return undefined;
    this.#object += character;
    if (this.#escaped) this.#escaped = false;
    else if (this.#inString && character === "\\") this.#escaped = true;
    else if (character === '"') this.#inString = !this.#inString;
    else if (!this.#inString && character === "}") return this.#closed();
    return undefined;
  }

  #closed(): string | undefined {
    const object = this.#object;
    this.#object = undefined;
    return object;
  }
}

/** One JSON object a segment, for models that hold to a schema. */
export const JSON_PROTOCOL: Protocol = {
  name: "json",
  rules:
    'Each line of the text is a JSON object {"id", "text"}. Answer with one JSON object ' +
    '{"segments": [{"id", "text"}]} that has every id exactly once, in the same order.',
  answerSchema: ANSWER_SCHEMA,
  question: (segments: readonly Segment[]) =>
    segments.map(({ text }, at) => JSON.stringify({ id: at + 1, text })).join("\n"),
  reader: () => new ObjectScanner(),
};
