import { describe, expect, it } from "vitest";

import { adjectiveForm, adverbOf } from "../../../../src/draft/inflection/adjective.ts";
import { parseLexiconLine } from "../../../../src/draft/lexicon/parse.ts";

const good = parseLexiconLine("хороший|a|dobar|a|st=dobr,cmp=bolji|");
const all = parseLexiconLine("весь|a|sav|a|st=sv,f=sva,n=sve|");
const my = parseLexiconLine("мой|a|moj|poss||");
const base = { count: "sg", animate: false, definite: true, degree: "positive" } as const;

describe("an adjective", () => {
  it("shows definiteness in the masculine nominative", () => {
    const masculine = { ...base, gender: "m", case: "nom" } as const;
    expect(adjectiveForm(good, masculine)).toBe("dobri");
    expect(adjectiveForm(good, { ...masculine, definite: false })).toBe("dobar");
  });

  it("has the accusative of its noun's animacy", () => {
    const accusative = { ...base, gender: "m", case: "acc" } as const;
    expect(adjectiveForm(good, { ...accusative, animate: true })).toBe("dobrog");
    expect(adjectiveForm(good, accusative)).toBe("dobri");
  });

  it("takes e after a soft stem", () => {
    const hot = parseLexiconLine("горячий|a|vruć|a|st=vruć|");
    expect(adjectiveForm(hot, { ...base, gender: "n", case: "nom" })).toBe("vruće");
    expect(adjectiveForm(hot, { ...base, gender: "m", case: "gen" })).toBe("vrućeg");
  });

  it("that is a pronoun keeps its own forms", () => {
    expect(adjectiveForm(all, { ...base, gender: "m", case: "gen" })).toBe("svega");
    expect(adjectiveForm(all, { ...base, gender: "f", case: "dat" })).toBe("svoj");
    expect(adjectiveForm(my, { ...base, gender: "m", case: "gen" })).toBe("mog");
    expect(adjectiveForm(my, { ...base, gender: "m", case: "nom" })).toBe("moj");
  });

  it("is compared, and makes adverbs", () => {
    const superlative = { ...base, gender: "f", case: "nom", degree: "superlative" } as const;
    expect(adjectiveForm(good, superlative)).toBe("najbolja");
    expect(adverbOf(good, "positive")).toBe("dobro");
    expect(adverbOf(good, "comparative")).toBe("bolje");
  });
});
