import type { Agreement, Case, Degree } from "../grammar.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import { isSoft } from "./sound-changes.ts";

export interface AdjectiveFeatures extends Agreement {
  readonly case: Case;
  /** dobri čovek against dobar čovek; shows in the nominative of the masculine. */
  readonly definite: boolean;
  readonly degree: Degree;
}

/** Words that decline like adjectives and never take the -i of the definite form. */
const PRONOMINAL =
  /^(?:.*kav|.*taj|ovaj|onaj|sav|sam|jedan|nijedan|moj|tvoj|svoj|naš|vaš|čij|njen|njegov|njihov|njezin)$/u;
/** mojega is said mog. */
const CONTRACTED = new Set(["moj", "tvoj", "svoj"]);

function stemOf({ sr, parts }: LexiconEntry): string {
  const stem = parts["st"];
  if (stem !== undefined) return stem;
  return /[ioea]$/u.test(sr) ? sr.slice(0, -1) : sr;
}

/** The vowel of -og, -om and the neuter: lepo, vruće, sve. */
function vowelOf(stem: string): "o" | "e" {
  return isSoft(stem) || stem === "sv" ? "e" : "o";
}

function masculineSingular(
  lemma: string,
  stem: string,
  its: Case,
  { animate, definite }: AdjectiveFeatures,
): string {
  const short = CONTRACTED.has(lemma) ? stem.slice(0, -1) : `${stem}${vowelOf(stem).slice(0, -1)}`;
  const vowel = CONTRACTED.has(lemma) ? "" : vowelOf(stem);
  switch (its) {
    case "nom":
    case "voc":
      return definite && !PRONOMINAL.test(lemma) ? `${stem}i` : lemma;
    case "acc":
      if (animate) return `${short}${vowel}g`;
      return definite && !PRONOMINAL.test(lemma) ? `${stem}i` : lemma;
    case "gen":
      return stem === "sv" ? "svega" : `${short}${vowel}g`;
    case "ins":
      return `${stem}im`;
    case "dat":
    case "loc":
    default:
      return stem === "sv" ? "svemu" : `${short}${vowel}m`;
  }
}

function neuterSingular(
  lemma: string,
  stem: string,
  its: Case,
  features: AdjectiveFeatures,
): string {
  const isDirect = its === "nom" || its === "acc" || its === "voc";
  return isDirect ? `${stem}${vowelOf(stem)}` : masculineSingular(lemma, stem, its, features);
}

function feminineSingular(stem: string, its: Case): string {
  const endings = { nom: "a", gen: "e", dat: "oj", acc: "u", voc: "a", ins: "om", loc: "oj" };
  return stem + endings[its];
}

function pluralForm(stem: string, its: Case, gender: Agreement["gender"]): string {
  if (its === "gen") return `${stem}ih`;
  if (its === "dat" || its === "ins" || its === "loc") return `${stem}im`;
  if (gender === "m") return `${stem}${its === "acc" ? "e" : "i"}`;
  return `${stem}${gender === "f" ? "e" : "a"}`;
}

function decline(lemma: string, stem: string, features: AdjectiveFeatures): string {
  const { case: its, count, gender } = features;
  if (count === "pl") return pluralForm(stem, its, gender);
  if (gender === "f") return feminineSingular(stem, its);
  if (gender === "n") return neuterSingular(lemma, stem, its, features);
  return masculineSingular(lemma, stem, its, features);
}

/** noviji, bolji, najlepši: the comparative declines like a definite adjective. */
function comparativeOf(entry: LexiconEntry, degree: Degree): string {
  const isComparative = entry.sr.endsWith("iji");
  const comparative = entry.parts["cmp"] ?? (isComparative ? entry.sr : `${stemOf(entry)}iji`);
  return degree === "superlative" ? `naj${comparative}` : comparative;
}

/** Form of an adjective, a possessive, an ordinal or a pronoun that declines like one. */
export function adjectiveForm(entry: LexiconEntry, features: AdjectiveFeatures): string {
  if (entry.class === "inv") return entry.sr;
  if (features.degree === "positive") return decline(entry.sr, stemOf(entry), features);
  const comparative = comparativeOf(entry, features.degree);
  return decline(comparative, comparative.slice(0, -1), { ...features, definite: true });
}

/** lepo, vruće, ruski; lepše, najlepše. */
export function adverbOf(entry: LexiconEntry, degree: Degree): string {
  if (degree !== "positive") return `${comparativeOf(entry, degree).slice(0, -1)}e`;
  if (entry.class === "inv" || /[sčš]ki$/u.test(entry.sr)) return entry.sr;
  const stem = stemOf(entry);
  return `${stem}${vowelOf(stem)}`;
}
