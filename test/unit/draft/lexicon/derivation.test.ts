import { describe, expect, it } from "vitest";

import { derivedEntries } from "../../../../src/draft/lexicon/derivation.ts";
import type { LexicalClass } from "../../../../src/draft/lexicon/entry.ts";
import { lexiconOf } from "./lexicon-of.ts";

const lexicon = lexiconOf(
  "печальный|a|tužan|a|st=tužn,cmp=tužniji|",
  "общий|a|opšti|a||",
  "старческий|a|starački|a||",
  "красивый|a|lep|a|cmp=lepši|",
  "бедный|a|siromašan|a|st=siromašn,cmp=siromašniji|",
  "невинный|a|nevin|a|cmp=neviniji|",
  "дорогой|a|drag|a|cmp=draži|",
  "дорогой|a|skup|a|cmp=skuplji|sense:expensive",
  "частый|a|čest|a|cmp=češći|",
  "петь|v|pevati|ipf|1s=pevam,lp=pevao|",
  "вставать|v|ustajati|ipf|1s=ustajem,lp=ustajao|",
  "искупить|v|iskupiti|pf|1s=iskupim,lp=iskupio,pp=iskupljen|",
  "послать|v|poslati|pf|1s=pošaljem,lp=poslao,pp=poslat|",
  "ограбить|v|opljačkati|pf|1s=opljačkam,lp=opljačkao,pp=opljačkan|",
  "отделять|v|odvajati|ipf|1s=odvajam,lp=odvajao,pp=odvajan|gov:acc",
  "устранять|v|otklanjati|ipf|1s=otklanjam,lp=otklanjao,pp=otklanjan|",
  "спать|v|spavati|ipf|1s=spavam,lp=spavao|",
  "бояться|v|bojati se|ipf|1s=bojim,lp=bojao|",
  "покачивать|v|njihati|ipf|1s=njišem,lp=njihao|gov:ins>ins",
  "покачивать|v|vrteti|ipf|1s=vrtim,lp=vrteo|with:голова",
  "костюм|n|odelo|n|gs=odela|",
  "ком|n|grudva|f|gs=grudve|",
  "переплёт|n|povez|m|gs=poveza|",
  "щётка|n|četka|f|gs=četke|",
  "изба|n|izba|f|gs=izbe|",
  "тётя|n|tetka|f|gs=tetke|",
);

function derived(lemma: string, pos: LexicalClass): string | undefined {
  const [entry] = derivedEntries(lexicon, lemma, pos);
  return entry && entry.sr + (entry.reflexive ? " se" : "");
}

describe("a word that is not listed", () => {
  it.each([
    ["печально", "adv", "tužno"],
    ["обще", "adv", "opšte"],
    ["старчески", "adv", "starački"],
    ["нечастый", "a", "nečest"],
    ["некрасиво", "adv", "nelepo"],
    ["беднейший", "a", "najsiromašniji"],
    ["бедненький", "a", "siromašan"],
    ["печальность", "n", "tužnost"],
    ["вставание", "n", "ustajanje"],
    ["искупление", "n", "iskupljenje"],
    ["покачивание", "n", "njihanje"],
    ["костюмчик", "n", "odelo"],
    ["щеточка", "n", "četka"],
    ["избушка", "n", "izba"],
    ["тетенька", "n", "tetka"],
    ["устраняться", "v", "otklanjati se"],
  ] as const)("%s (%s) is %s", (lemma, pos, sr) => {
    expect(derived(lemma, pos)).toBe(sr);
  });

  it.each([
    ["its base is not listed", "синенький", "a"],
    ["its base has several senses", "недорогой", "a"],
    ["its base applies only under circumstances", "отделяться", "v"],
    ["its base is negated already", "неневинный", "a"],
    ["the stem would change", "общесть", "n"],
    ["the perfective verb forms no such noun", "послание", "n"],
    ["nor does one in -ati", "ограбление", "n"],
    ["the verb has no passive", "спаться", "v"],
    ["it is somebody's trade", "переплетчик", "n"],
    ["the base is too short to be sure", "комик", "n"],
    ["it is another part of speech", "печально", "n"],
  ] as const)("is not derived if %s: %s", (_reason, lemma, pos) => {
    expect(derived(lemma, pos)).toBeUndefined();
  });
});

describe("a derived entry", () => {
  it("has the principal parts of the new word", () => {
    const parts = (lemma: string, pos: LexicalClass) =>
      derivedEntries(lexicon, lemma, pos)[0]?.parts;
    expect(parts("печальность", "n")).toEqual({ gs: "tužnosti", is: "tužnošću" });
    expect(parts("вставание", "n")).toEqual({ gs: "ustajanja" });
    expect(parts("непечальный", "a")).toEqual({ st: "netužn", cmp: "netužniji" });
    expect(parts("беднейший", "a")).toEqual({ st: "najsiromašnij" });
    expect(parts("устраняться", "v")).toEqual({ "1s": "otklanjam", lp: "otklanjao" });
  });

  it("is an entry of the word that was asked for", () => {
    expect(derivedEntries(lexicon, "печально", "adv")).toEqual([
      {
        ru: "печально",
        pos: "adv",
        sr: "tužno",
        reflexive: false,
        class: "adv",
        parts: {},
        use: [],
      },
    ]);
  });
});
