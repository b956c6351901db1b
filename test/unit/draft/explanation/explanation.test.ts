import { describe, expect, it } from "vitest";

import { createDraftEngine } from "../../../../src/draft/create-engine.ts";
import { selectorText } from "../../../../src/draft/explanation/selector-text.ts";
import { parseLexiconLine } from "../../../../src/draft/lexicon/parse.ts";
import { TRANSFER_RULES } from "../../../../src/draft/transfer/transfer-rules.ts";

const engine = await createDraftEngine();

describe("a rule of the transfer is heard in its example", () => {
  it.each(Object.entries(TRANSFER_RULES))("%s: %s", (name, example) => {
    const rules = engine.explain(example).sentences.flatMap((sentence) => sentence.rules);
    expect(rules.map((rule) => rule.name)).toContain(name);
  });
});

describe("an explanation", () => {
  it("gives the translation that the engine gives", () => {
    const text = "Князь <1>Нехлюдов</1> вошёл. «Где ты была?» — спросил он.<2/>";
    expect(engine.explain(text).text).toBe(engine.translate(text).text);
  });

  it("tells for a chosen reading which rules spoke for it, and for the others against them", () => {
    const words = engine.explain("Он вошёл в комнату.").sentences[0]?.words ?? [];
    const room = words.find(({ text }) => text === "комнату");
    expect(room?.chosen.reading).toMatchObject({ lemma: "комната", case: "acc" });
    expect(room?.chosen.rules.map(({ name }) => name)).toContain(
      "a preposition governs the case of what follows",
    );
    const steel = engine.explain("Они стали читать.").sentences[0]?.words[1];
    expect(steel?.others.map(({ reading }) => reading.lemma)).toContain("сталь");
  });

  it("tells the entry that was chosen with its selectors", () => {
    const words = engine.explain("Он прыгнул в окно.").sentences[0]?.words ?? [];
    expect(words[2]?.entries).toContainEqual({
      ru: "в",
      pos: "prep",
      sr: "kroz",
      selectors: ["gov:acc", "with:окно"],
    });
    expect(words[2]?.offeredEntries).toBeGreaterThan(2);
  });

  it("tells noun groups with the case that they have and get", () => {
    const clauses = engine.explain("Она ждала весны.").sentences[0]?.clauses;
    expect(clauses?.[0]?.groups).toContainEqual({ text: "весны", case: "gen", serbianCase: "acc" });
  });

  it("tells where the clitics stand", () => {
    const words = engine.explain("Старая женщина засмеялась.").sentences[0]?.words ?? [];
    expect(words.map(({ clitics }) => clitics)).toEqual([[], ["се"], []]);
  });

  it("names the words that the lexicon does not hold", () => {
    const { unknownWords, sentences } = engine.explain("Мальчик читал фубаркузю.");
    expect(unknownWords).toEqual(["фубаркузю"]);
    expect(sentences[0]?.words.map(({ unknown }) => unknown)).toEqual([false, false, true]);
  });
});

describe("a selector is shown as the data files have it", () => {
  it.each([
    "gov:acc>dat",
    "gov:gen",
    "gov:ins>na+acc",
    "prep:на+acc>u+acc",
    "prep:с+ins",
    "with:окно",
    "pl",
    "neg",
    "name",
    "subj:anim",
    "subj:inan",
    "sense:a gloss, with a comma",
  ])("%s", (text) => {
    const { use } = parseLexiconLine(`слово|v|reč|-||${text}`);
    expect(use.map(selectorText)).toEqual([text]);
  });
});
