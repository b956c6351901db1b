import { describe, expect, test } from "vitest";

import type { Case } from "../../../../src/draft/grammar.ts";
import { nounForm } from "../../../../src/draft/inflection/noun.ts";
import { entryOf } from "./entry-of.ts";

const CASES: readonly Case[] = ["nom", "gen", "dat", "acc", "voc", "ins", "loc"];

type Row = readonly [sr: string, className: string, parts: string, sg: string, pl: string];

/** With the parts that the lexicon gives them. */
const WORDS: readonly Row[] = [
  [
    "dan",
    "m",
    "gs=dana,np=dani,gp=dana",
    "dan dana danu dan dane danom danu",
    "dani dana danima dane dani danima danima",
  ],
  [
    "sat",
    "m",
    "gs=sata,np=sati,gp=sati",
    "sat sata satu sat sate satom satu",
    "sati sati satima sate sati satima satima",
  ],
  [
    "gost",
    "ma",
    "gs=gosta,np=gosti,gp=gostiju",
    "gost gosta gostu gosta goste gostom gostu",
    "gosti gostiju gostima goste gosti gostima gostima",
  ],
  [
    "prst",
    "m",
    "gs=prsta,np=prsti,gp=prstiju",
    "prst prsta prstu prst prste prstom prstu",
    "prsti prstiju prstima prste prsti prstima prstima",
  ],
  [
    "nokat",
    "m",
    "gs=nokta,np=nokti,gp=noktiju",
    "nokat nokta noktu nokat nokte noktom noktu",
    "nokti noktiju noktima nokte nokti noktima noktima",
  ],
  [
    "put",
    "m",
    "gs=puta,np=putevi,gp=puteva",
    "put puta putu put pute putem putu",
    "putevi puteva putevima puteve putevi putevima putevima",
  ],
  [
    "gospodin",
    "ma",
    "gs=gospodina,np=gospoda,vs=gospodine,gp=gospode",
    "gospodin gospodina gospodinu gospodina gospodine gospodinom gospodinu",
    "gospoda gospode gospodi gospodu gospodo gospodom gospodi",
  ],
  [
    "pas",
    "ma",
    "gs=psa,np=psi,gp=pasa,vs=psu",
    "pas psa psu psa psu psom psu",
    "psi pasa psima pse psi psima psima",
  ],
  [
    "dete",
    "n",
    "gs=deteta,np=deca,gp=dece,dp=deci",
    "dete deteta detetu dete dete detetom detetu",
    "deca dece deci decu deco decom deci",
  ],
  [
    "uvo",
    "n",
    "gs=uva,np=uši,gp=ušiju,dp=ušima",
    "uvo uva uvu uvo uvo uvom uvu",
    "uši ušiju ušima uši uši ušima ušima",
  ],
  [
    "ruka",
    "f",
    "gs=ruke,ds=ruci,gp=ruku",
    "ruka ruke ruci ruku ruko rukom ruci",
    "ruke ruku rukama ruke ruke rukama rukama",
  ],
  [
    "noga",
    "f",
    "gs=noge,ds=nozi,gp=nogu",
    "noga noge nozi nogu nogo nogom nozi",
    "noge nogu nogama noge noge nogama nogama",
  ],
  [
    "kost",
    "fi",
    "gs=kosti,is=košću,gp=kostiju",
    "kost kosti kosti kost kosti košću kosti",
    "kosti kostiju kostima kosti kosti kostima kostima",
  ],
  [
    "mati",
    "f",
    "gs=matere,ds=materi,as=mater,np=matere,gp=matera,vs=mati,is=materom",
    "mati matere materi mater mati materom materi",
    "matere matera materama matere matere materama materama",
  ],
  [
    "kći",
    "fi",
    "gs=kćeri,is=kćerju,np=kćeri",
    "kći kćeri kćeri kćer kćeri kćerju kćeri",
    "kćeri kćeri kćerima kćeri kćeri kćerima kćerima",
  ],
  [
    "jaje",
    "n",
    "gs=jajeta,np=jaja,gp=jaja",
    "jaje jajeta jajetu jaje jaje jajetom jajetu",
    "jaja jaja jajima jaja jaja jajima jajima",
  ],
  [
    "drvo",
    "n",
    "gs=drveta,np=drveta",
    "drvo drveta drvetu drvo drvo drvetom drvetu",
    "drveta drveta drvetima drveta drveta drvetima drvetima",
  ],
  [
    "ime",
    "n",
    "gs=imena,np=imena,gp=imena",
    "ime imena imenu ime ime imenom imenu",
    "imena imena imenima imena imena imenima imenima",
  ],
  [
    "nebo",
    "n",
    "gs=neba,np=nebesa,gp=nebesa",
    "nebo neba nebu nebo nebo nebom nebu",
    "nebesa nebesa nebesima nebesa nebesa nebesima nebesima",
  ],
  [
    "čudo",
    "n",
    "gs=čuda,gp=čuda",
    "čudo čuda čudu čudo čudo čudom čudu",
    "čuda čuda čudima čuda čuda čudima čudima",
  ],
  [
    "telo",
    "n",
    "gs=tela",
    "telo tela telu telo telo telom telu",
    "tela tela telima tela tela telima telima",
  ],
];

test.each(WORDS)("%s (%s, %s) declines", (sr, className, parts, sg, pl) => {
  const entry = entryOf("n", sr, className, parts);
  expect(CASES.map((its) => nounForm(entry, its, "sg")).join(" ")).toBe(sg);
  expect(CASES.map((its) => nounForm(entry, its, "pl")).join(" ")).toBe(pl);
});

describe("who is called", () => {
  test.each([
    // Titles and kin
    ["knez", "ma", "gs=kneza", "kneže"],
    ["vitez", "ma", "gs=viteza", "viteže"],
    ["bog", "ma", "gs=boga", "bože"],
    ["čovek", "ma", "gs=čoveka", "čoveče"],
    ["stric", "ma", "gs=strica", "striče"],
    ["sudija", "ma-a", "gs=sudije", "sudijo"],
    // Names
    ["petrović", "ma", "gs=petrovića", "petroviću"],
    ["dimitrije", "ma", "gs=dimitrija", "dimitrije"],
    ["vasilij", "ma", "gs=vasilija", "vasilije"],
    ["rodion", "ma", "gs=rodiona", "rodione"],
    ["ivan", "ma", "gs=ivana", "ivane"],
    ["pavle", "ma", "gs=pavla", "pavle"],
    ["raskoljnikov", "ma", "gs=raskoljnikova", "raskoljnikove"],
    // Things, whose velar would change out of recognition
    ["poredak", "m", "gs=poretka", "poretku"],
    ["mozak", "m", "gs=mozga", "mozgu"],
    ["obraz", "m", "gs=obraza", "obraze"],
    ["kakao", "m", "gs=kakaa", "kakao"],
  ])("%s (%s, %s) hears %s", (sr, className, parts, expected) => {
    expect(nounForm(entryOf("n", sr, className, parts), "voc", "sg")).toBe(expected);
  });
});
