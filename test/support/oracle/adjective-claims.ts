import type { Case, Count, Degree, Gender } from "../../../src/draft/grammar.ts";
import { adjectiveForm } from "../../../src/draft/inflection/adjective.ts";
import type { LexiconEntry } from "../../../src/draft/lexicon/entry.ts";
import { entriesOf, type Claim } from "./claim.ts";

const CASES: readonly Case[] = ["nom", "gen", "dat", "acc", "voc", "ins", "loc"];
const COUNTS: readonly Count[] = ["sg", "pl"];
const GENDERS: readonly Gender[] = ["m", "f", "n"];
const GENDER_OF: Readonly<Record<Gender, string>> = { m: "ma", f: "f", n: "nt" };
const DEGREES: Readonly<Record<Degree, string>> = {
  positive: "pst",
  comparative: "comp",
  superlative: "sup",
};

function claimsOf(entry: LexiconEntry): Claim[] {
  if (entry.class !== "a") return [];
  const degrees: Degree[] =
    entry.parts["cmp"] === undefined ? ["positive"] : ["positive", "comparative", "superlative"];
  return degrees.flatMap((degree) =>
    GENDERS.flatMap((gender) =>
      COUNTS.flatMap((count) =>
        CASES.map((its) => ({
          entry,
          form: adjectiveForm(entry, {
            gender,
            count,
            animate: true,
            case: its,
            definite: true,
            degree,
          }),
          lemma: /^([^<]+<adj>)<pst><ma><sg><nom><(?:ind|def)>$/u,
          tags: `<${DEGREES[degree]}><${GENDER_OF[gender]}><${count}><${its}>${degree === "positive" ? "<def>" : ""}`,
          base: degree === "positive" ? "" : "<comp><ma><sg><nom>",
        })),
      ),
    ),
  );
}

/** All forms of the lexicon's adjectives, the compared ones of those that are compared. */
export function adjectiveClaims(): Claim[] {
  return entriesOf("adjectives", "a").flatMap(claimsOf);
}
