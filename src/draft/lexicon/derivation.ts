import { adverbOf } from "../inflection/adjective.ts";
import type { LexicalClass, LexiconEntry } from "./entry.ts";
import type { Lexicon } from "./lexicon.ts";

/** Makes the entry of a derived word from the entry of its base; undefined if Serbian has none. */
type Derive = (base: LexiconEntry, lemma: string) => LexiconEntry | undefined;

/** A way in which Russian words are made of others, and Serbian ones likewise. */
export interface DerivationRule {
  readonly name: string;
  /** A Russian word, its base, and what the word is in Serbian. */
  readonly example: string;
  readonly pos: LexicalClass;
  readonly basePos: LexicalClass;
  /** What the word ends in (or begins with), and what stands there in a base; tried in this order. */
  readonly pattern: RegExp;
  readonly bases: readonly string[];
  readonly derive: Derive;
}

/** The word is rendered as its base is. */
const asBase: Derive = (base, ru) => ({ ...base, ru });

const noun = (ru: string, sr: string, inflection: string, gs: string): LexiconEntry => ({
  ru,
  pos: "n",
  sr,
  reflexive: false,
  class: inflection,
  parts: { gs },
  use: [],
});

const adverb = (ru: string, sr: string): LexiconEntry => ({
  ru,
  pos: "adv",
  sr,
  reflexive: false,
  class: "-",
  parts: {},
  use: [],
});

/** Expressions of several words have no regular derivations. */
const isOneWord = ({ sr }: LexiconEntry) => sr !== "" && !sr.includes(" ");

/** važan, važnost; not of adjectives in -ski, nor of those that do not decline. */
function quality(base: LexiconEntry, ru: string): LexiconEntry | undefined {
  const stem = base.parts["st"] ?? base.sr.replace(/i$/u, "");
  if (base.class !== "a" || /[sčš]k$/u.test(stem)) return undefined;
  return noun(ru, `${stem}ost`, "fi", `${stem}osti`);
}

/** The passive participle shows the stem: čitan, čitanje; otkriven, otkrivenje. */
function verbalNoun(base: LexiconEntry, ru: string): LexiconEntry | undefined {
  const participle = base.parts["pp"];
  if (base.reflexive || participle === undefined || !participle.endsWith("n")) return undefined;
  const sr = `${participle}je`;
  return noun(ru, sr, "n", `${sr.slice(0, -1)}a`);
}

/** prestupnik, prestupnica; učitelj, učiteljka; vaspitač, vaspitačica; student, studentkinja. */
function feminine(base: LexiconEntry, ru: string): LexiconEntry | undefined {
  if (base.class !== "ma") return undefined;
  const { sr } = base;
  if (sr.endsWith("nik")) return inA(ru, `${sr.slice(0, -1)}ca`);
  if (sr.endsWith("telj")) return inA(ru, `${sr}ka`);
  if (/(?:ač|ar)$/u.test(sr)) return inA(ru, `${sr}${sr.endsWith("ar") ? "ka" : "ica"}`);
  return /(?:ant|ent|ist)$/u.test(sr) ? inA(ru, `${sr}kinja`) : undefined;
}

const inA = (ru: string, sr: string) => noun(ru, sr, "f", `${sr.slice(0, -1)}e`);

/** neprijatan of prijatan: the prefix goes before every part. */
function withPrefix(prefix: string): Derive {
  return (base, ru) => {
    const parts = Object.entries(base.parts).map(([name, form]) => [name, prefix + form] as const);
    return { ...base, ru, sr: prefix + base.sr, parts: Object.fromEntries(parts) };
  };
}

const ADJECTIVES = ["ый", "ий", "ой"];

/**
 * Regular derivations (Švedova, Russkaja grammatika, 1980; Klajn, Tvorba reči u savremenom srpskom
 * jeziku, 2003). Only such as give a right Serbian word nearly always; the first that fits is taken.
 */
export const DERIVATION_RULES: readonly DerivationRule[] = [
  {
    name: "adverb of an adjective",
    example: "чувственно, чувственный",
    pos: "adv",
    basePos: "a",
    pattern: /[ое]$/u,
    bases: ADJECTIVES,
    derive: (base, ru) => adverb(ru, adverbOf(base, "positive")),
  },
  {
    name: "manner with по-",
    example: "по-весеннему, весенний: na prolećni način",
    pos: "adv",
    basePos: "a",
    pattern: /^по-|(?:ому|ему)$/gu,
    bases: ADJECTIVES,
    derive: (base, ru) =>
      isOneWord(base)
        ? adverb(ru, `na ${base.parts["st"] ?? base.sr.slice(0, -1)}i način`)
        : undefined,
  },
  {
    name: "quality in -ость",
    example: "щедрость, щедрый",
    pos: "n",
    basePos: "a",
    pattern: /ость$/u,
    bases: ADJECTIVES,
    derive: quality,
  },
  {
    name: "verbal noun in -ание, -яние",
    example: "перекладывание, перекладывать",
    pos: "n",
    basePos: "v",
    pattern: /ние$/u,
    bases: ["ть", "ться"],
    derive: verbalNoun,
  },
  {
    name: "verbal noun in -ение",
    example: "пленение, пленить",
    pos: "n",
    basePos: "v",
    pattern: /ение$/u,
    bases: ["ить", "еть"],
    derive: verbalNoun,
  },
  {
    name: "verbal noun with -л- after a labial",
    example: "отравление, отравить",
    pos: "n",
    basePos: "v",
    pattern: /(?<=[бвмпф])ление$/u,
    bases: ["ить"],
    derive: verbalNoun,
  },
  {
    name: "verbal noun with a changed consonant",
    example: "ограждение, оградить",
    pos: "n",
    basePos: "v",
    pattern: /(?:жд|ж|щ|ч|ш)ение$/u,
    bases: ["дить", "тить", "стить", "зить", "сить"],
    derive: verbalNoun,
  },
  {
    name: "woman of a man in -ник",
    example: "преступница, преступник",
    pos: "n",
    basePos: "n",
    pattern: /ница$/u,
    bases: ["ник"],
    derive: feminine,
  },
  {
    name: "woman of a man in -тель",
    example: "воспитательница, воспитатель",
    pos: "n",
    basePos: "n",
    pattern: /(?<=тель)ница$/u,
    bases: [""],
    derive: feminine,
  },
  {
    name: "woman in -ка",
    example: "арестантка, арестант",
    pos: "n",
    basePos: "n",
    pattern: /ка$/u,
    bases: [""],
    derive: feminine,
  },
  {
    name: "diminutive in -очка, -ечка",
    example: "складочка, складка",
    pos: "n",
    basePos: "n",
    pattern: /(?:оч|еч)ка$/u,
    bases: ["ка"],
    derive: asBase,
  },
  {
    name: "diminutive in -ушка, -юшка, -ишка, -енька",
    example: "избушка, изба",
    pos: "n",
    basePos: "n",
    pattern: /(?:[уюи]ш|[ое]нь)ка$/u,
    bases: ["а", "я"],
    derive: asBase,
  },
  {
    // After т, д, з, с the ending -чик makes a man: переплётчик, докладчик.
    name: "diminutive in -ик, -чик",
    example: "сарафанчик, сарафан",
    pos: "n",
    basePos: "n",
    pattern: /(?<=...)(?:(?<=[лмнрвбпй])чик|ик)$/u,
    bases: ["", "ь"],
    derive: (base, ru) => (base.class === "m" ? asBase(base, ru) : undefined),
  },
  {
    name: "half with полу-",
    example: "полуприкрытие, прикрытие",
    pos: "n",
    basePos: "n",
    pattern: /^полу-?/u,
    bases: [""],
    derive: (base, ru) => (isOneWord(base) ? withPrefix("polu")(base, ru) : undefined),
  },
  {
    // Short adjectives have opposites of their own: недорогой is jeftin.
    name: "negated adjective",
    example: "неосновательный, основательный",
    pos: "a",
    basePos: "a",
    pattern: /^не/u,
    bases: [""],
    derive: (base, ru) =>
      isOneWord(base) && base.class === "a" && base.sr.length > 4
        ? withPrefix("ne")(base, ru)
        : undefined,
  },
  {
    name: "negated adverb",
    example: "неохотно, охотно",
    pos: "adv",
    basePos: "adv",
    pattern: /^не/u,
    bases: [""],
    derive: (base, ru) => (isOneWord(base) ? withPrefix("ne")(base, ru) : undefined),
  },
  {
    name: "diminutive adjective",
    example: "красненький, красный",
    pos: "a",
    basePos: "a",
    pattern: /[ое]нький$/u,
    bases: ADJECTIVES,
    derive: asBase,
  },
  {
    name: "imperfective in -ывать",
    example: "отбывать, отбыть",
    pos: "v",
    basePos: "v",
    pattern: /вать$/u,
    bases: ["ть"],
    derive: asBase,
  },
  {
    name: "imperfective in -ывать, -ивать of another conjugation",
    example: "сваливать, свалить",
    pos: "v",
    basePos: "v",
    pattern: /(?<=...)[ыи]вать$/u,
    bases: ["ать", "ить", "еть", "нуть"],
    derive: asBase,
  },
  {
    name: "imperfective in -ять, -ать of -ить",
    example: "причислять, причислить",
    pos: "v",
    basePos: "v",
    pattern: /(?<=^(?!по)...*)(?:ять|(?<=[жчшщ])ать)$/u,
    bases: ["ить"],
    derive: asBase,
  },
  {
    name: "imperfective in -лять, -щать, -ждать of -ить",
    example: "разграблять, разграбить",
    pos: "v",
    basePos: "v",
    pattern: /(?<=...)(?:(?<=[бвмпф])лять|(?:щ|жд|ч)ать)$/u,
    bases: ["ить", "тить", "дить", "стить"],
    derive: asBase,
  },
];

function derivedBy(rule: DerivationRule, lexicon: Lexicon, lemma: string): LexiconEntry[] {
  const rest = lemma.replace(rule.pattern, "");
  if (rest === lemma || rest.length < 2) return [];
  for (const ending of rule.bases) {
    const derived = lexicon
      .entriesOf(rest + ending, rule.basePos)
      .filter(({ use }) => use.every(({ kind }) => kind !== "name"))
      .flatMap((base) => rule.derive(base, lemma) ?? []);
    if (derived.length > 0) return derived;
  }
  return [];
}

/**
 * Entries for a word that is not listed but follows from a listed one by a regular derivation.
 *
 * @param lemma in small letters, not listed itself.
 * @returns entries as `entriesOf` would give them; none where no rule applies.
 */
export function derivedEntries(
  lexicon: Lexicon,
  lemma: string,
  pos: LexicalClass,
): readonly LexiconEntry[] {
  for (const rule of DERIVATION_RULES) {
    if (rule.pos !== pos) continue;
    const derived = derivedBy(rule, lexicon, lemma);
    if (derived.length > 0) return derived;
  }
  return [];
}
