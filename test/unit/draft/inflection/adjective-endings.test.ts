import { expect, test } from "vitest";

import { adjectiveForm } from "../../../../src/draft/inflection/adjective.ts";
import { entryOf } from "./entry-of.ts";

const PLACE = { count: "sg", animate: false, definite: true, degree: "positive" } as const;

test.each([
  // -o was l
  ["zao", "st=zl", "zli", "zlo", "zlog", "zla"],
  ["okrugao", "st=okrugl", "okrugli", "okruglo", "okruglog", "okrugla"],
  ["veseo", "", "veseli", "veselo", "veselog", "vesela"],
  ["debeo", "", "debeli", "debelo", "debelog", "debela"],
  // soft
  ["božji", "", "božji", "božje", "božjeg", "božja"],
  ["mačji", "", "mačji", "mačje", "mačjeg", "mačja"],
  ["opšti", "", "opšti", "opšte", "opšteg", "opšta"],
  ["lenj", "", "lenji", "lenje", "lenjeg", "lenja"],
  // št, but hard
  ["vešt", "", "vešti", "vešto", "veštog", "vešta"],
  ["nevešt", "", "nevešti", "nevešto", "neveštog", "nevešta"],
  ["tašt", "", "tašti", "tašto", "taštog", "tašta"],
])("%s (%s) is hard or soft by its stem: %s, %s, %s, %s", (sr, parts, ...expected) => {
  const entry = entryOf("a", sr, "a", parts);
  const forms = [
    adjectiveForm(entry, { ...PLACE, gender: "m", case: "nom" }),
    adjectiveForm(entry, { ...PLACE, gender: "n", case: "nom" }),
    adjectiveForm(entry, { ...PLACE, gender: "m", case: "gen" }),
    adjectiveForm(entry, { ...PLACE, gender: "f", case: "nom" }),
  ];
  expect(forms).toEqual(expected);
});
