import { serbianWordToCyrillic } from "../../language/cyrillic.ts";
import type { TargetSentence } from "../transfer/target-sentence.ts";
import { opensSentence, withInitialCapital } from "./capitals.ts";
import { mergedSeparator } from "./separators.ts";

/** A piece of the translation: text, and the source word that it came from. */
export interface RenderedPiece {
  readonly text: string;
  /** Place of the source word in its sentence; undefined for separators and clitics. */
  readonly word: number | undefined;
}

const FOREIGN = /[^\p{Script=Latin}\p{M}]/u;

function toCyrillic(word: string): string {
  return word
    .split(/([^\p{L}\p{M}]+)/u)
    .map((part) => (part === "" || FOREIGN.test(part) ? part : serbianWordToCyrillic(part)))
    .join("");
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
    const before = target.separatorBefore(at);
    separator = separator === undefined ? before : mergedSeparator(separator, before);
    due ||= capitalDue(target, at);
    const clitics = target.cliticsAt(at);
    if (target.isEmpty(at) && clitics.length === 0) continue;
    pieces.push({ text: separator, word: undefined });
    separator = undefined;
    const text = capitalised(target, at, target.wordsAt(at).join(" "), due);
    pieces.push({ text: toCyrillic(text), word: at });
    due = false;
    for (const clitic of clitics) pieces.push({ text: ` ${toCyrillic(clitic)}`, word: undefined });
  }
  const rest = separator === undefined ? after : mergedSeparator(separator, after);
  pieces.push({ text: rest, word: undefined });
  return pieces;
}
