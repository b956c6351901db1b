import { readdirSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import type { Case, Count } from "../../../../src/draft/grammar.ts";
import { nounForm } from "../../../../src/draft/inflection/noun.ts";
import type { LexiconEntry } from "../../../../src/draft/lexicon/entry.ts";
import { loadLexicon } from "../../../../src/draft/lexicon/load.ts";
import { parseLexicon, parseLexiconLine } from "../../../../src/draft/lexicon/parse.ts";
import { foldYo } from "../../../../src/draft/lexicon/spelling.ts";
import { faultsOf } from "../../../../src/draft/lexicon/validate.ts";
import { loadMorphology } from "../../../../src/draft/morphology/az-morphology.ts";
import { withNames } from "../../../../src/draft/names/name-morphology.ts";

const CASES: readonly Case[] = ["nom", "gen", "dat", "acc", "voc", "ins", "loc"];
const COUNTS: readonly Count[] = ["sg", "pl"];

const data = new URL("../../../../src/draft/lexicon/data/", import.meta.url);
const entries = readdirSync(data).flatMap((file) =>
  parseLexicon(file, readFileSync(new URL(file, data), "utf8")),
);

describe("the lexicon", () => {
  it("has nothing wrong in any line", () => {
    expect(faultsOf(entries)).toEqual([]);
    expect(entries.length).toBeGreaterThan(22_000);
  });

  it("has at least 2,000 fixed expressions", () => {
    expect(entries.filter(({ pos }) => pos === "phr").length).toBeGreaterThan(2000);
  });

  it("compares an adjective alike wherever it stands", () => {
    const adjectives = entries.filter(({ pos }) => pos === "a");
    const bySerbian = Map.groupBy(adjectives, ({ sr, parts }) => `${sr} (${parts["st"] ?? sr})`);
    const differing = [...bySerbian].flatMap(([word, lines]) => {
      const comparatives = new Set(lines.flatMap(({ parts }) => parts["cmp"] ?? []));
      return comparatives.size > 1 ? [`${word}: ${[...comparatives].join(", ")}`] : [];
    });
    expect(differing).toEqual([]);
  });

  it("names only neighbours that the analysis can find: волос, not волосы", async () => {
    const morphology = withNames(await loadMorphology(), loadLexicon());
    const neighbours = entries.flatMap(({ use }) =>
      use.flatMap((selector) => (selector.kind === "with" ? [selector.lemma] : [])),
    );
    const isLemma = (word: string) =>
      [word, word.charAt(0).toUpperCase() + word.slice(1)].some((form) =>
        morphology.readingsOf(form).some(({ lemma }) => lemma === word),
      );
    expect([...new Set(neighbours)].filter((lemma) => !isLemma(lemma))).toEqual([]);
  });
});

describe("the nouns of the lexicon", () => {
  const nouns = parseLexicon("nouns.txt", readFileSync(new URL("nouns.txt", data), "utf8"));

  it("stand under lemmas that the analysis tells", async () => {
    const morphology = await loadMorphology();
    const isLemma = (word: string) =>
      morphology.readingsOf(word).some(({ lemma }) => lemma === foldYo(word));
    expect(nouns.map(({ ru }) => ru).filter((word) => !isLemma(word))).toEqual([]);
  });

  it("decline alike wherever they render a word", () => {
    const forms = (entry: LexiconEntry) =>
      COUNTS.flatMap((count) => CASES.map((its) => nounForm(entry, its, count))).join(" ");
    const byNoun = Map.groupBy(nouns, ({ sr, class: inflection }) => `${sr}|${inflection}`);
    const twofold = [...byNoun].filter(([, same]) => new Set(same.map(forms)).size > 1);
    // Times (puti) and road (putevi).
    expect(twofold.map(([noun]) => noun)).toEqual(["put|m"]);
  });
});

describe("a line of the lexicon", () => {
  it("gives the word, its principal parts and when it applies", () => {
    expect(
      parseLexiconLine("порадоваться|v|obradovati se|pf|1s=obradujem,lp=obradovao|gov:dat>dat"),
    ).toEqual({
      ru: "порадоваться",
      pos: "v",
      sr: "obradovati",
      reflexive: true,
      class: "pf",
      parts: { "1s": "obradujem", lp: "obradovao" },
      use: [{ kind: "government", from: "dat", to: { preposition: undefined, case: "dat" } }],
    });
  });

  it("knows a reflexive verb also when se stands inside the expression", () => {
    const { sr, reflexive } = parseLexiconLine("хохотать|v|smejati se grohotom|ipf||");
    expect({ sr, reflexive }).toEqual({ sr: "smejati grohotom", reflexive: true });
  });

  it.each([
    ["gov:ins>na+acc", [{ from: "ins", to: { preposition: "na", case: "acc" } }]],
    [
      "prep:с+ins>dat",
      [{ from: { preposition: "с" }, to: { preposition: undefined, case: "dat" } }],
    ],
    ["with:губа,neg", [{ kind: "with", lemma: "губа" }, { kind: "negated" }]],
    ["with:ребёнок", [{ kind: "with", lemma: "ребенок" }]],
    ["pl,sense:strange, foreign", [{ kind: "plural" }, { gloss: "strange, foreign" }]],
  ])("understands the selectors %s", (use, selectors) => {
    expect(parseLexiconLine(`слово|v|reč|ipf||${use}`).use).toMatchObject(selectors);
  });

  it.each([
    ["слово|v|reč", "x.txt:2: expected 6 fields, got 3"],
    ["слово|q|reč|n||", 'x.txt:2: unknown part of speech "q"'],
    ["слово|n|reč|fi|gs|", 'x.txt:2: "gs" is no principal part'],
    ["слово|n|reč|fi||when:ever", 'x.txt:2: unknown selector "when:ever"'],
  ])("that is wrong (%s) is named with its place", (line, message) => {
    expect(() => parseLexicon("x.txt", `# header\n${line}\n`)).toThrow(message);
  });
});

describe("the machine check finds", () => {
  it.each([
    ["слово|n|рeч|fi||", "is not Serbian Latin"],
    ["Слово|n|reč|fi||", "is not Russian in small letters"],
    ["слово|n|reč|zz||", "is no class"],
    ["слово|n|reč|fi|gs=rečy|", "is not Serbian Latin"],
    ["слово|n|reč|fi|gs=reči,1s=reči|", '"1s" is no part of "n"'],
    ["слово|adv|reč|adv|gs=reči|", '"gs" is no part of "adv"'],
    ["слово|n|reč|fi||", "the part gs is missing"],
    ["делать|v|raditi|ipf|1s=radim|", "the part lp is missing"],
    ["делать|v|raditi|ipf|1s=radi,lp=radio|", '"radi" does not end as 1s'],
    ["слово|n|reč|f|gs=reči|", '"reč" is not of class f'],
    ["дом|n|kuća|f|gs=kuća|", '"kuća" is not of class f'],
    ["же|part||-||", "no rendering, and no selector"],
    ["немец|n|Nemac|ma|gs=nemca|", 'only "Nemac" has a capital'],
    ["говорить|v|Govoriti|ipf|1s=govorim,lp=govorio|", '"Govoriti" has a capital'],
    ["ребёнок|n|dijete|n|gs=djeteta|", '"dijete" is ijekavian'],
    ["поезд|n|vlak|m|gs=vlaka|", '"vlak" is Croatian'],
    ["делать|v|rad|ipf|1s=radim,lp=radio|", '"rad" has no infinitive'],
    [
      "услужить|v|učiniti uslugu|pf|1s=učinim uslugu,lp=učinio|",
      'the part "učinim uslugu" is more than the verb',
    ],
    ["рисовать|v|štampati|ipf|1s=crtam,lp=štampao|", '"crtam" does not belong to "štampati"'],
    ["купить|v|kupovati|ipf|1s=kupovam,lp=kupovao|", '"kupovam" is no present of "kupovati"'],
    ["тонуть|v|tonuti|ipf|1s=tonim,lp=tonuo|", '"tonim" is no present of "tonuti"'],
    ["умереть|v|umreti|pf|1s=umrem,lp=umrao|", '"umrao" is no past of "umreti"'],
    ["писать|v|pisati|ipf|1s=pišem,lp=pišao|", '"pišao" is no past of "pisati"'],
    ["выписать|v|naručiti|pf|1s=naručim,lp=naručio|prep:из", 'the case after "из" is missing'],
    ["солдат|n|vojnik|ma|gs=vojnika,np=vojniki|", 'the velar of "vojniki" is not softened'],
    ["отгул|n|slobodan dan|m|gs=slobodnog dana|", '"slobodan" is no stem of "slobodnog dana"'],
    ["суховей|n|topao vetar|m|gs=toplog vetra|", '"topao" is no stem of "toplog vetra"'],
    ["торпеда|n|torpedo|m|gs=torpeda,np=torpeda|", '"torpeda" is no plural of class m'],
    ["турист|n|turista|ma-a|gs=turiste|", 'the plural of "turista" is not in -isti'],
    ["турист|n|turista|ma-a|gs=turiste,np=turiste|", "is not in -isti"],
    ["пол|n|pol|m|gs=pola|with:Женский", '"Женский" is no lemma'],
    ["пол|n|pol|m|gs=pola|with:прекрасный пол", '"прекрасный пол" is no lemma'],
    ["граница|n|inostranstvo|n|gs=inostranstva|prep:за", 'the case after "за" is missing'],
    ["вечный|a|vječan|a|st=vječn|", '"vječan" is ijekavian'],
    ["условие|n|uvjet|m|gs=uvjeta|", '"uvjet" is Croatian'],
    ["всё равно|phr|svejednо|-||", "is not Serbian Latin"],
    ["всё равно|phr|sve  jedno|-||", "is not Serbian Latin"],
    ["яростный|a|jarostan|a|st=jarostn|", '"jarostn" is no stem of "jarostan"'],
    ["надтреснутый|a|napukao|a|st=napuknl|", '"napuknl" is no stem of "napukao"'],
    ["низкий|a|nizak|a|st=nizn|", '"nizn" is no stem of "nizak"'],
    ["смелый|a|smeo|a|st=smel,cmp=smeli|", '"smeli" is no comparative'],
    ["отцов|a|očev|poss|cmp=očeviji|", "class poss is not compared"],
    ["дубовый|a|hrastov|a||", '"hrastov" is of class poss'],
  ])("a line that is wrong: %s (%s)", (line, fault) => {
    expect(faultsOf([parseLexiconLine(line)]).join("; ")).toContain(fault);
  });

  it.each([
    ["друг|n|prijatelj|ma|gs=prijatelja,vs=prijatelju|"],
    ["волокно|n|vlakno|n|gs=vlakna|"],
    ["немец|n|Nemac|ma|gs=Nemca,np=Nemci|"],
    ["же|part||-||with:так"],
    ["мочь|v|moći|ipf|1s=mogu,lp=mogao|"],
    ["сказать|v|reći|pf|1s=kažem,lp=rekao|"],
    ["посылать|v|slati|ipf|1s=šaljem,lp=slao|"],
    ["умереть|v|umreti|pf|1s=umrem,lp=umro|"],
    ["сжать|v|stegnuti|pf|1s=stegnem,lp=stegao|"],
    ["велеть|v|narediti|bi|1s=naređujem,lp=naredio|"],
    ["услужить|v|učiniti uslugu|pf|1s=učinim,lp=učinio|"],
    ["турция|n|turska|f|gs=turske,ds=turskoj|name"],
    ["бок|n|bok|m|gs=boka,np=bokovi|"],
    ["фламинго|n|flamingo|ma|gs=flaminga,np=flamingi|"],
    ["суховей|n|topli vetar|m|gs=toplog vetra|"],
    ["мерин|n|štrojen konj|ma|gs=štrojenog konja|"],
    ["сутки|n|dan i noć|m|gs=dana i noći|"],
    ["физрук|n|nastavnik fizičkog|ma|gs=nastavnika fizičkog|"],
    ["брат|n|brat|ma|gs=brata,np=braća,gp=braće|"],
    ["рог|n|koren nosa|m|gs=korena nosa,np=koreni nosa|"],
    ["грязь|n|glib|m|gs=gliba|with:самолёт"],
    ["приехать|v|doputovati|pf|1s=doputujem,lp=doputovao|prep:из+gen"],
    ["радостный|a|radostan|a|st=radosn,cmp=radosniji|"],
    ["костяной|a|koštan|a||"],
    ["тяжёлый|a|težak|a|st=tešk,cmp=teži|"],
    ["взрослый|a|odrastao|a|st=odrasl|"],
    ["дырявый|a|šupalj|a|st=šuplj|"],
    ["голый|a|go|a|st=gol,cmp=goliji|"],
    ["этот|a|taj|a|st=t|"],
    ["широкий|a|širok|a|cmp=širi|"],
    ["душевнобольной|a|duševno bolestan|a|st=duševno bolesn|"],
    ["новый|a|nov|a|cmp=noviji|"],
    ["дубовый|a|hrastov|poss||"],
    ["суд идёт|phr|ustanite, sud ulazi!|-||"],
  ])("nothing wrong in %s", (line) => {
    expect(faultsOf([parseLexiconLine(line)])).toEqual([]);
  });

  it("renderings that contradict each other", () => {
    const faults = (...lines: string[]) => faultsOf(lines.map(parseLexiconLine));
    const house = "дом|n|kuća|f|gs=kuće|";
    expect(faults(house, house)).toEqual(["дом|n: the line stands twice"]);
    expect(faults(house, "дом|n|dom|m|gs=doma|")).toEqual([
      'дом|n: "kuća" and "dom" under the same circumstances',
    ]);
    expect(faults(house, "дом|n|dom|m|gs=doma|sense:institution")).toEqual([]);
    expect(faults("все|pron|svi|-||", "всё|pron|sve|-||")).toEqual([]);
    expect(faults("все равно|phr|svejedno|-||", "всё равно|phr|svejedno|-||")).toEqual([
      "всё равно|phr: the line stands twice",
    ]);
  });

  it("the second of two renderings whose conditions are the same", () => {
    const faults = (...lines: string[]) => faultsOf(lines.map(parseLexiconLine));
    const first = "брать|v|uzimati|ipf|1s=uzimam,lp=uzimao|gov:acc,with:рука";
    const second = "брать|v|hvatati|ipf|1s=hvatam,lp=hvatao|with:рука,gov:acc>gen";
    expect(faults(first, second)).toEqual([
      'брать|v: "uzimati" and "hvatati" under the same circumstances',
    ]);
    expect(faults(first, second.replace("gov:acc>gen", "gov:ins"))).toEqual([]);
  });

  it("a noun that declines in two ways", () => {
    const faults = (...lines: string[]) => faultsOf(lines.map(parseLexiconLine));
    expect(
      faults("запас|n|zaliha|f|gs=zalihe,ds=zalihi|", "припас|n|zaliha|f|gs=zalihe,ds=zalisi|"),
    ).toEqual(['припас|n: ds is "zalisi" here, "zalihi" elsewhere']);
    const times = "раз|n|put|m|gs=puta,np=puti|";
    expect(faults(times, "дорога|n|put|m|gs=puta,np=putevi|")).toEqual([]);
    expect(faults("кит|n|kit|ma|gs=kita,np=kitovi|", "замазка|n|kit|m|gs=kita|")).toEqual([]);
  });

  it("a noun that stands twice, with ё and without", () => {
    const faults = (...lines: string[]) => faultsOf(lines.map(parseLexiconLine));
    expect(faults("осетр|n|jesetra|f|gs=jesetre|", "осётр|n|jesetra|f|gs=jesetre|")).toEqual([
      'осётр|n: stands under "осетр" too',
    ]);
    expect(faults("небо|n|nebo|n|gs=neba|", "нёбо|n|nepce|n|gs=nepca|")).toEqual([]);
  });
});
