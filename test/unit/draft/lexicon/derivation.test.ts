import { describe, expect, it } from "vitest";

import { nounForm } from "../../../../src/draft/inflection/noun.ts";
import { compactFormOf } from "../../../../src/draft/lexicon/compact.ts";
import { DERIVATION_RULES, derivedEntries } from "../../../../src/draft/lexicon/derivation.ts";
import type { LexicalClass } from "../../../../src/draft/lexicon/entry.ts";
import { lexiconOf } from "../../../../src/draft/lexicon/load.ts";

const LEXICON = lexiconOf(
  compactFormOf([
    "арестант|n|robijaš|ma|gs=robijaša|",
    "вера|n|vera|f|gs=vere,ds=veri|name",
    "весенний|a|prolećni|a|st=prolećn|",
    "воспитатель|n|vaspitač|ma|gs=vaspitača|",
    "дорогой|a|drag|a|st=drag|",
    "докладчик|n|izvestilac|ma|gs=izvestioca|",
    "доклад|n|izveštaj|m|gs=izveštaja|",
    "изба|n|izba|f|gs=izbe|",
    "искупить|v|iskupiti|pf|1s=iskupim,pp=iskupljen|",
    "красный|a|crven|a|st=crven,cmp=crveniji|",
    "круг|n|krug|m|gs=kruga|",
    "насмехаться|v|rugati se|ipf|1s=rugam,pp=rugan|",
    "оградить|v|ograditi|pf|1s=ogradim,pp=ograđen|",
    "отбыть|v|otputovati|pf|1s=otputujem|",
    "отравить|v|otrovati|pf|1s=otrujem,pp=otrovan|",
    "охотно|adv|rado|-||",
    "перекладывать|v|premeštati|ipf|1s=premeštam,pp=premeštan|",
    "преступник|n|prestupnik|ma|gs=prestupnika,np=prestupnici|",
    "причислить|v|pribrojiti|pf|1s=pribrojim|",
    "разграбить|v|opljačkati|pf|1s=opljačkam|",
    "русский|a|ruski|a|st=rusk|",
    "сарафан|n|sarafan|m|gs=sarafana|",
    "свалить|v|oboriti|pf|1s=oborim|",
    "складка|n|nabor|m|gs=nabora|",
    "студент|n|student|ma|gs=studenta|",
    "темный|a|taman|a|st=tamn,cmp=tamniji|",
    "убить|v|ubiti|pf|1s=ubijem,pp=ubijen|",
    "щедрый|a|darežljiv|a|st=darežljiv|",
  ]),
);

const renderings = (lemma: string, pos: LexicalClass) =>
  derivedEntries(LEXICON, lemma, pos).map(({ sr }) => sr);

describe("a word that is not listed", () => {
  it.each([
    ["щедро", "adv", "darežljivo"],
    ["по-русски", "adv", undefined],
    ["по-весеннему", "adv", "na prolećni način"],
    ["щедрость", "n", "darežljivost"],
    ["темность", "n", "tamnost"],
    ["перекладывание", "n", "premeštanje"],
    ["искупление", "n", "iskupljenje"],
    ["ограждение", "n", "ograđenje"],
    ["преступница", "n", "prestupnica"],
    ["воспитательница", "n", "vaspitačica"],
    ["студентка", "n", "studentkinja"],
    ["складочка", "n", "nabor"],
    ["избушка", "n", "izba"],
    ["сарафанчик", "n", "sarafan"],
    ["полукруг", "n", "polukrug"],
    ["нетемный", "a", "netaman"],
    ["неохотно", "adv", "nerado"],
    ["красненький", "a", "crven"],
    ["отбывать", "v", "otputovati"],
    ["сваливать", "v", "oboriti"],
    ["причислять", "v", "pribrojiti"],
    ["разграблять", "v", "opljačkati"],
  ] as const)("follows from its base: %s", (lemma, pos, expected) => {
    expect(renderings(lemma, pos)).toEqual(expected === undefined ? [] : [expected]);
  });

  it("inflects as a word of its own", () => {
    const [generosity] = derivedEntries(LEXICON, "щедрость", "n");
    const [atonement] = derivedEntries(LEXICON, "искупление", "n");
    const [woman] = derivedEntries(LEXICON, "преступница", "n");
    expect(generosity && nounForm(generosity, "ins", "sg")).toBe("darežljivošću");
    expect(atonement && nounForm(atonement, "gen", "sg")).toBe("iskupljenja");
    expect(woman && nounForm(woman, "gen", "pl")).toBe("prestupnica");
  });

  it("carries its prefix in every part", () => {
    const [entry] = derivedEntries(LEXICON, "нетемный", "a");
    expect(entry?.parts).toEqual({ st: "netamn", cmp: "netamniji" });
    expect(entry?.ru).toBe("нетемный");
  });

  it.each([
    ["a name", "верка", "n"],
    ["a short adjective, whose opposite is another word", "недорогой", "a"],
    ["a reflexive verb", "насмехание", "n"],
    ["an adjective in -ski", "русскость", "n"],
    ["a person taken for a small thing", "студентик", "n"],
    ["a word with another part of speech", "щедрость", "a"],
    ["nothing that is listed", "абракадабрик", "n"],
  ] as const)("does not follow from %s", (_, lemma, pos) => {
    expect(renderings(lemma, pos)).toEqual([]);
  });
});

describe("the rules of derivation", () => {
  it("each have a name of their own", () => {
    const names = DERIVATION_RULES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(DERIVATION_RULES)("lead from the example to its base: $example", (rule) => {
    const [word = "", base = ""] = rule.example.split(/[,:] /u);
    const rest = word.replace(rule.pattern, "");
    expect(rule.bases.map((ending) => rest + ending)).toContain(base);
  });
});
