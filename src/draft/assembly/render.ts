import { serbianWordToCyrillic } from "../../language/cyrillic.ts";
import type { TargetSentence } from "../transfer/target-sentence.ts";
import { opensSentence, withInitialCapital } from "./capitals.ts";
import { mergedSeparator, withDatePoint, withSerbianOrdinals } from "./separators.ts";

/** A piece of the translation. */
export interface RenderedPiece {
  readonly kind: "word" | "clitic" | "separator";
  readonly text: string;
  /** Offsets in the plain source of what stands behind it; undefined for what was made anew. */
  readonly source: { readonly start: number; readonly end: number } | undefined;
}

const LATIN_END = /[\p{Script=Latin}]\p{M}*$/u;
const LATIN_SMALL_END = /\p{Script=Latin}{2}[\p{Script=Latin}&&\p{Ll}]$/v;
const LATIN_START = /^\p{M}*\p{Script=Latin}/u;
const FOREIGN = /[^\p{Script=Latin}\p{M}]/u;

function toCyrillic(word: string): string {
  return word
    .split(/([^\p{L}\p{M}]+)/u)
    .map((part) => (part === "" || FOREIGN.test(part) ? part : serbianWordToCyrillic(part)))
    .join("");
}

/** RousseauВсе: a capital behind Latin letters begins a word of its own. */
function lostItsSpace(target: TargetSentence, at: number): boolean {
  const word = target.source.words[at];
  return word?.capitals === "initial" && LATIN_SMALL_END.test(word.before);
}

/** Whether Latin letters touch the word: it then stays in their script, so that no word mixes two. */
function isGlued(target: TargetSentence, at: number): boolean {
  const { words, after } = target.source;
  const next = words[at + 1]?.before ?? after;
  const followsLatin = LATIN_END.test(words[at]?.before ?? "") && !lostItsSpace(target, at);
  return followsLatin || LATIN_START.test(next);
}

/** Words of a slot with the capitals of its source word. */
function capitalised(
  target: TargetSentence,
  at: number,
  text: string,
  startsPlace: boolean,
): string {
  const word = target.source.words[at];
  if (word === undefined || text === "") return text;
  if (word.capitals === "all" && word.text.length > 1) return text.toUpperCase();
  const isName = word.capitals === "initial" && !opensSentence(word, at);
  const keepsCapital = isName || (word.capitals === "initial" && word.reading.name !== undefined);
  return startsPlace || keepsCapital ? withInitialCapital(text) : text;
}

/** Whether what comes next opens a sentence whose first source word had a capital. */
function capitalDue(target: TargetSentence, at: number): boolean {
  const word = target.source.words[at];
  return word !== undefined && word.capitals !== "none" && opensSentence(word, at);
}

/** A separator; it knows its source where it is the very text that stood before the word. */
function separatorPiece(target: TargetSentence, at: number, text: string): RenderedPiece {
  const word = target.source.words[at];
  const isVerbatim = word !== undefined && text === word.before;
  const source = isVerbatim ? { start: word.start - text.length, end: word.start } : undefined;
  const dated = withDatePoint(withSerbianOrdinals(text), word?.reading);
  return { kind: "separator", text: dated, source };
}

function wordPiece(target: TargetSentence, at: number, text: string): RenderedPiece {
  const word = target.source.words[at];
  const source = word && { start: word.start, end: word.start + word.text.length };
  return { kind: "word", text: isGlued(target, at) ? text : toCyrillic(text), source };
}

/**
 * Puts the slots of a sentence together: separators merge where words vanished, clitics follow their
 * hosts, capitals go to the word that now opens the sentence, and Latin becomes Cyrillic.
 */
export function renderSentence(target: TargetSentence): RenderedPiece[] {
  const pieces: RenderedPiece[] = [];
  const { words, after } = target.source;
  let separator: string | undefined;
  let due = false;
  for (let at = 0; at < words.length; at += 1) {
    const written = target.separatorBefore(at);
    const before = lostItsSpace(target, at) ? `${written} ` : written;
    separator = separator === undefined ? before : mergedSeparator(separator, before);
    due ||= capitalDue(target, at);
    const clitics = target.cliticsAt(at);
    if (target.isEmpty(at) && clitics.length === 0) continue;
    pieces.push(separatorPiece(target, at, separator));
    separator = undefined;
    pieces.push(wordPiece(target, at, capitalised(target, at, target.wordsAt(at).join(" "), due)));
    due = false;
    for (const clitic of clitics) {
      pieces.push({ kind: "clitic", text: ` ${toCyrillic(clitic)}`, source: undefined });
    }
  }
  pieces.push(lastPiece(target, separator, after));
  return pieces;
}

function lastPiece(
  target: TargetSentence,
  separator: string | undefined,
  after: string,
): RenderedPiece {
  const text = separator === undefined ? after : mergedSeparator(separator, after);
  const last = target.source.words.at(-1);
  const start = last === undefined ? 0 : last.start + last.text.length;
  const source = separator === undefined ? { start, end: start + after.length } : undefined;
  return { kind: "separator", text: withSerbianOrdinals(text), source };
}
