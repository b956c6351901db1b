import type { Fault } from "./fault.ts";
import { textIn, translatedAnswer, type Misbehaviour } from "./translating.ts";
import type { ModelRequest } from "./wire-protocol.ts";

/** One way in which a model or its provider goes wrong, and what must come of it. */
export interface Trouble {
  readonly name: string;
  /** What it does to a request, while it renders the texts as `translate` does. */
  readonly misbehave: (
    request: ModelRequest,
    translate: (text: string) => string,
    isHit: (text: string) => boolean,
  ) => Misbehaviour;
  /**
   * What becomes of a paragraph for which it goes wrong every time: the reason of its flag, or
   * `managed` where a plainer question has no such trouble. Undefined: it is no trouble of single
   * paragraphs.
   */
  readonly alone?: RegExp | "managed";
  /** It shows only when somebody has waited for long enough. */
  readonly isSilent?: boolean;
  /** The code of the error with which a run ends where it goes wrong every time. */
  readonly always?:
    | "ENGINE_BUSY"
    | "ENGINE_UNREACHABLE"
    | "ENGINE_UNAUTHORIZED"
    | "ENGINE_REJECTED";
}

const onTheWire = (
  name: string,
  fault: Fault,
  outcome: Omit<Trouble, "name" | "misbehave">,
): Trouble => ({ name, misbehave: () => fault, ...outcome });

const status = (code: number, headers: Readonly<Record<string, string>> = {}): Fault => ({
  kind: "status",
  status: code,
  headers,
});

/** The provider or the way to it. */
const WIRE: readonly Trouble[] = [
  onTheWire("429 with Retry-After in seconds", status(429, { "retry-after": "60" }), {
    always: "ENGINE_BUSY",
  }),
  onTheWire(
    "429 with Retry-After as a date that is past",
    status(429, { "retry-after": "Tue, 24 Nov 2026 12:00:00 GMT" }),
    { always: "ENGINE_BUSY" },
  ),
  onTheWire("429 without Retry-After", status(429), { always: "ENGINE_BUSY" }),
  onTheWire("529", status(529), { always: "ENGINE_BUSY" }),
  onTheWire("500", status(500), { alone: /HTTP 500/u, always: "ENGINE_UNREACHABLE" }),
  onTheWire("503", status(503), { alone: /HTTP 503/u, always: "ENGINE_UNREACHABLE" }),
  onTheWire(
    "the page of a proxy",
    { kind: "status", status: 502, html: true, message: "Bad Gateway" },
    { alone: /HTTP 502/u, always: "ENGINE_UNREACHABLE" },
  ),
  onTheWire(
    "a closed connection",
    { kind: "reset" },
    { alone: /./u, always: "ENGINE_UNREACHABLE" },
  ),
  onTheWire(
    "a cut stream",
    { kind: "cut", afterChars: 30 },
    { alone: /./u, always: "ENGINE_UNREACHABLE" },
  ),
  onTheWire(
    "a stream that ends too early",
    { kind: "early-end", afterChars: 30 },
    { alone: /./u, always: "ENGINE_UNREACHABLE" },
  ),
  onTheWire(
    "an error inside the stream",
    { kind: "failure", afterChars: 30 },
    { alone: /something went wrong/u },
  ),
  onTheWire(
    "a stall",
    { kind: "stall", afterChars: 30 },
    { alone: /said nothing/u, isSilent: true },
  ),
  onTheWire("silence", { kind: "silence" }, { alone: /said nothing/u, isSilent: true }),
  onTheWire("10 MB of babble", { kind: "babble" }, { alone: /did not stop/u }),
];

const say = (text: string) => ({ kind: "say", text }) as const;

/** What the model says instead of a translation; the other texts of the request are right. */
const instead = (
  name: string,
  render: (source: string, translation: string) => string,
  alone: RegExp | "managed",
): Trouble => ({
  name,
  alone,
  misbehave: (request, translate, isHit) =>
    say(
      translatedAnswer(request, (text) =>
        isHit(text) ? render(text, translate(text)) : translate(text),
      ),
    ),
});

const withoutMarkers = (text: string) => text.replaceAll(/<\/?\d+\/?>/gu, "");

const OTHER_NUMBERS = /(?<=^\[|"id":)\d+/gmu;

/** One line for two: the model puts the next paragraph into the one before it. */
function merged(answer: string): string {
  try {
    const { segments } = JSON.parse(answer) as { segments: { id: number; text: string }[] };
    const [last, ...before] = segments.reverse();
    const [into, ...others] = before;
    if (last === undefined || into === undefined) return answer;
    const both = { ...into, text: `${into.text} ${last.text}` };
    return JSON.stringify({ segments: [...others.reverse(), both] });
  } catch {
    return answer.replace(/\n(?:\[\d+\] )?(?=[^\n]*$)/u, " ");
  }
}

/** The model. */
const WORDS: readonly Trouble[] = [
  instead("an empty text", () => "", /without an answer|is empty|inline markers/u),
  instead("an echo of the source", (source) => source, /the source is repeated|letters that/u),
  instead("English", () => "He brought a letter and left at once without a word.", /Latin script/u),
  instead("Serbian Latin", () => "Doneo je pismo i odmah otišao bez reči.", /Latin script/u),
  instead("Croatian", () => "Donio je pismo i odmah otišao bez riječi.", /Latin script/u),
  instead(
    "Croatian in Cyrillic",
    () => "Донио је лијепо бијело писмо и увијек послије без ријечи отишао старом чувару.",
    /ijekavian|inline markers/u,
  ),
  instead(
    "a refusal in words",
    () => "Извините, али не могу да преведем овај текст.",
    /the model speaks of itself|inline markers/u,
  ),
  instead("dropped markers", (_, translation) => withoutMarkers(translation), "managed"),
  instead("markers that it made up", (_, translation) => `${translation}<9/>`, "managed"),
  instead(
    "a summary",
    (_, translation) => translation.slice(0, translation.length > 60 ? 12 : 60),
    /far shorter|inline markers/u,
  ),
  instead(
    "added talk",
    (_, translation) => `${translation} `.repeat(translation.length > 60 ? 3 : 1).trim(),
    /circles|far (shorter )?or longer|longer|markers/u,
  ),
  instead("a loop", () => "опет и опет исто ".repeat(400), /repeats itself/u),
  {
    name: "nothing at all",
    misbehave: () => say(""),
    alone: /without an answer/u,
  },
  {
    name: "a refusal by the filter",
    misbehave: () => ({ kind: "say", text: "", finish: "refused" }),
    alone: /refused to answer|without an answer/u,
  },
  {
    name: "an answer that is cut for its length",
    misbehave: (request, translate) => {
      const answer = translatedAnswer(request, translate);
      return { kind: "say", text: answer.slice(0, answer.length / 2), finish: "length" };
    },
    alone: /cut off/u,
  },
  {
    name: "thinking that leaves no room for the answer",
    misbehave: () => ({ kind: "say", text: "", reasoning: "Размишљам. ", finish: "length" }),
    alone: /cut off/u,
  },
  {
    name: "an answer that is cut and called done",
    misbehave: (request, translate) => say(translatedAnswer(request, translate).slice(0, -45)),
  },
  {
    name: "ids that nobody asked for",
    misbehave: (request, translate) =>
      say(translatedAnswer(request, translate).replaceAll(OTHER_NUMBERS, (id) => String(+id + 70))),
    alone: "managed",
  },
  {
    name: "merged paragraphs",
    misbehave: (request, translate) => say(merged(translatedAnswer(request, translate))),
    alone: "managed",
  },
];

/** Everything that may go wrong with a model; each ends in a correct book or in a named flag. */
export const TROUBLES: readonly Trouble[] = [...WIRE, ...WORDS];

/** Whether a request asks for a text with these words. */
export const asksFor = (request: ModelRequest, words: string) => textIn(request).includes(words);
