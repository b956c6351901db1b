import { describe, expect, it } from "vitest";

import type { Case } from "../../../../src/draft/grammar.ts";
import { adjectiveForm } from "../../../../src/draft/inflection/adjective.ts";
import { nounForm } from "../../../../src/draft/inflection/noun.ts";
import { verbForm } from "../../../../src/draft/inflection/verb.ts";
import type { Reading } from "../../../../src/draft/morphology/reading.ts";
import {
  nameEntry,
  unknownAdjectiveEntry,
  unknownAdverbEntry,
  unknownVerbEntry,
} from "../../../../src/draft/names/declension.ts";

const person = (features: Partial<Reading>): Reading => ({
  lemma: "",
  pos: "noun",
  count: "sg",
  animate: true,
  name: "surname",
  known: false,
  score: 1,
  ...features,
});

const MAN = person({ gender: "m" });
const WOMAN = person({ gender: "f" });
const TOWN = person({ animate: false, name: "place" });

const forms = (lemma: string, reading: Reading, cases: readonly Case[]) =>
  cases.map((its) => nounForm(nameEntry(lemma, reading), its, "sg")).join(" ");

describe("an unknown name", () => {
  it.each([
    ["нехлюдов", "nehljudov nehljudova nehljudovu nehljudova nehljudovom"],
    ["достоевский", "dostojevski dostojevskog dostojevskom dostojevskog dostojevskim"],
    ["толстой", "tolstoj tolstoja tolstoju tolstoja tolstojem"],
    ["петр", "petar petra petru petra petrom"],
    ["павел", "pavle pavla pavlu pavla pavlom"],
    ["сергеевич", "sergejevič sergejeviča sergejeviču sergejeviča sergejevičem"],
    ["василий", "vasilij vasilija vasiliju vasilija vasilijem"],
    ["никита", "nikita nikite nikiti nikitu nikitom"],
    ["диккенс", "dikens dikensa dikensu dikensa dikensom"],
    ["гюго", "igo igoa igou igoa igoom"],
    ["гарри", "gari garija gariju garija garijem"],
    ["шевченко", "ševčenko ševčenka ševčenku ševčenka ševčenkom"],
  ])("of a man declines: %s", (lemma, expected) => {
    expect(forms(lemma, MAN, ["nom", "gen", "dat", "acc", "ins"])).toBe(expected);
  });

  it.each([
    ["каренина", "karenjina karenjine karenjinoj karenjinu karenjinom"],
    ["каренин", "karenjina karenjine karenjinoj karenjinu karenjinom"],
    ["толстой", "tolstaja tolstaje tolstajoj tolstaju tolstajom"],
    ["болконская", "bolkonskaja bolkonskaje bolkonskajoj bolkonskaju bolkonskajom"],
    ["ивановна", "ivanovna ivanovne ivanovnoj ivanovnu ivanovnom"],
    ["мария", "marija marije mariji mariju marijom"],
    ["катюша", "katjuša katjuše katjuši katjušu katjušom"],
    ["ольга", "olga olge olgi olgu olgom"],
    ["долли", "doli doli doli doli doli"],
    ["элен", "elen elen elen elen elen"],
  ])("of a woman declines, or stays as it is: %s", (lemma, expected) => {
    expect(forms(lemma, WOMAN, ["nom", "gen", "dat", "acc", "ins"])).toBe(expected);
  });

  it.each([
    ["москва", "f", "moskva moskve moskvi moskvu"],
    ["париж", "m", "pariz pariza parizu pariz"],
    ["казань", "f", "kazanj kazanja kazanju kazanj"],
    ["бородино", "n", "borodino borodina borodinu borodino"],
  ] as const)("of a place declines as a thing: %s", (lemma, gender, expected) => {
    expect(forms(lemma, { ...TOWN, gender }, ["nom", "gen", "dat", "acc"])).toBe(expected);
  });

  it("calls women by the nominative", () => {
    expect(forms("соня", WOMAN, ["voc"])).toBe("sonja");
  });

  it("of a family is a plural", () => {
    const family = nameEntry("ростов", person({ gender: "m", count: "pl" }));
    expect(nounForm(family, "nom", "pl")).toBe("rostovi");
    expect(nounForm(family, "dat", "pl")).toBe("rostovima");
  });
});

describe("an unknown adjective", () => {
  const feminine = { gender: "f", count: "sg", animate: false } as const;
  const features = { ...feminine, case: "gen", definite: true, degree: "positive" } as const;

  it.each([
    ["деревянный", "derevjane"],
    ["фантастический", "fantastičke"],
    ["синего", "sinje"],
    ["новгородскую", "novgorodske"],
  ])("declines, from whatever form it is made: %s", (form, genitive) => {
    expect(adjectiveForm(unknownAdjectiveEntry(form), features)).toBe(genitive);
  });

  it("has a fleeting a in the indefinite form", () => {
    expect(unknownAdjectiveEntry("элегантный").sr).toBe("elegantan");
    expect(unknownAdjectiveEntry("социальный").sr).toBe("socijalan");
  });

  it("of possession is known by its ending", () => {
    expect(unknownAdjectiveEntry("катюшин")).toMatchObject({ sr: "katjušin", class: "poss" });
  });
});

describe("an unknown verb", () => {
  it.each([
    ["протестовать", "ipf", "protestovati", "protestuju", "protestovala"],
    ["абонировать", undefined, "abonirati", "aboniraju", "abonirala"],
    ["подписывать", "ipf", "potpisivati", "potpisuju", "potpisivala"],
    ["шваркнуть", "pf", "švarknuti", "švarknu", "švarknula"],
    ["бубнить", "ipf", "bubniti", "bubne", "bubnila"],
  ] as const)("gets Serbian endings: %s", (lemma, aspect, infinitive, present, past) => {
    const entry = unknownVerbEntry(lemma, {
      lemma,
      pos: "verb",
      known: false,
      score: 1,
      ...(aspect && { aspect }),
    });
    expect(entry.class).toBe(aspect ?? "bi");
    expect(verbForm(entry, { form: "infinitive" })).toBe(infinitive);
    expect(verbForm(entry, { form: "present", person: 3, count: "pl" })).toBe(present);
    expect(verbForm(entry, { form: "l-participle", gender: "f", count: "sg" })).toBe(past);
  });

  it("in -ся is reflexive", () => {
    const entry = unknownVerbEntry("хорохориться", MAN);
    expect(entry).toMatchObject({ sr: "horohoriti", reflexive: true });
  });
});

describe("an unknown adverb", () => {
  it.each([
    ["исторически", "istorički"],
    ["реально", "realno"],
  ])("gets a Serbian ending: %s", (lemma, serbian) => {
    expect(unknownAdverbEntry(lemma).sr).toBe(serbian);
  });
});
