import { describe, expect, it } from "vitest";

import { sameMarkers, withoutMarkers } from "../../src/book/markers.ts";
import { segmentsOf } from "../../src/book/reading.ts";
import { openBook } from "../../src/book/source.ts";
import { createDraftEngine } from "../../src/draft/create-engine.ts";
import { mixedScriptWords, russianOnlyLetters } from "../../src/language/alphabet.ts";
import { voteLanguage } from "../../src/language/language-vote.ts";
import { corpusBooks, corpusMissing, corpusPath } from "../support/corpus.ts";
import { textOfBook } from "../support/rewriting.ts";

const engine = corpusMissing ? undefined : await createDraftEngine();

interface Draft {
  readonly texts: readonly string[];
  readonly faults: readonly string[];
  readonly knownShare: number;
}

/** Drafts a whole book and collects what no translation may have. */
async function draftOf(name: string): Promise<Draft> {
  const texts: string[] = [];
  const faults: string[] = [];
  const words = { total: 0, known: 0 };
  for await (const { text, skip } of segmentsOf(await openBook(corpusPath(name)), "ru")) {
    if (skip !== undefined || engine === undefined) continue;
    const draft = engine.translate(text);
    const plain = withoutMarkers(draft.text);
    texts.push(draft.text);
    words.total += draft.words.total;
    words.known += draft.words.known;
    if (!sameMarkers(text, draft.text)) faults.push(`markers: ${text}`);
    if (russianOnlyLetters(plain).length > 0) faults.push(`Russian letters: ${plain}`);
    if (mixedScriptWords(plain).length > 0) faults.push(`mixed scripts: ${plain}`);
  }
  return { texts, faults, knownShare: words.known / words.total };
}

/** The books of the corpus whose text is Russian, whatever they declare. */
async function russianBooks(): Promise<string[]> {
  const found: string[] = [];
  for (const name of corpusBooks()) {
    if (!name.endsWith(".fb2")) continue;
    if (voteLanguage(await textOfBook(corpusPath(name))) === "ru") found.push(name);
  }
  return found;
}

const russian = await russianBooks();

describe.skipIf(corpusMissing)("of the corpus", () => {
  it.each(russian)(
    "%s becomes Serbian without a Russian letter or a mixed word",
    async (name) => {
      expect((await draftOf(name)).faults).toEqual([]);
    },
    60_000,
  );

  it.each(["voskresenie", "ariadna", "anna_na_shee"])(
    "at least 95 %% of the words of %s are known",
    async (name) => {
      expect((await draftOf(`books/${name}.fb2`)).knownShare).toBeGreaterThanOrEqual(0.95);
    },
    60_000,
  );

  it.each(["cp1251", "koi8_r", "iso8859_5", "utf-16-le", "utf-16-be"])(
    "the %s twin of ariadna is translated like the book in UTF-8",
    async (encoding) => {
      const twin = await draftOf(`books/ariadna.${encoding}.fb2`);
      expect(twin.texts).toEqual((await draftOf("books/ariadna.fb2")).texts);
    },
  );
});
