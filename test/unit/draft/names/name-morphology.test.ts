import { describe, expect, it } from "vitest";

import { compactFormOf } from "../../../../src/draft/lexicon/compact.ts";
import { lexiconOf } from "../../../../src/draft/lexicon/load.ts";
import type { Morphology, Reading } from "../../../../src/draft/morphology/reading.ts";
import { withNames } from "../../../../src/draft/names/name-morphology.ts";
import { NAME_PARADIGMS, nameForms } from "../../../../src/draft/names/name-paradigms.ts";

const LEXICON = lexiconOf(
  compactFormOf([
    "анна|n|ana|f|gs=ane,ds=ani|name",
    "вера|n|vera|f|gs=vere|",
    "вера|n|vera|f|gs=vere,ds=veri|name",
    "дмитрий|n|dmitrij|ma|gs=dmitrija|name",
    "иван|n|ivan|ma|gs=ivana|name",
    "лев|n|lav|ma|gs=lava|",
    "лев|n|lav|ma|gs=lava|name",
    "москва|n|moskva|f|gs=moskve|name",
    "никита|n|nikita|ma-a|gs=nikite|name",
    "петербург|n|petrograd|m|gs=petrograda|name",
    "сергей|n|sergej|ma|gs=sergeja|name",
    "стол|n|sto|m|gs=stola|",
    "толстой|n|tolstoj|ma|gs=tolstoja|name",
  ]),
);

/** Knows a few words; guesses that all others are verbs. */
const COMMON: Morphology = {
  readingsOf: (word): readonly Reading[] => {
    const form = word.toLowerCase();
    const known = { pos: "noun", known: true, score: 1 } as const;
    if (form === "домов") return [{ ...known, lemma: "дом", case: "gen", count: "pl" }];
    if (form === "камин") return [{ ...known, lemma: "камин", case: "nom", count: "sg" }];
    return [{ lemma: `${form}ть`, pos: "verb", known: false, score: 1 }];
  },
};

const morphology = withNames(COMMON, LEXICON);
const namesIn = (word: string) =>
  morphology
    .readingsOf(word)
    .filter(({ name }) => name !== undefined)
    .map(({ lemma, case: its, gender }) => [lemma, its, gender ?? "-"].join(" "));

describe("a capitalised word", () => {
  it.each([
    ["Ивану", "иван dat m"],
    ["Анны", "анна gen f"],
    ["Анне", "анна dat f"],
    ["Дмитрия", "дмитрий gen m"],
    ["Сергеем", "сергей ins m"],
    ["Никитой", "никита ins m"],
    ["Льва", "лев gen m"],
    ["Толстого", "толстой gen m"],
    ["Москвою", "москва ins f"],
  ])("is read as a form of a listed name: %s", (word, reading) => {
    expect(namesIn(word)).toContain(reading);
  });

  it.each([
    ["Нехлюдовым", "нехлюдов ins m"],
    ["Нехлюдовой", "нехлюдова dat f"],
    ["Болконскую", "болконская acc f"],
    ["Щербацкие", "щербацкий nom -"],
    ["Ростовых", "ростов gen -"],
    ["Фёдоровичу", "федорович dat m"],
    ["Ильинична", "ильинична nom f"],
  ])("is known for a surname or a patronymic by its ending: %s", (word, reading) => {
    expect(namesIn(word)).toContain(reading);
  });

  it("is no surname if it is a common word", () => {
    expect(namesIn("Камин")).toEqual([]);
  });

  it("is perhaps a surname if it is a common word in the genitive plural alone", () => {
    expect(namesIn("Домов")).toEqual(["домов nom m"]);
  });

  it("has the nominative for the accusative if it is a place", () => {
    expect(namesIn("Петербург")).toEqual(["петербург nom m", "петербург acc m"]);
    expect(namesIn("Петербурга")).toEqual(["петербург gen m"]);
  });

  it("is read in readings whose likelihoods add up to 1", () => {
    for (const word of ["Анны", "Нехлюдова", "Домов", "Абвгд"]) {
      const total = morphology.readingsOf(word).reduce((sum, { score }) => sum + score, 0);
      expect(total).toBeCloseTo(1);
    }
  });
});

describe("a word in small letters", () => {
  it("is never a name", () => {
    expect(namesIn("иваном")).toEqual([]);
  });
});

describe("the paradigms of names", () => {
  it.each(NAME_PARADIGMS)("fit the name that stands as their example: $example", (its) => {
    const [example = ""] = its.example.toLowerCase().split(",");
    const fits = nameForms().some(
      ({ paradigm, ending, case: grammaticalCase }) =>
        paradigm === its &&
        grammaticalCase === "nom" &&
        example.endsWith(ending) &&
        its.stem.test(example.slice(0, example.length - ending.length)),
    );
    expect(fits).toBe(true);
  });
});
