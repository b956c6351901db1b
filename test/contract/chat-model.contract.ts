import { describe, expect, it } from "vitest";

import { FbtrError } from "../../src/base/errors.ts";
import type { ChatEvent, ChatModel, ChatRequest } from "../../src/engine/models/chat-model.ts";
import type { ModelAccess } from "../../src/engine/providers/provider.ts";
import type { Fault } from "../support/model-server/fault.ts";
import {
  startModelServer,
  type ModelServer,
  type ModelServerOptions,
} from "../support/model-server/model-server.ts";
import type { ProtocolName } from "../support/model-server/wire-protocol.ts";

const KEY = "planted.5f1c7be2a9d04e33/Zxy+secret";
const MODEL = "model-1";
const REQUEST: ChatRequest = {
  instructions: "Преводи на српски.",
  prompt: "Он пришёл домой.",
  maxOutputTokens: 321,
};
const SCHEMA = {
  type: "object",
  properties: { text: { type: "string" } },
  required: ["text"],
  additionalProperties: false,
};
/** Longer than a piece of the stream, and not of ASCII alone. */
const ANSWER = "Дошао је кући „касно“ 🙂, и ћутао.";

/** What the contract has to know of an implementation. */
export interface ChatModelCase {
  readonly protocol: ProtocolName;
  /** A local server without keys cannot refuse one. */
  readonly hasKey: boolean;
  /** Some servers have no filter and so no word for a refusal. */
  readonly tellsRefusal: boolean;
  readonly open: (access: ModelAccess) => Promise<ChatModel>;
}

interface Conversation {
  readonly events: readonly ChatEvent[];
  readonly text: string;
  readonly error: unknown;
}

async function listen(
  model: ChatModel,
  request: ChatRequest = REQUEST,
  signal: AbortSignal = new AbortController().signal,
): Promise<Conversation> {
  const events: ChatEvent[] = [];
  let error: unknown;
  try {
    for await (const event of model.stream(request, signal)) events.push(event);
  } catch (thrown) {
    error = thrown;
  }
  const text = events.map((event) => (event.type === "text" ? event.text : "")).join("");
  return { events, text, error };
}

/** Everything that a careless printer could show of an error. */
function everythingIn(error: unknown, seen = new Set<unknown>()): string {
  if (typeof error !== "object" || error === null || seen.has(error)) return String(error);
  seen.add(error);
  return Reflect.ownKeys(error)
    .map((key) => everythingIn(Reflect.get(error, key), seen))
    .join("\n");
}

/** Every `ChatModel`, against a server that speaks the protocol of its provider. */
export function describeChatModel(name: string, { protocol, ...facts }: ChatModelCase): void {
  const openOn = (server: ModelServer, apiKey = KEY) =>
    facts.open({
      apiKey: facts.hasKey ? apiKey : undefined,
      baseUrl: server.baseUrl(protocol),
      model: MODEL,
    });

  async function talk(options: Partial<ModelServerOptions>): Promise<Conversation> {
    await using server = await startModelServer({ answer: () => ANSWER, ...options });
    await using model = await openOn(server);
    return await listen(model);
  }

  async function errorBy(fault: Fault): Promise<FbtrError> {
    const { error, events } = await talk({ faults: [fault] });
    expect(error).toBeInstanceOf(FbtrError);
    expect(events.filter(({ type }) => type === "end")).toEqual([]);
    return error as FbtrError;
  }

  describe(`the model of ${name}`, () => {
    it("asks what it is told to ask, with its key, once", async () => {
      await using server = await startModelServer({ answer: () => ANSWER });
      await using model = await openOn(server);
      await listen(model, { ...REQUEST, temperature: 0.5 });
      expect(server.requests).toHaveLength(1);
      expect(server.requests[0]).toMatchObject({
        key: facts.hasKey ? KEY : undefined,
        model: MODEL,
        instructions: REQUEST.instructions,
        prompt: REQUEST.prompt,
        maxOutputTokens: REQUEST.maxOutputTokens,
        temperature: 0.5,
      });
    });

    it("chooses from the share of words that it is told", async () => {
      await using server = await startModelServer({ answer: () => ANSWER });
      await using model = await openOn(server);
      await listen(model, { ...REQUEST, topP: 0.9 });
      expect(server.requests[0]).toMatchObject({ topP: 0.9 });
    });

    it("hands on the text in pieces as they come, then one end with the bill", async () => {
      const bill = { input: 120, cachedInput: 0, output: 34 };
      const { events, text, error } = await talk({ answer: () => ({ text: ANSWER, bill }) });
      expect(error).toBeUndefined();
      expect(text).toBe(ANSWER);
      expect(events.filter(({ type }) => type === "text").length).toBeGreaterThan(2);
      const [end] = events.slice(-1);
      expect(end).toMatchObject({ type: "end", finish: "stop" });
      expect(end).toMatchObject({ usage: { inputTokens: 120, outputTokens: 34 } });
      expect(events.filter(({ type }) => type === "end")).toHaveLength(1);
    });

    it("hands on the first piece before the answer is complete, with a schema too", async () => {
      const text = JSON.stringify({ text: ANSWER });
      const faults: Fault[] = [{ kind: "stall", afterChars: 12 }];
      await using server = await startModelServer({ answer: () => text, faults });
      await using model = await openOn(server);
      const request = model.structured ? { ...REQUEST, answerSchema: SCHEMA } : REQUEST;
      const stop = new AbortController();
      for await (const event of model.stream(request, stop.signal)) {
        if (event.type === "text") break;
      }
      expect(server.requests[0]?.schema !== undefined).toBe(model.structured);
    });

    it("hands on the text of an answer by a schema, unchanged", async () => {
      const text = JSON.stringify({ text: ANSWER });
      await using server = await startModelServer({ answer: () => text });
      await using model = await openOn(server);
      const request = model.structured ? { ...REQUEST, answerSchema: SCHEMA } : REQUEST;
      expect((await listen(model, request)).text).toBe(text);
    });

    it("tells that the model thinks, and nothing of what", async () => {
      const { events, text } = await talk({
        answer: () => ({ text: ANSWER, reasoning: "Размишљам дуго о томе." }),
      });
      expect(events[0]).toEqual({ type: "reasoning" });
      expect(text).toBe(ANSWER);
    });

    it("tells why an answer ended: length, refused, or done with nothing said", async () => {
      const cut = await talk({ answer: () => ({ text: ANSWER, finish: "length" }) });
      expect(cut.events.at(-1)).toMatchObject({ type: "end", finish: "length" });
      const refused = await talk({ answer: () => ({ text: "Не могу.", finish: "refused" }) });
      const finish = facts.tellsRefusal ? "refused" : "stop";
      expect(refused.events.at(-1)).toMatchObject({ type: "end", finish });
      const empty = await talk({ answer: () => "" });
      expect(empty.error).toBeUndefined();
      expect(empty.events.at(-1)).toMatchObject({ type: "end", finish: "stop" });
    });

    it.each([
      [429, "ENGINE_BUSY"],
      [529, "ENGINE_BUSY"],
      [500, "ENGINE_UNREACHABLE"],
      [502, "ENGINE_UNREACHABLE"],
      [503, "ENGINE_UNREACHABLE"],
      [401, "ENGINE_UNAUTHORIZED"],
      [403, "ENGINE_UNAUTHORIZED"],
      [400, "ENGINE_REJECTED"],
      [404, "ENGINE_REJECTED"],
      [413, "ENGINE_REJECTED"],
    ] as const)("takes status %i for %s, and does not ask again", async (status, code) => {
      await using server = await startModelServer({
        answer: () => ANSWER,
        faults: () => ({ kind: "status", status }),
      });
      await using model = await openOn(server);
      const { error } = await listen(model);
      expect(error).toMatchObject({ code, retryAfterMs: undefined });
      expect(server.requests).toHaveLength(1);
    });

    it("tells how long to wait, by seconds, by a date or by milliseconds", async () => {
      const busy = (headers: Record<string, string>) =>
        errorBy({ kind: "status", status: 429, headers });
      expect((await busy({ "retry-after": "7" })).retryAfterMs).toBe(7000);
      expect((await busy({ "retry-after-ms": "250", "retry-after": "9" })).retryAfterMs).toBe(250);
      const date = new Date(Date.now() + 60_000).toUTCString();
      const { retryAfterMs } = await busy({ "retry-after": date });
      expect(retryAfterMs).toBeGreaterThan(50_000);
      expect(retryAfterMs).toBeLessThanOrEqual(60_000);
    });

    it("understands the page of a proxy in place of the provider's error", async () => {
      const fault = { kind: "status", status: 502, html: true, message: "Bad Gateway" } as const;
      expect((await errorBy(fault)).code).toBe("ENGINE_UNREACHABLE");
    });

    it.each<Fault>([
      { kind: "reset" },
      { kind: "cut", afterChars: 0 },
      { kind: "cut", afterChars: 15 },
      { kind: "early-end", afterChars: 0 },
      { kind: "early-end", afterChars: 15 },
    ])("takes a broken stream for no answer: %o", async (fault) => {
      expect((await errorBy(fault)).code).toBe("ENGINE_UNREACHABLE");
    });

    it("takes an error inside the stream for an error", async () => {
      for (const afterChars of [0, 15]) {
        const { code } = await errorBy({ kind: "failure", afterChars });
        expect(["ENGINE_UNREACHABLE", "ENGINE_BUSY"]).toContain(code);
      }
    });

    it("says that nobody is there when nobody is", async () => {
      let baseUrl: string;
      {
        await using server = await startModelServer({ answer: () => ANSWER });
        baseUrl = server.baseUrl(protocol);
      }
      await using model = await facts.open({ apiKey: KEY, baseUrl, model: MODEL });
      expect((await listen(model)).error).toMatchObject({ code: "ENGINE_UNREACHABLE" });
    });

    it("makes no call for a signal that is aborted already", async () => {
      await using server = await startModelServer({ answer: () => ANSWER });
      await using model = await openOn(server);
      const reason = new Error("too late");
      expect((await listen(model, REQUEST, AbortSignal.abort(reason))).error).toBe(reason);
      expect(server.requests).toEqual([]);
    });

    it.each<Fault>([{ kind: "silence" }, { kind: "stall", afterChars: 15 }])(
      "hangs up with the signal's reason when it is told to stop: %o",
      async (fault) => {
        await using server = await startModelServer({ answer: () => ANSWER, faults: [fault] });
        await using model = await openOn(server);
        const stop = new AbortController();
        const reason = new Error("enough");
        const heard = listen(model, REQUEST, stop.signal);
        await expect.poll(() => server.open).toBe(1);
        const toldAt = performance.now();
        stop.abort(reason);
        expect((await heard).error).toBe(reason);
        expect(performance.now() - toldAt).toBeLessThan(1000);
        await expect.poll(() => server.abandoned).toBe(1);
      },
    );

    it("hangs up when nobody listens to the end", async () => {
      const faults: Fault[] = [{ kind: "babble" }];
      await using server = await startModelServer({ answer: () => ANSWER, faults });
      await using model = await openOn(server);
      const stop = new AbortController();
      let chars = 0;
      for await (const event of model.stream(REQUEST, stop.signal)) {
        if (event.type === "text") chars += event.text.length;
        if (chars > 20_000) break;
      }
      stop.abort(new Error("the answer has ended"));
      await expect.poll(() => server.abandoned).toBe(1);
    });

    it("puts characters together that arrive byte by byte", async () => {
      const faults: Fault[] = [{ kind: "trickle", bytesPerSecond: 1_000_000 }];
      const { text, error } = await talk({ answer: () => "Ћ🙂", faults });
      expect(error).toBeUndefined();
      expect(text).toBe("Ћ🙂");
    });

    it("answers several calls at the same time, each its own", async () => {
      await using server = await startModelServer({ answer: ({ prompt }) => prompt.repeat(9) });
      await using model = await openOn(server);
      const prompts = ["један", "два", "три"];
      const heard = await Promise.all(
        prompts.map((prompt) => listen(model, { ...REQUEST, prompt })),
      );
      expect(heard.map(({ text }) => text)).toEqual(prompts.map((prompt) => prompt.repeat(9)));
    });

    if (!facts.hasKey) return;
    it("shows its key in no error, whatever the provider says", async () => {
      const quoting = `Incorrect API key provided: ${KEY}. (Bearer ${KEY})`;
      const faults: Fault[] = [
        ...[400, 401, 429, 500].map((status): Fault => ({
          kind: "status",
          status,
          message: quoting,
        })),
        { kind: "status", status: 502, html: true, message: quoting },
        { kind: "failure", afterChars: 5, message: quoting },
        { kind: "reset" },
      ];
      await using server = await startModelServer({ answer: () => ANSWER, faults });
      await using model = await openOn(server);
      for (let call = 0; call < faults.length; call += 1) {
        const { error } = await listen(model);
        expect(error).toBeInstanceOf(FbtrError);
        expect(everythingIn(error)).not.toContain("5f1c7be2a9d04e33");
      }
    });
  });
}
