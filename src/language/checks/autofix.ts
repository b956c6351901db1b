import { repairHomoglyphs } from "../homoglyphs.ts";
import { serbianQuotes } from "../quotes.ts";
import type { CheckedPair } from "./check.ts";
import { withJoinedDigraphs } from "./digraphs.ts";
import { matchesOf } from "./words.ts";

/** A fault that is mended without asking again. Applied twice it does no more than once. */
export interface Autofix {
  /** The check whose fault it mends. */
  readonly id: string;
  readonly why: string;
  /** The mended translation. Inline markers may stand in both texts and stay as they are. */
  readonly apply: (pair: CheckedPair) => string;
}

const WORD = /[\p{L}\p{M}]+/gu;
const FENCED = /^\s*```[\w-]*[ \t]*\n(?<inside>[\s\S]*?)\n?\s*```\s*$/u;
const THINKING = /^\s*<(?<tag>think|thinking|reasoning)>[\s\S]*?<\/\k<tag>>\s*/iu;
const SHELL_KEYS = ["translation", "text"];

/** The text inside of an answer that is one JSON object with a single text, or undefined. */
function textOfShell(answer: string): string | undefined {
  const trimmed = answer.trim();
  if (!trimmed.startsWith("{") || !trimmed.endsWith("}")) return undefined;
  try {
    const object = JSON.parse(trimmed) as Readonly<Record<string, unknown>>;
    const texts = SHELL_KEYS.map((key) => object[key]).filter((text) => typeof text === "string");
    return texts.length === 1 ? texts[0] : undefined;
  } catch {
    // Not JSON: the braces are text.
    return undefined;
  }
}

function unwrapped({ source, translation }: CheckedPair): string {
  let text = translation;
  for (;;) {
    const before = text;
    if (!THINKING.test(source)) text = text.replace(THINKING, "");
    if (!source.includes("```")) text = FENCED.exec(text)?.groups?.["inside"] ?? text;
    if (!source.trim().startsWith("{")) text = textOfShell(text) ?? text;
    if (text === before) return text;
  }
}

/** Zero width and direction marks; joiners have no business in Cyrillic. Soft hyphens come from scans. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu;
const CONTROL = /[\p{Cc}--[\t\n\r]]/gv;
const WIDE_SPACE = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/gu;

function cleanSpaces({ source, translation }: CheckedPair): string {
  const clean = translation.replaceAll(INVISIBLE, "").replaceAll(CONTROL, "");
  const known = new Set(matchesOf(source, WIDE_SPACE));
  return clean.replaceAll(WIDE_SPACE, (space) => (known.has(space) ? space : " "));
}

const MARKERS = String.raw`(?:\s*<\/?\d{1,6}\/?>)*\s*`;
const SOURCE_DASH = new RegExp(String.raw`^${MARKERS}(?<dash>[—–-])(?<space>\s+|(?=\p{L}|…))`, "u");
const DASHES = new RegExp(String.raw`^(?<before>${MARKERS})(?:[—–‒―-]\s*)+`, "u");
/** Speech in quotation marks instead of after a dash is the translator's choice, and kept. */
const OPENING = new RegExp(String.raw`^(?<before>${MARKERS})(?=[\p{L}…])`, "u");

function withDialogueDash({ source, translation }: CheckedPair): string {
  const expected = SOURCE_DASH.exec(source)?.groups;
  if (expected === undefined) return translation;
  const dash = `${expected["dash"] ?? "—"}${expected["space"] ?? " "}`;
  if (DASHES.test(translation)) return translation.replace(DASHES, `$<before>${dash}`);
  return translation.replace(OPENING, `$<before>${dash}`);
}

/** Marks of other countries; „, “ and ’ are left as they stand. */
const FOREIGN_QUOTES = /[«»"”]/u;

function withSerbianQuotes({ translation }: CheckedPair): string {
  return FOREIGN_QUOTES.test(translation) ? serbianQuotes(translation) : translation;
}

/** In this order: what is wrapped around a text goes first, so that the others see the text alone. */
const AUTOFIXES: readonly Autofix[] = [
  { id: "C34", why: "invisible characters go, wide spaces become spaces", apply: cleanSpaces },
  {
    id: "C43",
    why: "fences, thinking and JSON around the whole answer go",
    apply: (pair) => cleanSpaces({ ...pair, translation: unwrapped(pair) }),
  },
  {
    id: "C05",
    why: "lookalike letters of the other script are exchanged",
    apply: ({ translation }) => translation.replaceAll(WORD, repairHomoglyphs),
  },
  {
    id: "C06",
    why: "лј, нј and дж become љ, њ and џ",
    apply: ({ translation }) => withJoinedDigraphs(translation),
  },
  { id: "C32", why: "the dash of speech is as in the source", apply: withDialogueDash },
  {
    id: "C33",
    why: "quotation marks are „…“",
    apply: withSerbianQuotes,
  },
];

/** The translation after all autofixes. Idempotent. */
export function autofixed(pair: CheckedPair): string {
  return AUTOFIXES.reduce(
    (translation, { apply }) => apply({ ...pair, translation }),
    pair.translation,
  );
}
