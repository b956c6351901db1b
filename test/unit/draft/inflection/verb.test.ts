import { describe, expect, test } from "vitest";

import type { Count, Person } from "../../../../src/draft/grammar.ts";
import { verbForm } from "../../../../src/draft/inflection/verb.ts";
import type { LexiconEntry } from "../../../../src/draft/lexicon/entry.ts";
import { entryOf, named } from "./entry-of.ts";

const COUNTS: readonly Count[] = ["sg", "pl"];
const PERSONS: readonly Person[] = [1, 2, 3];

/** `1s` and `lp` of the verb, as the lexicon has them. */
function verb(sr: string, present: string, past: string, more = "", aspect = "ipf"): LexiconEntry {
  return entryOf("v", sr, aspect, `1s=${present},lp=${past}${more === "" ? "" : `,${more}`}`);
}

function tense(entry: LexiconEntry, form: "present" | "aorist" | "future"): string {
  return COUNTS.flatMap((count) =>
    PERSONS.map((person) => verbForm(entry, { form, person, count })),
  ).join(" ");
}

function lParticiples(entry: LexiconEntry): string {
  return COUNTS.flatMap((count) =>
    (["m", "f", "n"] as const).map((gender) =>
      verbForm(entry, { form: "l-participle", gender, count }),
    ),
  ).join(" ");
}

const RADITI = verb("raditi", "radim", "radio");
const RECI = verb("reći", "kažem", "rekao", "imp=reci", "pf");
const DOCI = verb("doći", "dođem", "došao", "", "pf");
const PECI = verb("peći", "pečem", "pekao");
const JESTI = verb("jesti", "jedem", "jeo");
const BITI = verb("biti", "sam", "bio", "imp=budi");

describe("present", () => {
  test.each(
    named([
      [RADITI, "radim radiš radi radimo radite rade"],
      [verb("čitati", "čitam", "čitao"), "čitam čitaš čita čitamo čitate čitaju"],
      [verb("pisati", "pišem", "pisao"), "pišem pišeš piše pišemo pišete pišu"],
      [PECI, "pečem pečeš peče pečemo pečete peku"],
      [RECI, "kažem kažeš kaže kažemo kažete kažu"],
      [verb("dići", "dignem", "digao"), "dignem digneš digne dignemo dignete dignu"],
      [verb("umeti", "umem", "umeo"), "umem umeš ume umemo umete umeju"],
      [verb("umreti", "umrem", "umro"), "umrem umreš umre umremo umrete umru"],
      [verb("moći", "mogu", "mogao"), "mogu možeš može možemo možete mogu"],
      [verb("hteti", "hoću", "hteo"), "hoću hoćeš hoće hoćemo hoćete hoće"],
      [
        verb("trebati", "trebam", "trebao", "3s=treba"),
        "trebam trebaš treba trebamo trebate trebaju",
      ],
      [BITI, "budem budeš bude budemo budete budu"],
    ]),
  )("%s conjugates", (_sr, entry, expected) => {
    expect(tense(entry, "present")).toBe(expected);
  });

  test("biti in an expression has the present that the lexicon names", () => {
    const accompanied = verb("biti praćen", "sam", "bio");
    expect(verbForm(accompanied, { form: "present", person: 3, count: "sg" })).toBe("je praćen");
    const jealous = verb("biti ljubomoran", "jesam", "bio");
    expect(verbForm(jealous, { form: "present", person: 3, count: "pl" })).toBe("jesu ljubomoran");
  });
});

describe("past", () => {
  test.each(
    named([
      [RADITI, "radio radila radilo radili radile radila"],
      [RECI, "rekao rekla reklo rekli rekle rekla"],
      [DOCI, "došao došla došlo došli došle došla"],
      [verb("pasti", "padnem", "pao"), "pao pala palo pali pale pala"],
      [verb("tresti", "tresem", "tresao"), "tresao tresla treslo tresli tresle tresla"],
      [verb("rasti", "rastem", "rastao"), "rastao rasla raslo rasli rasle rasla"],
      [verb("bosti", "bodem", "bo"), "bo bola bolo boli bole bola"],
      [verb("umreti", "umrem", "umro"), "umro umrla umrlo umrli umrle umrla"],
      [
        verb("grepsti", "grebem", "grebao", "lf=grebala"),
        "grebao grebala grebalo grebali grebale grebala",
      ],
    ]),
  )("%s has its l-participles", (_sr, entry, expected) => {
    expect(lParticiples(entry)).toBe(expected);
  });

  test.each(
    named([
      [RADITI, "radih radi radi radismo radiste radiše"],
      [RECI, "rekoh reče reče rekosmo rekoste rekoše"],
      [DOCI, "dođoh dođe dođe dođosmo dođoste dođoše"],
      [verb("pasti", "padnem", "pao"), "padoh pade pade padosmo padoste padoše"],
      [verb("tresti", "tresem", "tresao"), "tresoh trese trese tresosmo tresoste tresoše"],
      [verb("viknuti", "viknem", "viknuo"), "viknuh viknu viknu viknusmo viknuste viknuše"],
      [
        verb("predati", "predam", "predao", "", "pf"),
        "predadoh predade predade predadosmo predadoste predadoše",
      ],
      [BITI, "bih bi bi bismo biste biše"],
    ]),
  )("%s has its aorist", (_sr, entry, expected) => {
    expect(tense(entry, "aorist")).toBe(expected);
  });
});

describe("future", () => {
  test.each(
    named([
      [RADITI, "radiću radićeš radiće radićemo radićete radiće"],
      [JESTI, "ješću ješćeš ješće ješćemo ješćete ješće"],
      [
        verb("raščupati", "raščupam", "raščupao"),
        "raščupaću raščupaćeš raščupaće raščupaćemo raščupaćete raščupaće",
      ],
      [BITI, "biću bićeš biće bićemo bićete biće"],
    ]),
  )("%s has the auxiliary at its end", (_sr, entry, expected) => {
    expect(tense(entry, "future")).toBe(expected);
  });

  test("verbs in -ći keep it apart", () => {
    expect(verbForm(DOCI, { form: "future", person: 1, count: "sg" })).toBeUndefined();
  });
});

describe("imperative", () => {
  test.each(
    named([
      [RADITI, "radi radimo radite"],
      [verb("pisati", "pišem", "pisao"), "piši pišimo pišite"],
      [verb("čitati", "čitam", "čitao"), "čitaj čitajmo čitajte"],
      [verb("piti", "pijem", "pio"), "pij pijmo pijte"],
      [verb("brojiti", "brojim", "brojio"), "broj brojmo brojte"],
      [PECI, "peci pecimo pecite"],
      [DOCI, "dođi dođimo dođite"],
      [BITI, "budi budimo budite"],
    ]),
  )("%s is formed from the third plural or given", (_sr, entry, expected) => {
    const found = [
      verbForm(entry, { form: "imperative", person: 2, count: "sg" }),
      verbForm(entry, { form: "imperative", person: 1, count: "pl" }),
      verbForm(entry, { form: "imperative", person: 2, count: "pl" }),
    ];
    expect(found.join(" ")).toBe(expected);
  });

  test("moći cannot be commanded, and nobody commands himself", () => {
    const can = verb("moći", "mogu", "mogao");
    expect(verbForm(can, { form: "imperative", person: 2, count: "sg" })).toBeUndefined();
    expect(verbForm(RADITI, { form: "imperative", person: 1, count: "sg" })).toBeUndefined();
  });
});

describe("gerunds", () => {
  test.each(
    named<[string | undefined, string]>([
      [RADITI, "radeći", "radivši"],
      [JESTI, "jedući", "jevši"],
      [BITI, "budući", "bivši"],
      [RECI, undefined, "rekavši"],
      [DOCI, undefined, "došavši"],
      [verb("dovesti", "dovedem", "doveo", "", "pf"), undefined, "dovevši"],
      [verb("ubosti", "ubodem", "ubo", "", "pf"), undefined, "ubovši"],
    ]),
  )("%s has %s and %s", (_sr, entry, present, past) => {
    expect(verbForm(entry, { form: "present-gerund" })).toBe(present);
    expect(verbForm(entry, { form: "past-gerund" })).toBe(past);
  });
});

test.each(
  named<[string | undefined]>([
    [verb("pisati", "pišem", "pisao"), "pisan"],
    [verb("držati", "držim", "držao"), "držan"],
    [verb("saznati", "saznam", "saznao"), "saznat"],
    [verb("videti", "vidim", "video"), "viđen"],
    [verb("platiti", "platim", "platio"), "plaćen"],
    [verb("ljubiti", "ljubim", "ljubio"), "ljubljen"],
    [verb("zamisliti", "zamislim", "zamislio"), "zamišljen"],
    [verb("čistiti", "čistim", "čistio"), "čišćen"],
    [verb("pustiti", "pustim", "pustio"), "pušten"],
    [verb("uništiti", "uništim", "uništio"), "uništen"],
    [verb("popiti", "popijem", "popio"), "popijen"],
    [verb("sakriti", "sakrijem", "sakrio"), "sakriven"],
    [verb("obuti", "obujem", "obuo"), "obuven"],
    [verb("dirnuti", "dirnem", "dirnuo"), "dirnut"],
    [verb("uzeti", "uzmem", "uzeo"), "uzet"],
    [verb("zatrti", "zatrem", "zatro"), "zatrt"],
    [verb("podići", "podignem", "podigao"), "podignut"],
    [RECI, "rečen"],
    [PECI, "pečen"],
    [verb("dovesti", "dovedem", "doveo"), "doveden"],
    [verb("doneti", "donesem", "doneo", "pp=donet"), "donet"],
    [DOCI, undefined],
    [verb("pasti", "padnem", "pao"), undefined],
    [BITI, undefined],
  ]),
)("%s has the passive participle %s", (_sr, entry, expected) => {
  expect(verbForm(entry, { form: "passive-participle" })).toBe(expected);
});

describe("expressions", () => {
  test.each(
    named([
      [verb("izaći na kraj", "izađem", "izašao"), "izađe na kraj"],
      [verb("nestašno ponašati", "ponašam", "ponašao"), "nestašno ponaša"],
      [verb("prestati voleti", "prestanem", "prestao"), "prestane voleti"],
    ]),
  )("%s conjugates its verb, the other words stay", (_sr, entry, expected) => {
    expect(verbForm(entry, { form: "present", person: 3, count: "sg" })).toBe(expected);
    expect(verbForm(entry, { form: "infinitive" })).toBe(entry.sr);
  });
});
