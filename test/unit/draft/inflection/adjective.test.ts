import { describe, expect, test } from "vitest";

import type { Case, Count, Degree, Gender } from "../../../../src/draft/grammar.ts";
import { adjectiveForm, adverbOf } from "../../../../src/draft/inflection/adjective.ts";
import { entryOf } from "./entry-of.ts";

const CASES: readonly Case[] = ["nom", "gen", "dat", "acc", "ins", "loc"];
const NOVEL = entryOf("a", "nov", "a");

interface Place {
  readonly gender?: Gender;
  readonly count?: Count;
  readonly animate?: boolean;
  readonly case?: Case;
  readonly definite?: boolean;
  readonly degree?: Degree;
}

function form(entry: ReturnType<typeof entryOf>, place: Place = {}): string {
  return adjectiveForm(entry, {
    gender: "m",
    count: "sg",
    animate: false,
    case: "nom",
    definite: true,
    degree: "positive",
    ...place,
  });
}

function forms(entry: ReturnType<typeof entryOf>, gender: Gender, count: Count): string {
  return CASES.map((its) => form(entry, { gender, count, case: its })).join(" ");
}

describe("declension", () => {
  test.each([
    ["m", "sg", "novi novog novom novi novim novom"],
    ["f", "sg", "nova nove novoj novu novom novoj"],
    ["n", "sg", "novo novog novom novo novim novom"],
    ["m", "pl", "novi novih novim nove novim novim"],
    ["f", "pl", "nove novih novim nove novim novim"],
    ["n", "pl", "nova novih novim nova novim novim"],
  ] as const)("nov has its endings in %s %s", (gender, count, expected) => {
    expect(forms(NOVEL, gender, count)).toBe(expected);
  });

  test("a soft stem has e for o in masculine and neuter, not in the feminine", () => {
    const hot = entryOf("a", "vruć", "a");
    expect(forms(hot, "n", "sg")).toBe("vruće vrućeg vrućem vruće vrućim vrućem");
    expect(forms(hot, "f", "sg")).toBe("vruća vruće vrućoj vruću vrućom vrućoj");
  });

  test("the indefinite differs in the nominative masculine and the accusative of things", () => {
    expect(form(NOVEL, { definite: false })).toBe("nov");
    expect(form(NOVEL, { definite: false, case: "acc" })).toBe("nov");
    expect(form(NOVEL, { definite: false, case: "gen" })).toBe("novog");
  });

  test("the accusative masculine of what lives is the genitive", () => {
    expect(form(NOVEL, { case: "acc", animate: true })).toBe("novog");
  });

  test.each([
    ["dobar", "st=dobr", "dobri", "dobra"],
    ["smeo", "", "smeli", "smela"],
    ["srpski", "", "srpski", "srpska"],
    ["drugi", "st=drug", "drugi", "druga"],
  ])("%s (%s) has the stem of %s", (sr, parts, masculine, feminine) => {
    const entry = entryOf("a", sr, "a", parts);
    expect(form(entry)).toBe(masculine);
    expect(form(entry, { gender: "f" })).toBe(feminine);
  });

  test.each([
    ["duševno bolestan", "st=duševno bolesn", "duševno bolesna"],
    ["sklon piću", "st=sklon", "sklona piću"],
    ["lepo vaspitan", "", "lepo vaspitana"],
  ])("in %s one word declines", (sr, parts, feminine) => {
    expect(form(entryOf("a", sr, "a", parts), { gender: "f" })).toBe(feminine);
  });

  test("what does not decline stays", () => {
    expect(form(entryOf("a", "od batista", "inv"), { gender: "f", case: "gen" })).toBe(
      "od batista",
    );
  });
});

describe("pronouns in adjective use", () => {
  test.each([
    ["taj", "a", "st=t", "taj tog tom taj tim tom", "ta te toj tu tom toj"],
    ["ovaj", "a", "st=ov", "ovaj ovog ovom ovaj ovim ovom", "ova ove ovoj ovu ovom ovoj"],
    ["moj", "poss", "", "moj mog mom moj mojim mom", "moja moje mojoj moju mojom mojoj"],
    ["naš", "poss", "", "naš našeg našem naš našim našem", "naša naše našoj našu našom našoj"],
    [
      "njen",
      "poss",
      "",
      "njen njenog njenom njen njenim njenom",
      "njena njene njenoj njenu njenom njenoj",
    ],
    [
      "koji",
      "a",
      "st=koj",
      "koji kojeg kojem koji kojim kojem",
      "koja koje kojoj koju kojom kojoj",
    ],
    ["sav", "a", "st=sv,n=sve", "sav svega svemu sav svim svemu", "sva sve svoj svu svom svoj"],
    [
      "takav",
      "a",
      "st=takv",
      "takav takvog takvom takav takvim takvom",
      "takva takve takvoj takvu takvom takvoj",
    ],
    [
      "jedan",
      "a",
      "st=jedn",
      "jedan jednog jednom jedan jednim jednom",
      "jedna jedne jednoj jednu jednom jednoj",
    ],
  ])("%s (%s, %s) declines", (sr, className, parts, masculine, feminine) => {
    const entry = entryOf("a", sr, className, parts);
    expect(forms(entry, "m", "sg")).toBe(masculine);
    expect(forms(entry, "f", "sg")).toBe(feminine);
  });

  test("sav is soft in the neuter alone", () => {
    const all = entryOf("a", "sav", "a", "st=sv,n=sve");
    expect(form(all, { gender: "n", case: "acc" })).toBe("sve");
    expect(form(all, { gender: "n", count: "pl" })).toBe("sva");
  });
});

describe("comparison", () => {
  test.each([
    ["nov", "", "noviji"],
    ["dobar", "st=dobr", "bolji"],
    ["velik", "", "veći"],
    ["visok", "", "viši"],
    ["dubok", "", "dublji"],
    ["lak", "", "lakši"],
    ["brz", "", "brži"],
    ["mlad", "", "mlađi"],
    ["jak", "", "jači"],
    ["gust", "", "gušći"],
    ["sladak", "st=slatk", "slađi"],
    ["veseo", "", "veseliji"],
    ["tužan", "st=tužn,cmp=tužniji", "tužniji"],
  ])("%s (%s) has the comparative %s by rule or from the lexicon", (sr, parts, comparative) => {
    const entry = entryOf("a", sr, "a", parts);
    expect(form(entry, { degree: "comparative" })).toBe(comparative);
    expect(form(entry, { degree: "superlative" })).toBe(`naj${comparative}`);
  });

  test("comparatives are soft whatever they end in", () => {
    const evil = entryOf("a", "zao", "a", "st=zl,cmp=gori");
    expect(form(evil, { degree: "comparative", case: "gen" })).toBe("goreg");
    expect(form(evil, { degree: "comparative", gender: "n" })).toBe("gore");
  });

  test("adjectives of relation are compared by više and najviše", () => {
    const serbian = entryOf("a", "srpski", "a");
    expect(form(serbian, { degree: "comparative", gender: "f" })).toBe("više srpska");
    expect(form(serbian, { degree: "superlative" })).toBe("najviše srpski");
  });
});

test.each([
  ["lep", "cmp=lepši", "lepo lepše najlepše"],
  ["vruć", "", "vruće vrućije najvrućije"],
  ["dobar", "st=dobr", "dobro bolje najbolje"],
  ["srpski", "", "srpski više srpski najviše srpski"],
])("%s (%s) has the adverbs %s", (sr, parts, expected) => {
  const entry = entryOf("a", sr, "a", parts);
  const degrees = ["positive", "comparative", "superlative"] as const;
  expect(degrees.map((degree) => adverbOf(entry, degree)).join(" ")).toBe(expected);
});
