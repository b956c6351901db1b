import type { Case, Count } from "../../../src/draft/grammar.ts";
import { nounForm } from "../../../src/draft/inflection/noun.ts";
import type { LexiconEntry } from "../../../src/draft/lexicon/entry.ts";
import { entriesOf, type Claim } from "./claim.ts";

const CASES: readonly Case[] = ["nom", "gen", "dat", "acc", "voc", "ins", "loc"];
const COUNTS: readonly Count[] = ["sg", "pl"];
const GENDER_TAGS: Readonly<Record<string, string>> = {
  m: "m[ai]",
  ma: "m[ai]",
  "ma-a": "m[ai]",
  f: "f",
  fi: "f",
  n: "nt",
  "pl-m": "m[ai]",
  "pl-f": "f",
  "pl-n": "nt",
  "sg-m": "m[ai]",
  "sg-f": "f",
  "sg-n": "nt",
};

function claimsOf(entry: LexiconEntry): Claim[] {
  const gender = GENDER_TAGS[entry.class];
  if (gender === undefined) return [];
  const only = COUNTS.find((count) => entry.class.startsWith(`${count}-`));
  const lemma = new RegExp(`^([^<]+<n><${gender}>)<${only ?? "sg"}><nom>$`, "u");
  return COUNTS.filter((count) => only === undefined || count === only).flatMap((count) =>
    CASES.map((its) => ({
      entry,
      form: nounForm(entry, its, count),
      lemma,
      tags: `<${count}><${its}>`,
      base: count === "sg" ? "<sg><gen>" : "<pl><nom>",
    })),
  );
}

/** All forms of the lexicon's nouns. */
export function nounClaims(): Claim[] {
  return entriesOf("nouns", "n").flatMap(claimsOf);
}
