import { withoutMarkers } from "../../book/markers.ts";
import type { Segment } from "../../book/segment.ts";
import { withProjectedMarkers } from "./marker-projection.ts";
import type { Answer, AnswerReader, Protocol } from "./protocol.ts";

/** The whole answer is the translation of the one segment. */
class WholeReader implements AnswerReader {
  readonly #source: string;
  #text = "";

  constructor(source: string) {
    this.#source = source;
  }

  push(piece: string): Answer[] {
    this.#text += piece;
    return [];
  }

  end(cut: boolean): Answer[] {
    const text = withoutMarkers(this.#text).trim();
    if (cut || text === "") return [];
    return [{ number: 1, text: withProjectedMarkers(this.#source, text) }];
  }
}

/** One segment a request, without numbers and markers: the last rung, for models that lose them. */
export const PLAIN_PROTOCOL: Protocol = {
  name: "plain",
  rules: "Answer with the translation of the text and nothing else.",
  question: ([segment]: readonly Segment[]) => withoutMarkers(segment?.text ?? ""),
  reader: ([segment]) => new WholeReader(segment?.text ?? ""),
};
