import { expect, test } from "vitest";

import type { Case, Gender } from "../../../../src/draft/grammar.ts";
import { numeralForm } from "../../../../src/draft/inflection/numeral.ts";
import { entryOf } from "./entry-of.ts";

const CASES: readonly Case[] = ["nom", "gen", "dat", "acc", "ins", "loc"];

test.each<[string, string, Gender, string]>([
  ["jedan", "", "m", "jedan jednog jednom jedan jednim jednom"],
  ["jedan", "", "f", "jedna jedne jednoj jednu jednom jednoj"],
  ["dva", "f=dve", "m", "dva dvaju dvama dva dvama dvama"],
  ["dva", "f=dve", "f", "dve dveju dvema dve dvema dvema"],
  ["dve", "f=dve", "f", "dve dveju dvema dve dvema dvema"],
  ["oba", "f=obe", "f", "obe obeju obema obe obema obema"],
  ["tri", "", "n", "tri triju trima tri trima trima"],
  ["pet", "", "f", "pet pet pet pet pet pet"],
  ["dvoje", "", "m", "dvoje dvoga dvoma dvoje dvoma dvoma"],
  ["trojica", "gs=trojice,ds=trojici", "m", "trojica trojice trojici trojicu trojicom trojici"],
  ["hiljada", "gs=hiljade,as=hiljadu", "f", "hiljada hiljade hiljadi hiljadu hiljadom hiljadi"],
  ["jedan i po", "f=jedna i po", "f", Array(6).fill("jedna i po").join(" ")],
])("%s (%s) beside a noun in %s: %s", (sr, parts, gender, expected) => {
  const entry = entryOf("num", sr, "-", parts);
  expect(CASES.map((its) => numeralForm(entry, { gender, case: its })).join(" ")).toBe(expected);
});
