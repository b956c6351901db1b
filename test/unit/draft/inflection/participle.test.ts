import { expect, test } from "vitest";

import { adjectiveForm } from "../../../../src/draft/inflection/adjective.ts";
import {
  activeParticipleEntry,
  passiveParticipleEntry,
} from "../../../../src/draft/inflection/participle.ts";
import type { LexiconEntry } from "../../../../src/draft/lexicon/entry.ts";
import { entryOf } from "./entry-of.ts";

function feminineGenitive(entry: LexiconEntry | undefined): string | undefined {
  const agreement = { gender: "f", count: "sg", animate: false } as const;
  return (
    entry && adjectiveForm(entry, { ...agreement, case: "gen", definite: true, degree: "positive" })
  );
}

test.each([
  ["pisati", "1s=pišem,lp=pisao", "pisane"],
  // Its a does not leave: it is no fleeting one.
  ["izabrati", "1s=izaberem,lp=izabrao", "izabrane"],
  ["doneti", "1s=donesem,lp=doneo,pp=donet", "donete"],
  ["dirnuti neprijatno", "1s=dirnem,lp=dirnuo,pp=dirnut", "dirnute neprijatno"],
  ["izvući napolje", "1s=izvučem,lp=izvukao", "izvučene napolje"],
])("the passive participle of %s declines", (sr, parts, expected) => {
  expect(feminineGenitive(passiveParticipleEntry(entryOf("v", sr, "pf", parts)))).toBe(expected);
});

test("a reflexive verb has a passive participle only if the lexicon gives it", () => {
  const laugh = entryOf("v", "smejati se", "ipf", "1s=smejem,lp=smejao");
  const love = entryOf("v", "zaljubiti se", "pf", "1s=zaljubim,lp=zaljubio,pp=zaljubljen");
  expect(passiveParticipleEntry(laugh)).toBeUndefined();
  expect(feminineGenitive(passiveParticipleEntry(love))).toBe("zaljubljene");
});

test("the active participle of imperfective verbs declines as a soft adjective", () => {
  const sit = activeParticipleEntry(entryOf("v", "sedeti", "ipf", "1s=sedim,lp=sedeo"));
  expect(sit?.sr).toBe("sedeći");
  expect(feminineGenitive(sit)).toBe("sedeće");
});

test("perfective verbs have no active participle", () => {
  const sitDown = entryOf("v", "sesti", "pf", "1s=sednem,lp=seo");
  expect(activeParticipleEntry(sitDown)).toBeUndefined();
});
