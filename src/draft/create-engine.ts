import { serbianQuotes } from "../language/quotes.ts";
import { analyse, withoutHomoglyphs } from "./analysis/analyse.ts";
import type { AmbiguousWord } from "./analysis/disambiguation.ts";
import { takeMarkers } from "./analysis/markers.ts";
import { withMarkers } from "./assembly/marked-text.ts";
import { renderSentence } from "./assembly/render.ts";
import type { DraftEngine, DraftExplainer, DraftTranslation } from "./engine.ts";
import type { DraftExplanation } from "./explanation/explanation.ts";
import { SentenceRecorder } from "./explanation/sentence-recorder.ts";
import { deriving } from "./lexicon/deriving.ts";
import { loadLexicon } from "./lexicon/load.ts";
import type { Lexicon } from "./lexicon/lexicon.ts";
import { loadMorphology } from "./morphology/az-morphology.ts";
import type { Morphology } from "./morphology/reading.ts";
import { withNames } from "./names/name-morphology.ts";
import { isName } from "./transfer/nouns.ts";
import { transferSentence, type SentenceTransfer } from "./transfer/sentence-transfer.ts";

/** Goes up whenever a rule changes, so that nothing translated by older rules is taken for new. */
const RULES_VERSION = "6";

/** Counts running words and the unknown ones among them; names are left out. */
class WordCount {
  readonly unknownWords: string[] = [];
  total = 0;

  add({ target, unknown }: SentenceTransfer): void {
    const { words } = target.source;
    for (const [at, { text }] of words.entries()) {
      if (isName(words, at)) continue;
      this.total += 1;
      if (unknown.has(at)) this.unknownWords.push(text);
    }
  }

  get known(): number {
    return this.total - this.unknownWords.length;
  }
}

class RuleBasedEngine implements DraftEngine, DraftExplainer {
  readonly version: string;
  readonly #morphology: Morphology;
  /** What is listed decides between readings; what is derived is only looked up for the chosen one. */
  readonly #listed: Lexicon;
  readonly #derived: Lexicon;

  constructor(lexicon: Lexicon, morphology: Morphology) {
    this.version = `${RULES_VERSION}-${lexicon.version}`;
    this.#listed = lexicon;
    this.#derived = deriving(lexicon);
    this.#morphology = withNames(morphology, lexicon);
  }

  translate(marked: string): DraftTranslation {
    const { plain, markers } = takeMarkers(marked);
    const source = withoutHomoglyphs(plain);
    const count = new WordCount();
    const sentences = analyse(source, this.#morphology, this.#listed, markers);
    const pieces = sentences.flatMap((sentence) => {
      const transfer = transferSentence(sentence, this.#derived);
      count.add(transfer);
      return renderSentence(transfer.target);
    });
    const text = serbianQuotes(withMarkers(pieces, markers));
    const { unknownWords, total, known } = count;
    return { text, unknownWords, words: { total, known } };
  }

  explain(marked: string): DraftExplanation {
    const { plain, markers } = takeMarkers(marked);
    const source = withoutHomoglyphs(plain);
    const offered: (readonly AmbiguousWord[])[] = [];
    const sentences = analyse(source, this.#morphology, this.#listed, markers, (words) => {
      offered.push(words);
    }).map((sentence, at) => {
      const recorder = new SentenceRecorder();
      const transfer = transferSentence(sentence, this.#derived, recorder);
      const serbian = serbianQuotes(withMarkers(renderSentence(transfer.target), []));
      return recorder.explanation(offered[at] ?? [], transfer, serbian);
    });
    const { text, unknownWords } = this.translate(marked);
    return { text, unknownWords, sentences: sentences.filter(({ words }) => words.length > 0) };
  }
}

/**
 * Loads the lexicon and the morphology.
 *
 * @throws Error when the package has not been built or is damaged.
 */
export async function createDraftEngine(): Promise<DraftEngine & DraftExplainer> {
  return new RuleBasedEngine(loadLexicon(), await loadMorphology());
}
