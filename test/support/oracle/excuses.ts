import type { Claim } from "./claim.ts";

/** A fault of the oracle: a disagreement that says nothing about our form. */
export interface Excuse {
  readonly name: string;
  /** What the norm has, and where it stands. */
  readonly reason: string;
  readonly holds: (claim: Claim, theirs: readonly string[]) => boolean;
}

/** The generator leaves some words in the other pronunciation: `najvječniji` for `največniji`. */
const ekavian = (form: string) => form.replace(/i?je/gu, "e");

const wordsIn = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** Words that the oracle declines by a paradigm of other words. */
const MISPLACED = wordsIn("otac Španac Švajcarac Rimljanin jednorog spomenik zakonik");
/** Words in -o behind i, which the oracle takes for neuter ones or writes without their j. */
const FOREIGN_IN_O = wordsIn("radio studio trio scenario tempo");

const NORM = "Piper and Klajn, Normativna gramatika srpskog jezika (2013)";

/** The faults of the oracle that were found, each with what is right; nothing else is excused. */
export const EXCUSES: readonly Excuse[] = [
  {
    name: "other pronunciation",
    reason: "The oracle's Serbian generator gives Ijekavian forms of some words.",
    holds: ({ form }, theirs) => theirs.some((other) => ekavian(other) === ekavian(form)),
  },
  {
    name: "compared neuter instrumental",
    reason: "The oracle has the positive there: najlepim for najlepšim.",
    holds: ({ tags }) => /^<(?:comp|sup)><nt><sg><ins>/u.test(tags),
  },
  {
    name: "vocative in -ice",
    reason: `Nouns in -ica of three syllables and more have -e: domaćice, dušice. ${NORM}, on the vocative; the oracle knows -o alone.`,
    holds: ({ entry, form, tags }) =>
      tags === "<sg><voc>" && entry.sr.endsWith("ica") && form === `${entry.sr.slice(0, -1)}e`,
  },
  {
    name: "misplaced word",
    reason: "otca for oca, Španaca for Španca, Rimljanini for Rimljani, spomenik as if animate.",
    holds: ({ entry }) => MISPLACED.has(entry.sr),
  },
  {
    name: "masculine in -io",
    reason: `radio, scenario are masculine with a j in their forms: radiji, scenarija. ${NORM}, on masculine nouns in -o.`,
    holds: ({ entry }) => FOREIGN_IN_O.has(entry.sr),
  },
  {
    name: "letter of the other script",
    reason: "ministrа is written with a Cyrillic а.",
    holds: (_, theirs) => theirs.every((other) => /\p{Script=Cyrillic}/u.test(other)),
  },
];
