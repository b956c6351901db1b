/** A word of running text, before anything is known of it. */
export interface RawWord {
  readonly text: string;
  readonly start: number;
  /** What stands between the word before and this one. */
  readonly before: string;
}

export interface RawSentence {
  readonly words: readonly RawWord[];
  /** What follows the last word, with the white space up to the next sentence. */
  readonly after: string;
}

/** Cyrillic letters with their accents; hyphens and apostrophes join. */
const WORD = String.raw`\p{Script=Cyrillic}\p{M}*(?:[-’']?\p{Script=Cyrillic}\p{M}*)*`;
/** 28-го: the ending of an ordinal in digits is no word. */
const ORDINAL_ENDING = String.raw`(?<=\d[-–]?)\p{Script=Cyrillic}{1,3}(?![\p{L}\p{M}])`;
const TOKEN = new RegExp(`${ORDINAL_ENDING}|(?<word>${WORD})`, "gu");

/** What ends a sentence, with the closing marks that belong to it. */
const SENTENCE_END = /[.!?…]+["»”“’)\]]*(?=\s|$)/u;

/** Short forms whose point ends no sentence. */
const ABBREVIATIONS = new Set(
  "г гг т тт д др пр см ср стр гл им св о р руб коп кн гр ул пл наст мн напр вв м л б м-р г-н г-жа".split(
    " ",
  ),
);

/** Whether a sentence ends in `between`, which stands after `word` and before `next`. */
function endsSentence(word: string, between: string, next: string): boolean {
  if (between.includes("\n\n")) return true;
  if (!SENTENCE_END.test(between)) return false;
  const startsNew = next.charAt(0) !== next.charAt(0).toLowerCase();
  if (!startsNew) return false;
  const isPoint = between.trimStart().startsWith(".") && !between.includes("..");
  const isInitial = word.length === 1 && word !== word.toLowerCase();
  return !(isPoint && (isInitial || ABBREVIATIONS.has(word.toLowerCase())));
}

/** Where, in what stands between two sentences, the second one begins. */
function sentenceStart(between: string): number {
  const end = SENTENCE_END.exec(between);
  if (end === null) return between.lastIndexOf("\n") + 1;
  const rest = between.slice(end.index + end[0].length);
  return end.index + end[0].length + (/^\s*/u.exec(rest)?.[0].length ?? 0);
}

/**
 * Cuts plain Russian text into sentences and words. Nothing is lost: all `before`, `text` and `after`
 * put together are the text.
 */
export function readText(text: string): RawSentence[] {
  const sentences: RawSentence[] = [];
  let words: RawWord[] = [];
  let last = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.groups?.["word"] === undefined) continue;
    const previous = words.at(-1);
    let before = text.slice(last, match.index);
    if (previous && endsSentence(previous.text, before, match[0])) {
      const cut = sentenceStart(before);
      sentences.push({ words, after: before.slice(0, cut) });
      before = before.slice(cut);
      words = [];
    }
    words.push({ text: match[0], start: match.index, before });
    last = match.index + match[0].length;
  }
  sentences.push({ words, after: text.slice(last) });
  return sentences;
}
