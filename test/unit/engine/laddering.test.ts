import { describe, expect, it } from "vitest";

import { FbtrError } from "../../../src/base/errors.ts";
import type { Segment } from "../../../src/book/segment.ts";
import { laddering } from "../../../src/engine/laddering.ts";
import type { Answer, SegmentResult, Translator } from "../../../src/engine/translator.ts";
import type { Batch } from "../../../src/plan/batch.ts";

const segments: Segment[] = Array.from({ length: 6 }, (_, index) => {
  return { index, kind: "text", element: "p", section: 1, text: `текст ${index}`, skip: undefined };
});
const BATCH: Batch = { id: "b", segments };
const { signal } = new AbortController();

const result = (index: number, text: string): SegmentResult => ({
  index,
  text,
  unknownWords: [],
  words: { total: 0, known: 0 },
});

/** A translator that answers each segment as told, and remembers what it was asked. */
function scripted(
  name: string,
  answer: (index: number, request: Batch) => string | undefined | FbtrError,
): Translator & { readonly asked: Batch[] } {
  const asked: Batch[] = [];
  return {
    name,
    version: "1",
    priority: 10,
    capacity: 1,
    asked,
    async *translate(batch) {
      asked.push(batch);
      for (const { index } of batch.segments) {
        const text = answer(index, batch);
        if (text instanceof FbtrError) throw text;
        if (text !== undefined) yield result(index, text);
      }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

const judge = (_: Segment, { text }: { readonly text: string }) => ({
  faults: text === "лоше" ? ["it is bad"] : [],
  findings: [],
});

async function answersOf(
  primary: Translator,
  ...fallbacks: Translator[]
): Promise<Map<number, Answer>> {
  const answers = new Map<number, Answer>();
  const ladder = laddering({ primary, fallbacks, judge });
  for await (const answer of ladder.translate(BATCH, signal)) answers.set(answer.index, answer);
  return answers;
}

/** The texts that were accepted. */
async function climb(...translators: [Translator, ...Translator[]]): Promise<Map<number, string>> {
  const answers = [...(await answersOf(...translators))];
  const accepted = answers.filter(([, { judgement }]) => judgement?.faults.length === 0);
  return new Map(accepted.map(([index, { text }]) => [index, text]));
}

describe("the ladder", () => {
  it("asks once where everything is right", async () => {
    const good = scripted("good", () => "добро");
    expect([...(await climb(good)).values()]).toEqual(segments.map(() => "добро"));
    expect(good.asked).toHaveLength(1);
  });

  it("asks again for what was wrong, and names the fault", async () => {
    let turn = 0;
    const shaky = scripted("shaky", (index) =>
      index === 3 && (turn += 1) === 1 ? "лоше" : "добро",
    );
    expect((await climb(shaky)).get(3)).toBe("добро");
    expect(shaky.asked[1]).toMatchObject({ segments: [segments[3]], faults: ["it is bad"] });
  });

  it("tells the model why an answer broke off, and keeps what was wrong with the others", async () => {
    const shaky = scripted("shaky", (index) =>
      index === 4
        ? new FbtrError("ENGINE_FAILED", "one is missing")
        : index === 2
          ? "лоше"
          : "добро",
    );
    const answers = await answersOf(shaky);
    expect(shaky.asked[1]?.faults).toEqual(["it is bad", "one is missing"]);
    expect(answers.get(2)?.judgement?.faults).toEqual(["it is bad"]);
    expect(answers.get(4)?.judgement?.faults).toEqual(["one is missing"]);
  });

  it("does not trouble a model with what its server did", async () => {
    const cause = new FbtrError("ENGINE_UNREACHABLE", "HTTP 500");
    const failing = scripted("failing", () => new FbtrError("ENGINE_FAILED", "500", { cause }));
    await climb(failing);
    expect(failing.asked.flatMap(({ faults = [] }) => faults)).toEqual([]);
  });

  it("goes on in smaller pieces and plainer words", async () => {
    const simple = scripted("simple", (_, { segments: part, caution }) =>
      part.length === 1 && caution === 2 ? "добро" : undefined,
    );
    const answers = await climb(simple);
    const sizes = simple.asked.map(({ segments: part }) => part.length);
    expect(sizes.slice(0, 4)).toEqual([6, 6, 3, 3]);
    expect([...answers.values()]).toEqual(segments.map(() => "добро"));
  });

  it("does not ask an engine without end", async () => {
    const useless = scripted("useless", () => undefined);
    expect((await climb(useless)).size).toBe(0);
    expect(useless.asked.length).toBeLessThanOrEqual(10);
  });

  it("hands the rest to the next engine", async () => {
    const half = scripted("half", (index) => (index % 2 === 0 ? "добро" : "лоше"));
    const other = scripted("other", () => "друго");
    const answers = await climb(half, other);
    expect(answers.get(0)).toBe("добро");
    expect(answers.get(1)).toBe("друго");
    expect(other.asked[0]?.segments.map(({ index }) => index)).toEqual([1, 3, 5]);
  });

  it("leaves an engine that cannot be had for the next one", async () => {
    const out = scripted("out", () => new FbtrError("ENGINE_UNREACHABLE", "down"));
    expect(
      (
        await climb(
          out,
          scripted("other", () => "друго"),
        )
      ).get(0),
    ).toBe("друго");
    expect(out.asked).toHaveLength(1);
  });

  it("tells the error of an engine that cannot be had when there is no other", async () => {
    const out = scripted("out", () => new FbtrError("ENGINE_UNAUTHORIZED", "no"));
    await expect(climb(out)).rejects.toMatchObject({ code: "ENGINE_UNAUTHORIZED" });
  });

  it("keeps what came before an answer broke off", async () => {
    let turn = 0;
    const babbling = scripted("babbling", (index) => {
      turn += 1;
      return turn === 3 ? new FbtrError("ENGINE_FAILED", "it repeats itself") : `добро ${index}`;
    });
    expect((await climb(babbling)).size).toBe(6);
    expect(babbling.asked[1]?.segments.map(({ index }) => index)).toEqual([2, 3, 4, 5]);
  });

  it("hands the last bad answer on with what is wrong with it, for the caller to flag", async () => {
    const bad = scripted("bad", (index) => (index === 2 ? "лоше" : "добро"));
    const answers = await answersOf(bad);
    expect(answers.get(2)).toMatchObject({ text: "лоше", judgement: { faults: ["it is bad"] } });
    expect(answers.get(1)?.judgement).toEqual({ faults: [], findings: [] });
  });

  it("tells for each segment why its requests failed", async () => {
    const failing = scripted("failing", (index) => {
      if (index < 4) return "добро";
      return new FbtrError("ENGINE_FAILED", `no answer for ${index}`);
    });
    const answers = await answersOf(failing);
    expect([4, 5].map((index) => answers.get(index)?.judgement?.faults)).toEqual([
      ["no answer for 4"],
      ["no answer for 5"],
    ]);
  });
});
