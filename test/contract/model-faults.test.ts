import { describe, expect, it } from "vitest";

import { sameMarkers } from "../../src/book/markers.ts";
import type { Clock } from "../../src/base/clock.ts";
import { judgeOf } from "../../src/engine/checking.ts";
import { laddering } from "../../src/engine/laddering.ts";
import { openModelEngine } from "../../src/engine/model-engine.ts";
import type { Provider } from "../../src/engine/providers/provider.ts";
import { PROVIDERS } from "../../src/engine/providers/providers.ts";
import type { Translator } from "../../src/engine/translator.ts";
import { EMPTY_MACHINE } from "../support/provider-surroundings.ts";
import { asksFor, TROUBLES, type Trouble } from "../support/model-server/misbehaviours.ts";
import type { ModelServer } from "../support/model-server/model-server.ts";
import { startTranslatingServer, type Misbehaviour } from "../support/model-server/translating.ts";
import type { ModelRequest, ProtocolName } from "../support/model-server/wire-protocol.ts";
import { inSerbian, SMALL_TEXT } from "../support/model-server/small-text.ts";

const PROTOCOLS: Readonly<Record<string, ProtocolName>> = {
  openai: "openai-responses",
  anthropic: "anthropic-messages",
  deepseek: "openai-chat",
  zhipu: "openai-chat",
  qwen: "openai-chat",
  gemini: "gemini",
  "openai-compatible": "openai-chat",
  ollama: "ollama",
};

/** Of the paragraph that has the trouble; in no other one. */
const HIT = "сторожу";

/** Time that passes only when somebody waits for it: back-off and Retry-After cost nothing. */
function waitedTime() {
  let ms = Date.parse("2026-11-24T11:59:50Z");
  const clock: Clock = { now: () => ms, elapsed: () => ms };
  const sleep = async (wait: number, signal: AbortSignal) => {
    await Promise.resolve();
    signal.throwIfAborted();
    ms += wait;
  };
  return { clock, waiting: { sleep, random: () => 0.5 } };
}

async function engineOn(
  server: ModelServer,
  provider: Provider,
  { isSilent }: Trouble,
): Promise<Translator> {
  const settings = {
    apiKeys: provider.needsKey ? ["sk-planted-0001"] : [],
    baseUrl: server.baseUrl(PROTOCOLS[provider.name] ?? "openai-chat"),
    model: "m",
    ...(isSilent && { timeoutSeconds: 0.25 }),
  };
  const services = {
    ...waitedTime(),
    hasFallback: false,
    money: undefined,
    surroundings: EMPTY_MACHINE,
  };
  const languages = { from: "ru", to: "sr" };
  const primary = await openModelEngine(provider, settings, languages, services);
  return laddering({
    primary,
    fallbacks: [],
    judge: judgeOf(languages),
  });
}

interface Outcome {
  /** Accepted translations, by segment. */
  readonly accepted: ReadonlyMap<number, string>;
  /** Why a segment has none. */
  readonly flagged: ReadonlyMap<number, string>;
  readonly calls: number;
}

/** Translates the small text, up and down the whole ladder, while the provider misbehaves as told. */
async function translated(
  provider: Provider,
  trouble: Trouble,
  when: (trouble: Trouble) => (request: ModelRequest) => Misbehaviour | undefined,
): Promise<Outcome> {
  const misbehave = when(trouble);
  await using server = await startTranslatingServer({ translate: inSerbian, misbehave });
  await using translator = await engineOn(server, provider, trouble);
  const accepted = new Map<number, string>();
  const flagged = new Map(SMALL_TEXT.map(({ index }) => [index, "the engine gave no answer"]));
  const { signal } = new AbortController();
  const batch = { id: "b", segments: SMALL_TEXT };
  for await (const { index, text, judgement } of translator.translate(batch, signal)) {
    const fault = judgement?.faults[0];
    if (fault !== undefined) {
      flagged.set(index, fault);
      continue;
    }
    accepted.set(index, text);
    flagged.delete(index);
  }
  return { accepted, flagged, calls: server.requests.length };
}

const plain = (text: string) => text.replaceAll(/<[^>]*>/gu, "");

function expectTranslated({ accepted, flagged }: Outcome, exceptFor?: RegExp): void {
  const hit = SMALL_TEXT.filter(({ text }) => exceptFor !== undefined && text.includes(HIT));
  expect([...flagged.keys()]).toEqual(hit.map(({ index }) => index));
  for (const reason of flagged.values()) expect(reason).toMatch(exceptFor ?? /./u);
  for (const segment of SMALL_TEXT.filter((each) => !hit.includes(each))) {
    const text = accepted.get(segment.index) ?? "";
    // The last rung puts markers where they about belong.
    expect(plain(text)).toBe(plain(inSerbian(segment.text)));
    expect(sameMarkers(segment.text, text)).toBe(true);
  }
}

const atFirst =
  ({ misbehave }: Trouble) =>
  (request: ModelRequest) =>
    request.number === 0 ? misbehave(request, inSerbian, () => true) : undefined;

const forOne =
  ({ misbehave }: Trouble) =>
  (request: ModelRequest) =>
    asksFor(request, HIT) ? misbehave(request, inSerbian, (text) => text.includes(HIT)) : undefined;

const always =
  ({ misbehave }: Trouble) =>
  (request: ModelRequest) =>
    misbehave(request, inSerbian, () => true);

describe.concurrent.each(Object.keys(PROTOCOLS))("a text by %s", (name) => {
  const provider = PROVIDERS.find((each) => each.name === name) as Provider;

  it.each(TROUBLES)("is whole after $name at first", async (trouble) => {
    const outcome = await translated(provider, trouble, atFirst);
    expectTranslated(outcome);
    expect(outcome.calls).toBeGreaterThan(1);
  });

  const ofSegments = TROUBLES.filter(({ alone }) => alone !== undefined);
  it.each(ofSegments)("has one segment that meets $name each time", async (trouble) => {
    const { alone } = trouble;
    const outcome = await translated(provider, trouble, forOne);
    expect(outcome.calls).toBeGreaterThan(1);
    expectTranslated(outcome, alone === "managed" ? undefined : alone);
  });

  const endings = TROUBLES.filter(({ always: code }) => code !== undefined);
  it.each(endings)("ends with an error where $name never ends", async (trouble) => {
    await expect(translated(provider, trouble, always)).rejects.toMatchObject({
      code: trouble.always,
      hint: expect.stringMatching(/\S/u) as string,
    });
  });
});
