import { expect, test } from "vitest";

import type { Case } from "../../../../src/draft/grammar.ts";
import {
  accusativeClitics,
  pronounClitic,
  pronounForm,
} from "../../../../src/draft/inflection/pronoun.ts";
import { entryOf, named } from "./entry-of.ts";

const CASES: readonly Case[] = ["nom", "gen", "dat", "acc", "ins", "loc"];

const SHE = entryOf(
  "pron",
  "ona",
  "-",
  "gs=nje,ds=njoj,as=nju,is=njom,ls=njoj,cl-g=je,cl-d=joj,cl-a=je",
);
const I = entryOf(
  "pron",
  "ja",
  "-",
  "gs=mene,ds=meni,as=mene,is=mnom,ls=meni,cl-g=me,cl-d=mi,cl-a=me",
);

test.each(
  named([
    [I, "ja mene meni mene mnom meni"],
    [SHE, "ona nje njoj nju njom njoj"],
    // Parts that are missing follow from the genitive.
    [entryOf("pron", "ništa", "-", "gs=ničega"), "ništa ničega ničemu ništa ničim ničemu"],
    [entryOf("pron", "svi", "-", "gs=svih,gp=svih,dp=svima"), "svi svih svima sve svima svima"],
    [entryOf("pron", "ostalo", "-", "gs=ostalog"), "ostalo ostalog ostalom ostalo ostalim ostalom"],
    [entryOf("pron", "svaka", "-", "gs=svake,as=svaku"), "svaka svake svakoj svaku svakom svakoj"],
    [entryOf("pron", "nema šta", "-"), "nema šta nema šta nema šta nema šta nema šta nema šta"],
  ]),
)("%s has its full forms", (_sr, entry, expected) => {
  expect(CASES.map((its) => pronounForm(entry, its)).join(" ")).toBe(expected);
});

test("clitics stand in the genitive, dative and accusative only", () => {
  expect(CASES.map((its) => pronounClitic(I, its))).toEqual([
    undefined,
    "me",
    "mi",
    "me",
    undefined,
    undefined,
  ]);
});

test("the accusative of ona has a second clitic for the place before je", () => {
  expect(accusativeClitics(SHE)).toEqual(["je", "ju"]);
  expect(accusativeClitics(I)).toEqual(["me"]);
  expect(accusativeClitics(entryOf("pron", "ko", "-", "gs=koga"))).toEqual([]);
});
