import { describe, expect, it } from "vitest";

import { verbForm } from "../../../../src/draft/inflection/verb.ts";
import { parseLexiconLine } from "../../../../src/draft/lexicon/parse.ts";

const VERBS: readonly (readonly [line: string, present: string])[] = [
  [
    "говорить|v|govoriti|ipf|1s=govorim,lp=govorio|",
    "govorim govoriš govori govorimo govorite govore",
  ],
  ["писать|v|pisati|ipf|1s=pišem,lp=pisao|", "pišem pišeš piše pišemo pišete pišu"],
  ["читать|v|čitati|ipf|1s=čitam,lp=čitao|", "čitam čitaš čita čitamo čitate čitaju"],
  ["мочь|v|moći|ipf|1s=mogu,lp=mogao,lf=mogla|", "mogu možeš može možemo možete mogu"],
  [
    "хотеть|v|hteti|ipf|1s=hoću,3p=hoće,3s=hoće,lp=hteo,lf=htela|",
    "hoću hoćeš hoće hoćemo hoćete hoće",
  ],
  [
    "понимать|v|razumeti|ipf|1s=razumem,3p=razumeju,lp=razumeo,lf=razumela|",
    "razumem razumeš razume razumemo razumete razumeju",
  ],
  ["бить|v|tući|ipf|1s=tučem,3p=tuku,lp=tukao,lf=tukla|", "tučem tučeš tuče tučemo tučete tuku"],
];

describe("a verb", () => {
  it.each(VERBS)("%s is conjugated in the present", (line, present) => {
    const entry = parseLexiconLine(line);
    const forms = (["sg", "pl"] as const).flatMap((count) =>
      ([1, 2, 3] as const).map((person) => verbForm(entry, { form: "present", person, count })),
    );
    expect(forms.join(" ")).toBe(present);
  });

  it("makes its l-participle from the feminine where the stem differs", () => {
    const say = parseLexiconLine("сказать|v|reći|pf|1s=kažem,lp=rekao,lf=rekla|");
    const forms = (["m", "f", "n"] as const).flatMap((gender) =>
      (["sg", "pl"] as const).map((count) =>
        verbForm(say, { form: "l-participle", gender, count }),
      ),
    );
    expect(forms).toEqual(["rekao", "rekli", "rekla", "rekle", "reklo", "rekla"]);
  });

  it("fuses with the auxiliary of the future unless it ends in -ći", () => {
    const future = { form: "future", person: 1, count: "sg" } as const;
    const read = parseLexiconLine("читать|v|čitati|ipf|1s=čitam,lp=čitao|");
    const eat = parseLexiconLine("есть|v|jesti|ipf|1s=jedem,lp=jeo|");
    const come = parseLexiconLine("прийти|v|doći|pf|1s=dođem,lp=došao|");
    expect(verbForm(read, future)).toBe("čitaću");
    expect(verbForm(eat, future)).toBe("ješću");
    expect(verbForm(come, future)).toBeUndefined();
  });

  it("has imperatives and gerunds", () => {
    const work = parseLexiconLine("работать|v|raditi|ipf|1s=radim,lp=radio|");
    expect(verbForm(work, { form: "imperative", person: 2, count: "pl" })).toBe("radite");
    expect(verbForm(work, { form: "present-gerund" })).toBe("radeći");
    expect(verbForm(work, { form: "past-gerund" })).toBe("radivši");
  });

  it("keeps what follows it in an expression", () => {
    const suffice = parseLexiconLine("хватить|v|biti dovoljno|pf|1s=budem,3s=bude,lp=bio|");
    expect(verbForm(suffice, { form: "l-participle", gender: "n", count: "sg" })).toBe(
      "bilo dovoljno",
    );
  });
});
