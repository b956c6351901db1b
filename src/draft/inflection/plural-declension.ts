import { withAdjectiveEnding } from "./adjective-endings.ts";
import { formsOf, type CaseForms } from "./declension.ts";
import {
  feminineGenitivePlural,
  masculineGenitivePlural,
  neuterGenitivePlural,
} from "./genitive-plural.ts";
import { sibilarised, withoutFleetingA } from "./sound-changes.ts";

/** How a plural declines; the nominative alone does not tell. */
export type PluralKind =
  /** `gradovi, gradove` */
  | "masculine"
  /** `sela` */
  | "neuter"
  /** `kuće, kućama` */
  | "a-stem"
  /** `stvari, stvarima` */
  | "i-stem"
  /** `braća, braći`: a collective that declines like a singular in -a. */
  | "collective"
  /** `telad, teladi, teladima`: a collective in -ad. */
  | "ad-collective"
  /** `bližnji, bližnjih` */
  | "adjectival";

/** Collectives that are known as such without their genitive. */
const COLLECTIVES: ReadonlySet<string> = new Set(["deca", "braća", "gospoda", "vlastela"]);

/**
 * Kind of a plural by its two forms in the lexicon. Examples: `deca, dece` collective, `oči, očiju`
 * i-stem, `mačići, mačića` masculine, `sela, sela` neuter, `stari, starih` adjectival.
 *
 * @param isMasculine the singular is a masculine noun, or the class says so.
 */
export function pluralKind(
  nominative: string,
  genitive: string | undefined,
  isMasculine: boolean,
): PluralKind {
  if (genitive?.endsWith("ih") === true) return "adjectival";
  if (nominative.endsWith("ad")) return "ad-collective";
  if (nominative.endsWith("e")) return "a-stem";
  if (nominative.endsWith("a")) {
    const isCollective = COLLECTIVES.has(nominative) || genitive?.endsWith("e") === true;
    return isMasculine || isCollective ? "collective" : "neuter";
  }
  const hasI = genitive?.endsWith("i") === true || genitive?.endsWith("iju") === true;
  return hasI && !isMasculine ? "i-stem" : "masculine";
}

/** What a plural is made from; the lexicon may give its genitive. */
export interface Plural {
  readonly nominative: string;
  readonly genitive: string | undefined;
  /** Stem of the singular, whose velar the nominative plural may hide: `junak` of `junaci`. */
  readonly singularStem?: string;
}

/**
 * The stem of the plural before endings that leave velars alone: `junaci` - `junak`, by the singular
 * or else by the genitive (`podaci, podataka` - `podatk`).
 */
function velarStem({ nominative, genitive, singularStem }: Plural): string {
  const stem = nominative.slice(0, -1);
  if (singularStem !== undefined && sibilarised(singularStem) === stem) return singularStem;
  const whole = genitive?.slice(0, -1) ?? stem;
  const shortened = withoutFleetingA(whole);
  return [whole, shortened].find((candidate) => sibilarised(candidate) === stem) ?? stem;
}

function masculinePlural(plural: Plural): CaseForms {
  const { nominative } = plural;
  const stem = velarStem(plural);
  const genitive = plural.genitive ?? masculineGenitivePlural(stem);
  const oblique = `${nominative}ma`;
  return formsOf(nominative, genitive, oblique, `${stem}e`, nominative, oblique);
}

function adjectivalPlural(nominative: string, stem: string): CaseForms {
  const place = { gender: "m", count: "pl", animate: true } as const;
  const dative = withAdjectiveEnding(stem, { ...place, case: "dat" });
  const genitive = withAdjectiveEnding(stem, { ...place, case: "gen" });
  const accusative = nominative.endsWith("i") ? `${stem}e` : nominative;
  return formsOf(nominative, genitive, dative, accusative, nominative, dative);
}

/** The plural forms of a noun. */
export function declinePlural(kind: PluralKind, plural: Plural): CaseForms {
  const { nominative, genitive } = plural;
  const stem = nominative.slice(0, -1);
  switch (kind) {
    case "masculine":
      return masculinePlural(plural);
    case "adjectival":
      return adjectivalPlural(nominative, stem);
    case "neuter": {
      const gen = genitive ?? neuterGenitivePlural(stem);
      return formsOf(nominative, gen, `${stem}ima`, nominative, nominative, `${stem}ima`);
    }
    case "a-stem": {
      const gen = genitive ?? feminineGenitivePlural(stem);
      return formsOf(nominative, gen, `${stem}ama`, nominative, nominative, `${stem}ama`);
    }
    case "i-stem": {
      const oblique = `${stem}ima`;
      return formsOf(nominative, genitive ?? nominative, oblique, nominative, nominative, oblique);
    }
    case "collective":
      return formsOf(nominative, `${stem}e`, `${stem}i`, `${stem}u`, `${stem}o`, `${stem}om`);
    case "ad-collective": {
      const oblique = `${nominative}i`;
      return formsOf(nominative, oblique, oblique, nominative, oblique, `${nominative}ima`);
    }
    default:
      return kind satisfies never;
  }
}
