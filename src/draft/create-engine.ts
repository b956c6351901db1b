import { serbianQuotes } from "../language/quotes.ts";
import { analyse, withoutHomoglyphs } from "./analysis/analyse.ts";
import { takeMarkers } from "./analysis/markers.ts";
import { withMarkers, spansOf } from "./assembly/marked-text.ts";
import { renderSentence } from "./assembly/render.ts";
import type { DraftEngine, DraftTranslation } from "./engine.ts";
import { loadLexicon } from "./lexicon/load.ts";
import type { Lexicon } from "./lexicon/lexicon.ts";
import { loadMorphology } from "./morphology/az-morphology.ts";
import type { Morphology } from "./morphology/reading.ts";
import { isName } from "./transfer/nouns.ts";
import { transferSentence } from "./transfer/sentence-transfer.ts";

/** Goes up whenever a rule changes, so that nothing translated by older rules is taken for new. */
const RULES_VERSION = "1";

function translate(marked: string, lexicon: Lexicon, morphology: Morphology): DraftTranslation {
  const { plain, markers } = takeMarkers(marked);
  const unknownWords: string[] = [];
  const counted = { total: 0, known: 0 };
  const sentences = analyse(withoutHomoglyphs(plain), morphology, lexicon, markers).map(
    (sentence) => {
      const { target, unknown } = transferSentence(sentence, lexicon);
      for (const [at, word] of sentence.words.entries()) {
        if (isName(sentence.words, at)) continue;
        counted.total += 1;
        if (unknown.has(at)) unknownWords.push(word.text);
        else counted.known += 1;
      }
      return { sentence, pieces: renderSentence(target) };
    },
  );
  const text = serbianQuotes(withMarkers(spansOf(sentences), markers));
  return { text, unknownWords, words: counted };
}

/**
 * Loads the lexicon and the morphology.
 *
 * @throws Error when the package has not been built or is damaged.
 */
export async function createDraftEngine(): Promise<DraftEngine> {
  const lexicon = loadLexicon();
  const morphology = await loadMorphology();
  return {
    version: `${RULES_VERSION}-${lexicon.version}`,
    translate: (text) => translate(text, lexicon, morphology),
  };
}
