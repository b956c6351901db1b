import type { Case } from "../grammar.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";

type Parts = LexiconEntry["parts"];

/** How pronouns decline whose parts are not all given, by the end of their genitive. */
interface PronounEndings {
  readonly genitive: RegExp;
  readonly dat: string;
  readonly ins: string;
}

/** The first that fits applies; the genitive loses what the pattern matches. */
const ENDINGS: readonly PronounEndings[] = [
  // ničega, ničemu, ničim
  { genitive: /ega$/u, dat: "emu", ins: "im" },
  // svakoga, svakome, svakim
  { genitive: /oga$/u, dat: "ome", ins: "im" },
  // ostalog, ostalom, ostalim
  { genitive: /og$/u, dat: "om", ins: "im" },
  // svih, svima, svima
  { genitive: /ih$/u, dat: "ima", ins: "ima" },
  // svake, svakoj, svakom
  { genitive: /e$/u, dat: "oj", ins: "om" },
];

/** The forms that the genitive foretells. */
function foretold(genitive: string | undefined, ending: "dat" | "ins"): string | undefined {
  if (genitive === undefined) return undefined;
  const rule = ENDINGS.find((endings) => endings.genitive.test(genitive));
  return rule === undefined ? undefined : genitive.replace(rule.genitive, rule[ending]);
}

/** `svi, svih` - `sve`: plural pronouns have -e, others are like the nominative or the genitive. */
function accusative(sr: string, genitive: string | undefined): string {
  return genitive?.endsWith("ih") === true && sr.endsWith("i") ? `${sr.slice(0, -1)}e` : sr;
}

function formIn(grammaticalCase: Case, sr: string, parts: Parts): string {
  const genitive = parts["gs"] ?? parts["gp"];
  const dative = parts["ds"] ?? parts["dp"] ?? foretold(genitive, "dat") ?? sr;
  switch (grammaticalCase) {
    case "nom":
      return sr;
    case "gen":
      return genitive ?? sr;
    case "dat":
      return dative;
    case "acc":
      return parts["as"] ?? accusative(sr, genitive);
    case "voc":
      return parts["vs"] ?? sr;
    case "ins":
      return parts["is"] ?? foretold(genitive, "ins") ?? sr;
    case "loc":
      return parts["ls"] ?? dative;
    default:
      return grammaticalCase satisfies never;
  }
}

/** Full form of a pronoun: `ja` in the dative is `meni`, `ništa` in the instrumental `ničim`. */
export function pronounForm(entry: LexiconEntry, grammaticalCase: Case): string {
  return formIn(grammaticalCase, entry.sr, entry.parts);
}

const CLITICS: Partial<Record<Case, string>> = { gen: "cl-g", dat: "cl-d", acc: "cl-a" };

/** Unstressed form of a pronoun, `me, mi`; nothing where there is none. */
export function pronounClitic(entry: LexiconEntry, grammaticalCase: Case): string | undefined {
  const part = CLITICS[grammaticalCase];
  return part === undefined ? undefined : entry.parts[part];
}

/**
 * All unstressed accusatives: of `ona` both `je` and `ju`, which stands beside the auxiliary `je`
 * (`video ju je`); of other pronouns one or none.
 */
export function accusativeClitics(entry: LexiconEntry): readonly string[] {
  const clitic = pronounClitic(entry, "acc");
  if (clitic === undefined) return [];
  return clitic === "je" ? ["je", "ju"] : [clitic];
}
