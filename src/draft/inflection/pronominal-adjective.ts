import { isBare, withAccusativeResolved, type AdjectivePlace } from "./adjective-endings.ts";

/** These have one nominative masculine, without -i: `taj`, `sav`, `jedan`, `takav`, `sam`. */
const ONE_NOMINATIVE = /^(?:taj|ovaj|onaj|sav|sam|jedan|naš|vaš|(?:.*[kt]|ov|on)akav)$/u;

/** Whether the nominative masculine is the dictionary form, be the adjective definite or not. */
export function hasOneNominative(sr: string): boolean {
  return ONE_NOMINATIVE.test(sr);
}

/** Genitive and dative of the masculine and neuter that are contracted: `mojeg` - `mog`. */
const CONTRACTED: Readonly<Record<string, string>> = { moj: "m", tvoj: "tv", svoj: "sv" };

/** `sav` in the masculine and neuter singular: `svega, svemu`, against `sva, svom`. */
const ALL: Readonly<Partial<Record<AdjectivePlace["case"], string>>> = {
  gen: "svega",
  dat: "svemu",
  loc: "svemu",
};

/**
 * Forms of pronouns in adjective use that no ending makes: `mog, mom` (not `mojeg, mojem`), `svega,
 * svemu`. Nothing where the endings of adjectives serve.
 */
export function pronominalForm(sr: string, place: AdjectivePlace): string | undefined {
  const resolved = withAccusativeResolved(place);
  if (isBare(place) || resolved.count === "pl" || resolved.gender === "f") return undefined;
  if (sr === "sav") return ALL[resolved.case];
  const stem = CONTRACTED[sr];
  if (stem === undefined) return undefined;
  if (resolved.case === "gen") return `${stem}og`;
  return resolved.case === "dat" || resolved.case === "loc" ? `${stem}om` : undefined;
}
