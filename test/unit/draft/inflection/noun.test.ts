import { describe, expect, test } from "vitest";

import type { Case, Count } from "../../../../src/draft/grammar.ts";
import { nounAgreement, nounForm } from "../../../../src/draft/inflection/noun.ts";
import { entryOf } from "./entry-of.ts";

const CASES: readonly Case[] = ["nom", "gen", "dat", "acc", "voc", "ins", "loc"];

function forms(sr: string, className: string, parts: string, count: Count): string {
  const entry = entryOf("n", sr, className, parts);
  return CASES.map((its) => nounForm(entry, its, count)).join(" ");
}

describe("masculine nouns", () => {
  test.each([
    ["grad", "m", "gs=grada", "grad grada gradu grad grade gradom gradu"],
    ["muž", "ma", "gs=muža", "muž muža mužu muža mužu mužem mužu"],
    ["padež", "m", "gs=padeža", "padež padeža padežu padež padežu padežom padežu"],
    ["otac", "ma", "gs=oca", "otac oca ocu oca oče ocem ocu"],
    ["junak", "ma", "gs=junaka", "junak junaka junaku junaka junače junakom junaku"],
    ["park", "m", "gs=parka", "park parka parku park parku parkom parku"],
    ["deo", "m", "gs=dela", "deo dela delu deo dele delom delu"],
    [
      "Vasilij",
      "ma",
      "gs=Vasilija",
      "Vasilij Vasilija Vasiliju Vasilija Vasilije Vasilijem Vasiliju",
    ],
    [
      "dežurni",
      "ma",
      "gs=dežurnog",
      "dežurni dežurnog dežurnom dežurnog dežurni dežurnim dežurnom",
    ],
  ])("%s (%s, %s) declines in the singular", (sr, className, parts, expected) => {
    expect(forms(sr, className, parts, "sg")).toBe(expected);
  });

  test.each([
    ["grad", "m", "gs=grada", "gradovi gradova gradovima gradove gradovi gradovima gradovima"],
    ["muž", "ma", "gs=muža", "muževi muževa muževima muževe muževi muževima muževima"],
    ["dan", "m", "gs=dana", "dani dana danima dane dani danima danima"],
    ["vojnik", "ma", "gs=vojnika", "vojnici vojnika vojnicima vojnike vojnici vojnicima vojnicima"],
    ["momak", "ma", "gs=momka", "momci momaka momcima momke momci momcima momcima"],
    ["podatak", "m", "gs=podatka", "podaci podataka podacima podatke podaci podacima podacima"],
    [
      "student",
      "ma",
      "gs=studenta",
      "studenti studenata studentima studente studenti studentima studentima",
    ],
    ["čovek", "ma", "gs=čoveka,np=ljudi", "ljudi ljudi ljudima ljude ljudi ljudima ljudima"],
    ["brat", "ma", "gs=brata,np=braća", "braća braće braći braću braćo braćom braći"],
    [
      "debeljko",
      "ma",
      "gs=debeljka",
      "debeljci debeljaka debeljcima debeljke debeljci debeljcima debeljcima",
    ],
    ["dežurni", "ma", "gs=dežurnog", "dežurni dežurnih dežurnim dežurne dežurni dežurnim dežurnim"],
  ])("%s (%s, %s) declines in the plural", (sr, className, parts, expected) => {
    expect(forms(sr, className, parts, "pl")).toBe(expected);
  });
});

describe("feminine nouns and men's nouns in -a", () => {
  test.each([
    ["žena", "f", "gs=žene", "žena žene ženi ženu ženo ženom ženi"],
    ["ruka", "f", "gs=ruke", "ruka ruke ruci ruku ruko rukom ruci"],
    ["tačka", "f", "gs=tačke", "tačka tačke tački tačku tačko tačkom tački"],
    [
      "učiteljica",
      "f",
      "gs=učiteljice",
      "učiteljica učiteljice učiteljici učiteljicu učiteljice učiteljicom učiteljici",
    ],
    ["sudija", "ma-a", "gs=sudije", "sudija sudije sudiji sudiju sudijo sudijom sudiji"],
    [
      "Engleska",
      "f",
      "gs=Engleske,ds=Engleskoj",
      "Engleska Engleske Engleskoj Englesku Engleska Engleskom Engleskoj",
    ],
    [
      "mati",
      "f",
      "gs=matere,as=mater,is=materom",
      "mati matere materi mater matero materom materi",
    ],
    ["stvar", "fi", "gs=stvari", "stvar stvari stvari stvar stvari stvari stvari"],
    [
      "mladost",
      "fi",
      "gs=mladosti",
      "mladost mladosti mladosti mladost mladosti mladošću mladosti",
    ],
    ["ljubav", "fi", "gs=ljubavi", "ljubav ljubavi ljubavi ljubav ljubavi ljubavlju ljubavi"],
    ["misao", "fi", "gs=misli,is=mišlju", "misao misli misli misao misli mišlju misli"],
    ["kći", "fi", "gs=kćeri,is=kćerju", "kći kćeri kćeri kćer kćeri kćerju kćeri"],
  ])("%s (%s, %s) declines in the singular", (sr, className, parts, expected) => {
    expect(forms(sr, className, parts, "sg")).toBe(expected);
  });

  test.each([
    ["žena", "f", "gs=žene", "žene žena ženama žene žene ženama ženama"],
    ["zvezda", "f", "gs=zvezde", "zvezde zvezda zvezdama zvezde zvezde zvezdama zvezdama"],
    ["torba", "f", "gs=torbe", "torbe torbi torbama torbe torbe torbama torbama"],
    ["noga", "f", "gs=noge,gp=nogu", "noge nogu nogama noge noge nogama nogama"],
    ["stvar", "fi", "gs=stvari", "stvari stvari stvarima stvari stvari stvarima stvarima"],
    [
      "egoista",
      "ma-a",
      "gs=egoiste,np=egoisti",
      "egoisti egoista egoistima egoiste egoisti egoistima egoistima",
    ],
  ])("%s (%s, %s) declines in the plural", (sr, className, parts, expected) => {
    expect(forms(sr, className, parts, "pl")).toBe(expected);
  });
});

describe("neuter nouns", () => {
  test.each([
    ["selo", "gs=sela", "selo sela selu selo selo selom selu"],
    ["polje", "gs=polja", "polje polja polju polje polje poljem polju"],
    ["vreme", "gs=vremena", "vreme vremena vremenu vreme vreme vremenom vremenu"],
    ["veče", "gs=večeri", "veče večeri večeri veče veče večeri večeri"],
    ["slatko", "gs=slatkog", "slatko slatkog slatkom slatko slatko slatkim slatkom"],
  ])("%s (%s) declines in the singular", (sr, parts, expected) => {
    expect(forms(sr, "n", parts, "sg")).toBe(expected);
  });

  test.each([
    ["selo", "gs=sela", "sela sela selima sela sela selima selima"],
    ["pismo", "gs=pisma", "pisma pisama pismima pisma pisma pismima pismima"],
    ["mesto", "gs=mesta", "mesta mesta mestima mesta mesta mestima mestima"],
    ["vreme", "gs=vremena", "vremena vremena vremenima vremena vremena vremenima vremenima"],
    ["dete", "gs=deteta,np=deca,gp=dece", "deca dece deci decu deco decom deci"],
    ["tele", "gs=teleta,np=telad", "telad teladi teladi telad teladi teladima teladi"],
    ["oko", "gs=oka,np=oči,gp=očiju", "oči očiju očima oči oči očima očima"],
    ["mače", "gs=mačeta,np=mačići", "mačići mačića mačićima mačiće mačići mačićima mačićima"],
  ])("%s (%s) declines in the plural", (sr, parts, expected) => {
    expect(forms(sr, "n", parts, "pl")).toBe(expected);
  });
});

test.each([
  ["vrata", "pl-n", "gp=vrata", "vrata vrata vratima vrata vrata vratima vratima"],
  [
    "pantalone",
    "pl-f",
    "gp=pantalona",
    "pantalone pantalona pantalonama pantalone pantalone pantalonama pantalonama",
  ],
  ["grudi", "pl-f", "gp=grudi", "grudi grudi grudima grudi grudi grudima grudima"],
  ["podaci", "pl-m", "gp=podataka", "podaci podataka podacima podatke podaci podacima podacima"],
  ["rođaci", "pl-m", "gp=rođaka", "rođaci rođaka rođacima rođake rođaci rođacima rođacima"],
  ["stari", "pl-m", "gp=starih", "stari starih starim stare stari starim starim"],
])("%s (%s) has its plural for both numbers", (sr, className, parts, expected) => {
  expect(forms(sr, className, parts, "pl")).toBe(expected);
  expect(forms(sr, className, parts, "sg")).toBe(expected);
});

test.each([
  ["novac", "sg-m", "gs=novca", "novac novca novcu novac novče novcem novcu"],
  ["kosa", "sg-f", "gs=kose", "kosa kose kosi kosu koso kosom kosi"],
  ["lišće", "sg-n", "gs=lišća", "lišće lišća lišću lišće lišće lišćem lišću"],
])("%s (%s) has its singular for both numbers", (sr, className, parts, expected) => {
  expect(forms(sr, className, parts, "sg")).toBe(expected);
  expect(forms(sr, className, parts, "pl")).toBe(expected);
});

test("a noun without inflection stays as it is", () => {
  expect(forms("madam", "inv", "", "pl")).toBe("madam madam madam madam madam madam madam");
});

describe("expressions of several words", () => {
  test.each([
    // The parts decline both words.
    ["spavaća soba", "f", "gs=spavaće sobe", "spavaće sobe, spavaću sobu, spavaćih soba"],
    ["bračni par", "m", "gs=bračnog para", "bračnog para, bračni par, bračnih parova"],
    // They name the noun alone, the attribute before it agrees.
    ["putni kovčežić", "m", "gs=kovčežića", "putnog kovčežića, putni kovčežić, putnih kovčežića"],
    // What follows the noun stays.
    [
      "kanta za zalivanje",
      "f",
      "gs=kante",
      "kante za zalivanje, kantu za zalivanje, kanti za zalivanje",
    ],
    ["krilo kuće", "n", "gs=krila kuće", "krila kuće, krilo kuće, krila kuće"],
    // Two nouns, each of its own declension.
    ["dan i noć", "m", "gs=dana i noći,np=dani i noći", "dana i noći, dan i noć, dana i noći"],
  ])("%s (%s, %s) declines as its parts do", (sr, className, parts, expected) => {
    const entry = entryOf("n", sr, className, parts);
    const found = [
      nounForm(entry, "gen", "sg"),
      nounForm(entry, "acc", "sg"),
      nounForm(entry, "gen", "pl"),
    ];
    expect(found.join(", ")).toBe(expected);
  });

  test("an attribute is in the plural beside a noun that has nothing else", () => {
    const entry = entryOf("n", "radni dani", "pl-m", "gp=radnih dana");
    expect(nounForm(entry, "acc", "sg")).toBe("radne dane");
  });

  test("an attribute is in the singular beside a noun that has nothing else", () => {
    const entry = entryOf("n", "posmrtni govor", "sg-m", "gs=posmrtnog govora");
    expect(nounForm(entry, "ins", "pl")).toBe("posmrtnim govorom");
  });
});

describe("agreement", () => {
  const attributeOf = (sr: string, className: string, parts: string, count: Count) => {
    const { attribute } = nounAgreement(entryOf("n", sr, className, parts), count);
    return `${attribute.gender} ${attribute.count}`;
  };

  test.each([
    ["grad", "m", "gs=grada", "sg", "m sg"],
    ["sudija", "ma-a", "gs=sudije", "sg", "m sg"],
    ["sudija", "ma-a", "gs=sudije", "pl", "m pl"],
    ["čovek", "ma", "gs=čoveka,np=ljudi", "pl", "m pl"],
    ["vrata", "pl-n", "gp=vrata", "sg", "n pl"],
    ["novac", "sg-m", "gs=novca", "pl", "m sg"],
    ["kosa", "sg-f", "gs=kose", "pl", "f sg"],
    ["oko", "n", "gs=oka,np=oči,gp=očiju", "pl", "f pl"],
    ["mače", "n", "gs=mačeta,np=mačići", "pl", "m pl"],
    ["pola sata", "inv", "", "pl", "n sg"],
    ["Kiti", "inv", "", "sg", "f sg"],
  ] as const)("%s (%s, %s) in the %s takes attributes in the %s", (...row) => {
    const [sr, className, parts, count, expected] = row;
    expect(attributeOf(sr, className, parts, count)).toBe(expected);
  });

  test.each([
    ["dete", "n", "gs=deteta,np=deca,gp=dece"],
    ["brat", "ma", "gs=brata,np=braća"],
    ["tele", "n", "gs=teleta,np=telad"],
  ])("the collective plural of %s has feminine attributes and neuter predicates", (...row) => {
    const agreement = nounAgreement(entryOf("n", ...row), "pl");
    expect(agreement.attribute).toMatchObject({ gender: "f", count: "sg" });
    expect(agreement.predicate).toMatchObject({ gender: "n", count: "pl" });
    expect(agreement.verbCount).toBe("pl");
  });

  test("only what lives is animate", () => {
    const animate = (className: string) =>
      nounAgreement(entryOf("n", "vuk", className, "gs=vuka"), "sg").attribute.animate;
    expect(animate("ma")).toBe(true);
    expect(animate("m")).toBe(false);
  });
});
