import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { sameMarkers, withoutMarkers } from "../../../../src/book/markers.ts";
import type { Segment } from "../../../../src/book/segment.ts";
import { JSON_PROTOCOL } from "../../../../src/engine/dialogue/json-protocol.ts";
import { LINES_PROTOCOL } from "../../../../src/engine/dialogue/lines-protocol.ts";
import { withProjectedMarkers } from "../../../../src/engine/dialogue/marker-projection.ts";
import { PLAIN_PROTOCOL } from "../../../../src/engine/dialogue/plain-protocol.ts";
import type { Answer, Protocol } from "../../../../src/engine/dialogue/protocol.ts";

const segmentsOf = (...texts: string[]): Segment[] =>
  texts.map((text, index) => ({
    index,
    kind: "text",
    element: "p",
    section: 1,
    text,
    skip: undefined,
  }));

/** Reads `answer` in pieces of these lengths, over and over. */
function read(
  protocol: Protocol,
  segments: readonly Segment[],
  answer: string,
  lengths: readonly number[],
  cut = false,
): Answer[] {
  const reader = protocol.reader(segments);
  const answers: Answer[] = [];
  let at = 0;
  for (let turn = 0; at < answer.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1;
    answers.push(...reader.push(answer.slice(at, at + length)));
    at += length;
  }
  return [...answers, ...reader.end(cut)];
}

const texts = fc.array(
  fc
    .string({ unit: "grapheme", maxLength: 30 })
    .map((text) => text.replaceAll(/[\n\r\u2028\u2029]/gu, " ").trim()),
  { minLength: 1, maxLength: 6 },
);
const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

describe("an answer as JSON", () => {
  it("is read however the stream cuts it", () => {
    fc.assert(
      fc.property(texts, lengths, (all, cuts) => {
        const answer = JSON.stringify({ segments: all.map((text, at) => ({ id: at + 1, text })) });
        const expected = all.map((text, at) => ({ number: at + 1, text }));
        expect(read(JSON_PROTOCOL, segmentsOf(...all), answer, cuts)).toEqual(expected);
      }),
    );
  });

  it("inside a fence, with a preface, counts as well", () => {
    const answer = 'Here you are:\n```json\n{"segments": [{"id": 1, "text": "да {не}"}]}\n```';
    expect(read(JSON_PROTOCOL, segmentsOf("x"), answer, [3])).toEqual([
      { number: 1, text: "да {не}" },
    ]);
  });

  it("that breaks off loses only the object that it breaks", () => {
    const answer = '{"segments":[{"id":1,"text":"да"},{"id":2,"te';
    expect(read(JSON_PROTOCOL, segmentsOf("x", "y"), answer, [4], true)).toEqual([
      { number: 1, text: "да" },
    ]);
  });
});

describe("an answer in lines", () => {
  it("is read however the stream cuts it", () => {
    const plain = texts.map((all) =>
      all.map((text) => text.replaceAll(/^[[\d.)\]`\s]+/gu, "") || "а"),
    );
    fc.assert(
      fc.property(plain, lengths, (all, cuts) => {
        const answer = all.map((text, at) => `[${at + 1}] ${text}`).join("\n");
        const got = read(LINES_PROTOCOL, segmentsOf(...all), answer, cuts);
        expect(got.map(({ number }) => number)).toEqual(all.map((_, at) => at + 1));
        expect(got.map(({ text }) => text.trim())).toEqual(all.map((text) => text.trim()));
      }),
    );
  });

  it("tells of numbers in brackets that nobody asked for", () => {
    const answer = "[1] да\n[7] не\n1812. године";
    expect(read(LINES_PROTOCOL, segmentsOf("x", "y"), answer, [4])).toEqual([
      { number: 1, text: "да" },
      { number: 7, text: "не 1812. године" },
    ]);
  });

  it("joins a line without a number to the one before, and leaves fences out", () => {
    const answer = "```\n[1] прва\nи још\n2. друга\n```";
    expect(read(LINES_PROTOCOL, segmentsOf("x", "y"), answer, [5])).toEqual([
      { number: 1, text: "прва и још" },
      { number: 2, text: "друга" },
    ]);
  });

  it("that was cut does not count its last line", () => {
    expect(read(LINES_PROTOCOL, segmentsOf("x", "y"), "[1] прва\n[2] дру", [5], true)).toEqual([
      { number: 1, text: "прва" },
    ]);
  });
});

describe("a plain answer", () => {
  it("is the translation of the one segment, with its markers put back", () => {
    const [segment] = segmentsOf("Он <1>очень громко</1> сказал.<2/>");
    if (segment === undefined) throw new Error("no segment");
    expect(PLAIN_PROTOCOL.question([segment])).toBe("Он очень громко сказал.");
    const [answer] = read(PLAIN_PROTOCOL, [segment], "Рекао је веома гласно.", [4]);
    expect(sameMarkers(segment.text, answer?.text ?? "")).toBe(true);
    expect(withoutMarkers(answer?.text ?? "")).toBe("Рекао је веома гласно.");
  });
});

it("projected markers are the markers of the source, whatever the words", () => {
  const word = fc.constantFrom(
    "он",
    "сказал",
    "очень громко",
    "<1>дом</1>",
    "<2/>",
    "<3><4>да</4></3>",
    ",",
  );
  const translation = fc.array(fc.constantFrom("рекао", "је", "гласно", "!"), { maxLength: 6 });
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 7 }), translation, (source, words) => {
      const marked = withProjectedMarkers(source.join(" "), words.join(" "));
      expect(sameMarkers(source.join(" "), marked)).toBe(true);
      expect(withoutMarkers(marked)).toBe(words.join(" "));
    }),
  );
});
