import type { LexicalClass, LexiconEntry } from "../lexicon/entry.ts";
import type { Reading } from "../morphology/reading.ts";
import { transcribe } from "./transcription.ts";

type Parts = Readonly<Record<string, string>>;

function entryOf(
  ru: string,
  pos: LexicalClass,
  sr: string,
  inflection: string,
  parts: Parts = {},
  reflexive = false,
): LexiconEntry {
  return { ru, pos, sr, reflexive, class: inflection, parts, use: [] };
}

/** Names whose stem loses a vowel, or is another one: Petar, Petra; Pavle, Pavla. */
const GENITIVES: Readonly<Record<string, string>> = {
  aleksandar: "aleksandra",
  dnjepar: "dnjepra",
  dnjestar: "dnjestra",
  hristos: "hrista",
  jevgenije: "jevgenija",
  lav: "lava",
  mojsije: "mojsija",
  pavle: "pavla",
  petar: "petra",
  sergije: "sergija",
};

function adjectivalSurname(ru: string, sr: string): LexiconEntry {
  const stem = sr.slice(0, -1);
  const vowel = /[čćšžj]$/u.test(stem) ? "e" : "o";
  const dative = `${stem}${vowel}m`;
  return entryOf(ru, "n", sr, "ma", { gs: `${stem}${vowel}g`, ds: dative, is: `${stem}im` });
}

/** Genitive of a man's name; the rest follows from it. */
function masculineGenitive(sr: string): string {
  const listed = GENITIVES[sr];
  if (listed !== undefined) return listed;
  // Hari, Harija; Igo, Igoa; Gete, Getea; but Ševčenko, Ševčenka.
  if (sr.endsWith("i")) return `${sr}ja`;
  if (/(?:nk|čk|jk)o$/u.test(sr)) return `${sr.slice(0, -1)}a`;
  return `${sr}a`;
}

function masculineName(ru: string, sr: string, animate: boolean): LexiconEntry {
  const inflection = animate ? "ma" : "m";
  if (/(?:ый|[кгхчщжш]ий)$/u.test(ru) && sr.endsWith("i")) return adjectivalSurname(ru, sr);
  if (sr.endsWith("a")) return nameInA(ru, sr, animate ? "ma-a" : "f");
  return entryOf(ru, "n", sr, inflection, { gs: masculineGenitive(sr) });
}

/** Surnames of women in -ova, -ina, -aja, and patronymics in -ovna: dative in -oj. */
const ADJECTIVAL_DATIVE = /(?:ova|eva|ina|aja|ovna|evna|ična)$/u;

function nameInA(
  ru: string,
  sr: string,
  inflection: "f" | "ma-a",
  isSurname = false,
): LexiconEntry {
  const stem = sr.slice(0, -1);
  const dative = isSurname ? `${stem}oj` : `${stem}i`;
  // Persons are called by the nominative, and k, g, h stay before the i: Anki, Olgi.
  return entryOf(ru, "n", sr, inflection, { gs: `${stem}e`, ds: dative, vs: sr });
}

/** The feminine of a surname whose dictionary form is the masculine one: Каренин, Каренина. */
function feminineSurname(ru: string): string {
  if (/(?:ов|ев|ёв|ин|ын)$/u.test(ru)) return `${ru}а`;
  return ru.replace(/(?:ый|ой|ий)$/u, "ая");
}

function feminineName(ru: string): LexiconEntry {
  const russian = feminineSurname(ru);
  const sr = transcribe(russian);
  if (sr.endsWith("a")) {
    const isSurname = russian !== ru || /(?:ова|ева|ина|ая|вна|ична)$/u.test(ru);
    return nameInA(ru, sr, "f", isSurname && ADJECTIVAL_DATIVE.test(sr));
  }
  // Любовь declines; Долли and Элен do not.
  return entryOf(ru, "n", sr, ru.endsWith("ь") ? "fi" : "inv");
}

/** Persons by their endings, whatever the reading was guessed from. */
const PERSONAL = /(?:[оеё]в|[иы]н|[сц]кий|[оеи]вич|[иь]ич)$/u;

/**
 * An entry for a name or another noun that the lexicon does not hold, so that it declines in
 * Serbian.
 *
 * @param lemma dictionary form in small letters; of a woman's surname also the man's.
 * @param reading tells gender, number, and what kind of name it is.
 */
export function nameEntry(
  lemma: string,
  { gender, animate, count, name, known }: Reading,
): LexiconEntry {
  const isPerson = !known && PERSONAL.test(lemma);
  const isThing = name === "place" || (animate === false && !isPerson && name === undefined);
  const sr = transcribe(lemma);
  // Towns in -ь are masculine in Serbian: Kazanj, Kazanja.
  if (name === "place" && lemma.endsWith("ь"))
    return entryOf(lemma, "n", sr, "m", { gs: `${sr}a` });
  if (count === "pl" && /[ыи]$/u.test(lemma)) return entryOf(lemma, "n", sr, "pl-m");
  if (gender === "n" && /[oe]$/u.test(sr)) return entryOf(lemma, "n", sr, "n");
  return gender === "f" ? feminineName(lemma) : masculineName(lemma, sr, !isThing);
}

/** Endings of Russian adjectives in all cases, the longest first. */
const ADJECTIVE_ENDING =
  /(?:ыми|ими|ого|его|ому|ему|ый|ий|ой|ая|яя|ое|ее|ые|ие|ую|юю|ою|ею|ым|им|ом|ем|ых|их)$/u;

/**
 * An entry for an adjective that the lexicon does not hold: стеклянный, stekljani.
 *
 * @param form any form of it.
 */
export function unknownAdjectiveEntry(form: string): LexiconEntry {
  const ru = form.toLowerCase();
  if (/(?:ов|ев|ин)$/u.test(ru)) return entryOf(ru, "a", transcribe(ru), "poss");
  const ending = ADJECTIVE_ENDING.exec(ru)?.[0] ?? /[аоыи]$/u.exec(ru)?.[0] ?? "";
  const russianStem = ru.slice(0, ru.length - ending.length);
  const soft = /^(?:ий|яя|ее|его|ему)$/u.test(ending) && russianStem.endsWith("н");
  const stem = transcribe(
    russianStem.replace(/ическ$/u, "ичк").replace(/льн$/u, "лн") + (soft ? "ь" : ""),
  );
  if (stem.endsWith("sk") || stem.endsWith("čk") || soft) {
    return entryOf(ru, "a", `${stem}i`, "a", { st: stem });
  }
  const indefinite = /[^aeioujnr]n$/u.test(stem) ? `${stem.slice(0, -1)}an` : stem;
  return entryOf(ru, "a", indefinite, "a", { st: stem });
}

/** How the infinitives of verbs correspond: Russian ending, Serbian one, present and participle. */
const CONJUGATIONS: readonly (readonly [RegExp, string, string, string | undefined])[] = [
  [/ировать$/u, "irati", "iram", "iran"],
  [/(?<=[чщжш])евать$/u, "evati", "ujem", "evan"],
  [/[её]вать$/u, "evati", "ujem", "evan"],
  [/овать$/u, "ovati", "ujem", "ovan"],
  [/[ыи]вать$/u, "ivati", "ujem", "ivan"],
  [/нуть$/u, "nuti", "nem", "nut"],
  [/ать$/u, "ati", "am", "an"],
  [/ять$/u, "jati", "jam", "jan"],
  [/[иы]ть$/u, "iti", "im", undefined],
  [/еть$/u, "eti", "im", undefined],
  [/оть$/u, "oti", "em", undefined],
  [/уть$/u, "uti", "em", undefined],
  [/[зс]ть$/u, "sti", "dem", undefined],
  [/ти$/u, "ti", "em", undefined],
  [/чь$/u, "ći", "čem", undefined],
];

/**
 * An entry for a verb that the lexicon does not hold: its stem with the Serbian endings that
 * correspond (-овать, -ovati), reflexive if it ends in -ся.
 *
 * @param lemma infinitive in small letters.
 */
export function unknownVerbEntry(lemma: string, { aspect }: Reading): LexiconEntry {
  const infinitive = lemma.replace(/(?:ся|сь)$/u, "");
  const reflexive = infinitive !== lemma;
  const found = CONJUGATIONS.find(([ending]) => ending.test(infinitive));
  const inflection = aspect ?? "bi";
  if (found === undefined) {
    return entryOf(lemma, "v", `${transcribe(infinitive)}ti`, inflection, {}, reflexive);
  }
  const [ending, serbian, present, participle] = found;
  const stem = transcribe(infinitive.replace(ending, ""));
  const parts = {
    "1s": stem + present,
    ...(participle === undefined ? {} : { pp: stem + participle }),
  };
  return entryOf(lemma, "v", stem + serbian, inflection, parts, reflexive);
}

/** An entry for an adverb that the lexicon does not hold: исторически, istorički. */
export function unknownAdverbEntry(lemma: string): LexiconEntry {
  const sr = transcribe(lemma.replace(/ически$/u, "ички").replace(/льно$/u, "лно"));
  return entryOf(lemma, "adv", sr, "-");
}
