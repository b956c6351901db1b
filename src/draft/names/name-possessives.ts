import type { Case, Count, Gender } from "../grammar.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import type { Lexicon } from "../lexicon/lexicon.ts";
import type { Reading } from "../morphology/reading.ts";

type Place = readonly [its: Case, count: Count, gender: Gender | undefined];

const MASCULINE_AND_NEUTER = (its: Case): readonly Place[] => [
  [its, "sg", "m"],
  [its, "sg", "n"],
];

/** Endings of Ольгин, Петин behind the stem, with the places in which they stand. */
const ENDINGS: Readonly<Record<string, readonly Place[]>> = {
  "": [
    ["nom", "sg", "m"],
    ["acc", "sg", "m"],
  ],
  а: [["nom", "sg", "f"]],
  у: [["acc", "sg", "f"]],
  о: [
    ["nom", "sg", "n"],
    ["acc", "sg", "n"],
  ],
  ы: [
    ["nom", "pl", undefined],
    ["acc", "pl", undefined],
  ],
  ого: MASCULINE_AND_NEUTER("gen"),
  ому: MASCULINE_AND_NEUTER("dat"),
  ом: MASCULINE_AND_NEUTER("loc"),
  ым: [...MASCULINE_AND_NEUTER("ins"), ["dat", "pl", undefined]],
  ой: [
    ["gen", "sg", "f"],
    ["dat", "sg", "f"],
    ["ins", "sg", "f"],
    ["loc", "sg", "f"],
  ],
  ых: [
    ["gen", "pl", undefined],
    ["loc", "pl", undefined],
  ],
  ыми: [["ins", "pl", undefined]],
};

/** The listed name from which a possessive is made: Ольгин, Ольга; Петин, Петя. */
function nameOf(lexicon: Lexicon, possessive: string): LexiconEntry | undefined {
  if (!possessive.endsWith("ин")) return undefined;
  const stem = possessive.slice(0, -2);
  return [`${stem}а`, `${stem}я`]
    .flatMap((lemma) => lexicon.entriesOf(lemma, "n"))
    .find(({ use, sr }) => sr.endsWith("a") && use.some(({ kind }) => kind === "name"));
}

function readingAt(lemma: string, [its, count, gender]: Place, score: number): Reading {
  const features = { lemma, pos: "adjective", case: its, count, pronominal: true } as const;
  return { ...features, ...(gender && { gender }), known: true, score };
}

/** Readings of a form in small letters as what belongs to somebody: Ольгином, in Olga's. */
export function possessiveReadings(lexicon: Lexicon, form: string): readonly Reading[] {
  for (const [ending, places] of Object.entries(ENDINGS)) {
    const lemma = form.endsWith(ending) ? form.slice(0, form.length - ending.length) : "";
    if (nameOf(lexicon, lemma) === undefined) continue;
    return places.map((place) => readingAt(lemma, place, 1 / places.length));
  }
  return [];
}

/** ольгин -> olgin: the Serbian possessive of a listed name; c becomes č (Milica, Miličin). */
export function possessiveEntry(lexicon: Lexicon, possessive: string): LexiconEntry | undefined {
  const name = nameOf(lexicon, possessive);
  if (name === undefined) return undefined;
  const stem = name.sr.replace(/a$/u, "").replace(/c$/u, "č");
  return { ...name, ru: possessive, pos: "a", sr: `${stem}in`, class: "poss", parts: {}, use: [] };
}
