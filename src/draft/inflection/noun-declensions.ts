import type { Case, Count } from "../grammar.ts";
import { isSoft, palatalised, sibilarised, syllableCount, withFleetingA } from "./sound-changes.ts";

/** All forms of a noun. */
export type Paradigm = Readonly<Record<Count, Readonly<Record<Case, string>>>>;

type Forms = Record<Case, string>;

/** Principal parts by their short names: gs genitive singular, np nominative plural, and so on. */
export type Parts = Readonly<Record<string, string>>;

const PREFIXES = { sg: "s", pl: "p" } as const;
const LETTERS = { nom: "n", gen: "g", dat: "d", acc: "a", voc: "v", ins: "i", loc: "l" } as const;

/** Parts that the lexicon gives stand before what the rules say. */
function withParts(forms: Forms, parts: Parts, count: Count): Forms {
  const listed = (Object.keys(LETTERS) as Case[]).flatMap((its) => {
    const form = parts[`${LETTERS[its]}${PREFIXES[count]}`];
    return form === undefined ? [] : [[its, form] as const];
  });
  return { ...forms, ...Object.fromEntries(listed) };
}

/** Dative, locative and instrumental of the plural are one form. */
function plural(nom: string, gen: string, dat: string, acc: string): Forms {
  return { nom, gen, dat, acc, voc: nom, ins: dat, loc: dat };
}

const COLLECTIVES = new Set(["deca", "braća", "gospoda", "vlastela"]);

/** deca, braća: plural by meaning, declined as a feminine singular; dugmad like stvar. */
function collective(nom: string): Forms | undefined {
  if (COLLECTIVES.has(nom)) return feminineSingular(nom, {});
  if (!nom.endsWith("ad")) return undefined;
  return { ...plural(nom, `${nom}i`, `${nom}ima`, nom), voc: `${nom}i` };
}

/** Adjectives that became nouns, and names in -ski: Dostojevski, Dostojevskog. */
function adjectival(lemma: string, genitive: string, animate: boolean): Paradigm {
  const stem = genitive.slice(0, -2);
  const vowel = genitive.at(-2) ?? "o";
  const isNeuter = /[oe]$/u.test(lemma);
  const dat = `${stem}${vowel}m`;
  const acc = animate && !isNeuter ? genitive : lemma;
  const nomPlural = isNeuter ? `${stem}a` : `${stem}i`;
  return {
    sg: { nom: lemma, gen: genitive, dat, acc, voc: lemma, ins: `${stem}im`, loc: dat },
    pl: plural(nomPlural, `${stem}ih`, `${stem}im`, isNeuter ? nomPlural : `${stem}e`),
  };
}

function masculineVocative(stem: string, lemma: string): string {
  if (isSoft(stem)) return `${stem}u`;
  return /[aeiou]$/u.test(lemma) ? lemma : `${palatalised(stem)}e`;
}

/** One syllable takes -ovi or -evi (grad, gradovi; muž, muževi), more take -i. */
function masculinePlural(stem: string): string {
  if (stem.endsWith("anin")) return `${stem.slice(0, -2)}i`;
  if (syllableCount(stem) === 1) return `${stem}${isSoft(stem) ? "ev" : "ov"}i`;
  return `${sibilarised(stem)}i`;
}

function masculinePluralForms(lemma: string, stem: string, nom: string): Forms {
  const root = nom.slice(0, -1);
  const regular = `${sibilarised(stem)}i` === nom;
  const gen = regular && !/[aeiou]$/u.test(lemma) ? `${lemma}a` : `${regular ? stem : root}a`;
  return plural(nom, gen, `${root}ima`, `${regular ? stem : root}e`);
}

export function masculine(lemma: string, parts: Parts, animate: boolean): Paradigm {
  const genitive = parts["gs"] ?? `${lemma}a`;
  if (/[oe]g$/u.test(genitive) && /[ioe]$/u.test(lemma)) {
    return adjectival(lemma, genitive, animate);
  }
  const stem = genitive.slice(0, -1);
  const singular = {
    nom: lemma,
    gen: genitive,
    dat: `${stem}u`,
    acc: animate ? genitive : lemma,
    voc: animate ? masculineVocative(stem, lemma) : lemma,
    ins: `${stem}${isSoft(stem) || stem.endsWith("c") ? "em" : "om"}`,
    loc: `${stem}u`,
  };
  const nomPlural = parts["np"] ?? masculinePlural(stem);
  const pluralForms = collective(nomPlural) ?? masculinePluralForms(lemma, stem, nomPlural);
  return { sg: withParts(singular, parts, "sg"), pl: withParts(pluralForms, parts, "pl") };
}

/** k, g, h become c, z, s before the i of the dative: ruka, ruci; not in tetka, baka, Volga. */
const RESISTS = /(?:[čćtšsdzjvpbfmnlr]k|zg|sh|čh)$/u;

function feminineSingular(lemma: string, parts: Parts): Forms {
  const stem = lemma.slice(0, -1);
  const dat = parts["ds"] ?? `${RESISTS.test(stem) ? stem : sibilarised(stem)}i`;
  const vocative = /[aeiou].*ica$/u.test(lemma) ? `${stem}e` : `${stem}o`;
  return {
    nom: lemma,
    gen: `${stem}e`,
    dat,
    acc: `${stem}u`,
    voc: vocative,
    ins: `${stem}om`,
    loc: dat,
  };
}

/** Nouns in -a, feminine ones and the masculine sudija, tata. */
export function nounInA(lemma: string, parts: Parts): Paradigm {
  const stem = (parts["gs"] ?? lemma).slice(0, -1);
  const nom = parts["np"] ?? `${stem}e`;
  const gen = `${withFleetingA(stem)}a`;
  const forms = nom.endsWith("i")
    ? plural(nom, `${stem}a`, `${nom.slice(0, -1)}ima`, `${stem}e`)
    : plural(nom, gen, `${stem}ama`, nom);
  return {
    sg: withParts(feminineSingular(lemma, parts), parts, "sg"),
    pl: withParts(forms, parts, "pl"),
  };
}

/** stvar, reč, radost: the genitive ends in -i. */
export function feminineInI(lemma: string, parts: Parts): Paradigm {
  const genitive = parts["gs"] ?? `${lemma}i`;
  const stem = genitive.slice(0, -1);
  const singular = {
    nom: lemma,
    gen: genitive,
    dat: genitive,
    acc: lemma,
    voc: genitive,
    ins: parts["is"] ?? (stem.endsWith("st") ? `${stem.slice(0, -2)}šću` : genitive),
    loc: genitive,
  };
  const forms = plural(genitive, genitive, `${stem}ima`, genitive);
  return { sg: withParts(singular, parts, "sg"), pl: withParts(forms, parts, "pl") };
}

export function neuter(lemma: string, parts: Parts): Paradigm {
  const genitive = parts["gs"] ?? `${lemma.slice(0, -1)}a`;
  if (/[oe]g$/u.test(genitive)) return adjectival(lemma, genitive, false);
  const stem = genitive.slice(0, -1);
  const grows = stem.length > lemma.length - 1;
  const instrumental = lemma.endsWith("e") && !grows ? `${stem}em` : `${stem}om`;
  const singular = {
    nom: lemma,
    gen: genitive,
    dat: `${stem}u`,
    acc: lemma,
    voc: lemma,
    ins: instrumental,
    loc: `${stem}u`,
  };
  const nom = parts["np"] ?? `${stem}a`;
  const root = nom.slice(0, -1);
  const forms =
    collective(nom) ??
    (nom.endsWith("i")
      ? plural(nom, `${root}a`, `${root}ima`, nom)
      : plural(nom, `${withFleetingA(root)}a`, `${root}ima`, nom));
  return { sg: withParts(singular, parts, "sg"), pl: withParts(forms, parts, "pl") };
}

/** Nouns that are only plural: both counts are the same forms. */
export function pluralOnly(lemma: string, parts: Parts, gender: "m" | "f" | "n"): Paradigm {
  const root = lemma.slice(0, -1);
  const accusative = gender === "m" ? `${root}e` : lemma;
  const dative = gender === "f" && lemma.endsWith("e") ? `${root}ama` : `${root}ima`;
  const genitive = parts["gp"] ?? (lemma.endsWith("i") && gender === "f" ? lemma : `${root}a`);
  const forms = withParts(plural(lemma, genitive, dative, accusative), parts, "pl");
  return { sg: forms, pl: forms };
}

export function indeclinable(lemma: string): Paradigm {
  const forms = plural(lemma, lemma, lemma, lemma);
  return { sg: forms, pl: forms };
}
