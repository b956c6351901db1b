import type { Agreement, Case, Count, Gender } from "../grammar.ts";
import { isSoft } from "./sound-changes.ts";

type CaseEndings = Readonly<Record<Case, string>>;

/** Endings of the definite declension; the accusative of the masculine is decided elsewhere. */
const ENDINGS: Readonly<Record<Count, Readonly<Record<Gender, CaseEndings>>>> = {
  sg: {
    m: { nom: "i", gen: "og", dat: "om", acc: "i", voc: "i", ins: "im", loc: "om" },
    f: { nom: "a", gen: "e", dat: "oj", acc: "u", voc: "a", ins: "om", loc: "oj" },
    n: { nom: "o", gen: "og", dat: "om", acc: "o", voc: "o", ins: "im", loc: "om" },
  },
  pl: {
    m: { nom: "i", gen: "ih", dat: "im", acc: "e", voc: "i", ins: "im", loc: "im" },
    f: { nom: "e", gen: "ih", dat: "im", acc: "e", voc: "e", ins: "im", loc: "im" },
    n: { nom: "a", gen: "ih", dat: "im", acc: "a", voc: "a", ins: "im", loc: "im" },
  },
};

export interface AdjectivePlace extends Agreement {
  readonly case: Case;
}

/** The masculine singular is like the genitive for what lives, else like the nominative. */
export function withAccusativeResolved(place: AdjectivePlace): AdjectivePlace {
  const { gender, count, animate } = place;
  if (place.case !== "acc" || gender !== "m" || count !== "sg") return place;
  return { ...place, case: animate ? "gen" : "nom" };
}

/** Whether the form is the masculine singular that has no ending where an adjective is indefinite. */
export function isBare(place: AdjectivePlace): boolean {
  const resolved = withAccusativeResolved(place);
  if (resolved.gender !== "m" || resolved.count !== "sg") return false;
  return resolved.case === "nom" || resolved.case === "voc";
}

/** In št, but hard: `vešto, veštog`, against `opšte, opšteg`. */
const HARD = /(?:ve|ta)št$/u;

function isSoftAdjective(stem: string): boolean {
  return isSoft(stem) && !HARD.test(stem);
}

/**
 * A stem with the ending of the definite declension: `nov` - `novi, novog, nova`; soft stems have e
 * for o in the masculine and neuter: `vruć` - `vrućeg`, but `vrućoj`.
 *
 * @param soft whether the stem counts as soft; comparatives do, whatever they end in (`goreg`).
 */
export function withAdjectiveEnding(
  stem: string,
  place: AdjectivePlace,
  soft: boolean = isSoftAdjective(stem),
): string {
  const resolved = withAccusativeResolved(place);
  const ending = ENDINGS[resolved.count][resolved.gender][resolved.case];
  const softens = resolved.gender !== "f" && ending.startsWith("o") && soft;
  return stem + (softens ? `e${ending.slice(1)}` : ending);
}
