import { describe, expect, it } from "vitest";

import type { Case } from "../../../../src/draft/grammar.ts";
import { nounAgreement, nounForm } from "../../../../src/draft/inflection/noun.ts";
import { parseLexiconLine } from "../../../../src/draft/lexicon/parse.ts";

const CASES: readonly Case[] = ["nom", "gen", "dat", "acc", "voc", "ins", "loc"];

const formsOf = (line: string, count: "sg" | "pl") => {
  const entry = parseLexiconLine(line);
  return CASES.map((its) => nounForm(entry, its, count)).join(" ");
};

const DECLENSIONS: readonly (readonly [what: string, line: string, sg: string, pl: string])[] = [
  [
    "a suppletive plural",
    "человек|n|čovek|ma|gs=čoveka,np=ljudi,gp=ljudi,dp=ljudima,vs=čoveče|",
    "čovek čoveka čoveku čoveka čoveče čovekom čoveku",
    "ljudi ljudi ljudima ljude ljudi ljudima ljudima",
  ],
  [
    "sibilants before i, and a genitive in -u",
    "рука|n|ruka|f|gs=ruke,ds=ruci,gp=ruku|",
    "ruka ruke ruci ruku ruko rukom ruci",
    "ruke ruku rukama ruke ruke rukama rukama",
  ],
  [
    "a fleeting a",
    "старик|n|starac|ma|gs=starca,np=starci|",
    "starac starca starcu starca starče starcem starcu",
    "starci staraca starcima starce starci starcima starcima",
  ],
  [
    "a long plural",
    "князь|n|knez|ma|gs=kneza,np=kneževi|",
    "knez kneza knezu kneza kneže knezom knezu",
    "kneževi kneževa kneževima kneževe kneževi kneževima kneževima",
  ],
  [
    "a soft stem",
    "друг|n|prijatelj|ma|gs=prijatelja|",
    "prijatelj prijatelja prijatelju prijatelja prijatelju prijateljem prijatelju",
    "prijatelji prijatelja prijateljima prijatelje prijatelji prijateljima prijateljima",
  ],
  [
    "the i-declension",
    "дело|n|stvar|fi|gs=stvari,is=stvarju|",
    "stvar stvari stvari stvar stvari stvarju stvari",
    "stvari stvari stvarima stvari stvari stvarima stvarima",
  ],
  [
    "a collective plural",
    "ребёнок|n|dete|n|gs=deteta,np=deca|",
    "dete deteta detetu dete dete detetom detetu",
    "deca dece deci decu deco decom deci",
  ],
  [
    "a name that declines as an adjective",
    "горький|n|gorki|ma|gs=gorkog,ds=gorkom,is=gorkim|name",
    "gorki gorkog gorkom gorkog gorki gorkim gorkom",
    "gorki gorkih gorkim gorke gorki gorkim gorkim",
  ],
  [
    "an expression whose attribute declines too",
    "душевнобольной|n|duševni bolesnik|ma|gs=duševnog bolesnika,np=duševni bolesnici|",
    "duševni bolesnik duševnog bolesnika duševnom bolesniku duševnog bolesnika duševni bolesniče duševnim bolesnikom duševnom bolesniku",
    "duševni bolesnici duševnih bolesnika duševnim bolesnicima duševne bolesnike duševni bolesnici duševnim bolesnicima duševnim bolesnicima",
  ],
];

describe("a noun", () => {
  it.each(DECLENSIONS)("declines with %s", (_, line, sg, pl) => {
    expect(formsOf(line, "sg")).toBe(sg);
    expect(formsOf(line, "pl")).toBe(pl);
  });

  it("that is only plural is plural whatever is asked for", () => {
    const door = "дверь|n|vrata|pl-n|gp=vrata|";
    expect(formsOf(door, "sg")).toBe("vrata vrata vratima vrata vrata vratima vratima");
    expect(nounAgreement(parseLexiconLine(door), "sg").verbCount).toBe("pl");
  });

  it("of a collective plural takes feminine attributes and a plural verb", () => {
    const children = nounAgreement(parseLexiconLine(DECLENSIONS[6]?.[1] ?? ""), "pl");
    expect(children.attribute).toMatchObject({ gender: "f", count: "sg" });
    expect(children.predicate).toMatchObject({ gender: "n", count: "pl" });
    expect(children.verbCount).toBe("pl");
  });
});
