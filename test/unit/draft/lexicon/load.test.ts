import { readdirSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { compactFormOf, keyOf, SortedLines } from "../../../../src/draft/lexicon/compact.ts";
import type { LexicalClass } from "../../../../src/draft/lexicon/entry.ts";
import { lexiconOf } from "../../../../src/draft/lexicon/load.ts";
import { parseLexicon } from "../../../../src/draft/lexicon/parse.ts";

const data = new URL("../../../../src/draft/lexicon/data/", import.meta.url);
const texts = readdirSync(data)
  .sort()
  .map((file) => readFileSync(new URL(file, data), "utf8"));
const compact = compactFormOf(texts);
const lexicon = lexiconOf(compact);

const small = (...lines: readonly string[]) => lexiconOf(compactFormOf(lines));

const renderings = (of: ReturnType<typeof small>, lemma: string, pos: LexicalClass) =>
  of.entriesOf(lemma, pos).map(({ sr }) => sr);

describe("the compact form", () => {
  it("holds every line of the data and no comment", () => {
    const lines = texts.flatMap((text) => text.split("\n")).filter((line) => /^[^#]/u.test(line));
    expect(compact.split("\n").toSorted()).toEqual(lines.toSorted());
  });

  it("keeps the order of lines with the same key", () => {
    const lines = ["дом|n|kuća|f||", "а|conj|a|-||", "дом|n|dom|m||"];
    expect(compactFormOf([lines.join("\n")]).split("\n")).toEqual([lines[1], lines[0], lines[2]]);
  });

  it("is searched by the beginnings of keys", () => {
    const lines = new SortedLines(compactFormOf(["б|n|b|m||", "а|conj|a|-||", "в|prep|u|-||"]));
    expect(lines.startingWith("а|").toArray()).toEqual(["а|conj|a|-||"]);
    expect(lines.startingWith("в").toArray()).toEqual(["в|prep|u|-||"]);
    expect(lines.startingWith("аа").toArray()).toEqual([]);
    expect(lines.startingWith("я").toArray()).toEqual([]);
    expect(new SortedLines("").startingWith("а").toArray()).toEqual([]);
    expect(lines.ofClass("n").toArray()).toEqual(["б|n|b|m||"]);
  });
});

describe("the lexicon", () => {
  it("gives for each lemma what stands in the data, in the same order", () => {
    const entries = texts.flatMap((text) => parseLexicon("data", text));
    const byKey = Map.groupBy(entries, ({ ru, pos }) => keyOf(`${ru}|${pos}|`));
    for (const [key, listed] of byKey) {
      const [lemma = "", pos = ""] = key.split("|");
      expect(lexicon.entriesOf(lemma, pos as LexicalClass)).toEqual(listed);
    }
  });

  it("finds е for ё and ё for е", () => {
    const tree = small("ёлка|n|jelka|f||", "тетка|n|tetka|f||");
    expect(renderings(tree, "елка", "n")).toEqual(["jelka"]);
    expect(renderings(tree, "тётка", "n")).toEqual(["tetka"]);
  });

  it("prefers the entry whose ё was written", () => {
    const all = small("все|pron|svi|-||", "всё|pron|sve|-||");
    expect(renderings(all, "всё", "pron")).toEqual(["sve"]);
    expect(renderings(all, "все", "pron")).toEqual(["svi", "sve"]);
  });

  it("tells parts of speech apart whose names begin alike", () => {
    const words = small("но|part|no|-||", "но|pred|ne|-||", "но|prep|na|-||");
    expect(renderings(words, "но", "part")).toEqual(["no"]);
    expect(renderings(words, "но", "prep")).toEqual(["na"]);
  });

  it("has a word with whatever part of speech, but no phrase", () => {
    const words = small("дом|n|kuća|f||", "а то|phr|inače|-||", "бы|phr|bi|-||");
    expect(words.has("дом")).toBe(true);
    expect(words.has("до")).toBe(false);
    expect(words.has("бы")).toBe(false);
  });

  it("gives nothing for what it does not list", () => {
    expect(lexicon.entriesOf("абракадабра", "n")).toEqual([]);
    expect(lexicon.entriesOf("дом", "v")).toEqual([]);
  });

  it("has a version that changes with any line", () => {
    const version = small("дом|n|kuća|f||").version;
    expect(small("дом|n|dom|m||").version).not.toBe(version);
    expect(small("дом|n|kuća|f||").version).toBe(version);
  });

  it("says what is wrong with a line when its lemma is asked for", () => {
    expect(() => small("дом|n|kuća").entriesOf("дом", "n")).toThrow("expected 6 fields");
  });
});

describe("fixed expressions", () => {
  const phrases = small(
    "в самом деле|phr|zaista|-||",
    "в самом|phr|u samom|-||",
    "всё равно|phr|svejedno|-||",
    "осенью|phr|u jesen|-||",
    "осенью прошлого года|phr|prošle jeseni|-||",
  );

  it("are found where they begin, the longest first", () => {
    const match = phrases.phraseAt(["он", "в", "самом", "деле"], 1);
    expect(match?.length).toBe(3);
    expect(match?.entry.sr).toBe("zaista");
    expect(phrases.phraseAt(["в", "самом", "доме"], 0)?.length).toBe(2);
  });

  it("may be a single word, unless a longer one begins with it", () => {
    expect(phrases.phraseAt(["он", "осенью"], 1)?.entry.sr).toBe("u jesen");
    expect(phrases.phraseAt(["осенью", "прошлого", "лета"], 0)?.length).toBe(1);
    expect(phrases.phraseAt(["осенью", "прошлого", "года"], 0)?.length).toBe(3);
  });

  it("are found with е for ё", () => {
    expect(phrases.phraseAt(["все", "равно"], 0)?.entry.sr).toBe("svejedno");
  });

  it("are not found when words are missing", () => {
    expect(phrases.phraseAt(["он", "в"], 1)).toBeUndefined();
    expect(phrases.phraseAt([], 0)).toBeUndefined();
  });
});
