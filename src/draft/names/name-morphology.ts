import type { Case, Gender } from "../grammar.ts";
import { foldYo } from "../lexicon/spelling.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import type { Lexicon } from "../lexicon/lexicon.ts";
import type { Morphology, NameKind, Reading } from "../morphology/reading.ts";
import { isForeignName, undeclinedNameReadings } from "./name-by-place.ts";
import { possessiveReadings } from "./name-possessives.ts";
import { nameForms, type NameForm, type NameParadigm } from "./name-paradigms.ts";

/** Words that are kept with their readings. */
const MAX_CACHED = 20_000;
const STRESS = /[\u0300\u0301]/gu;

/**
 * How much of the likelihood the readings as a name take: a listed one that is a common word as well
 * (Вера) half of it, so that its place in the sentence decides.
 */
const SHARE_OF_LISTED = 0.5;
const SHARE_OF_GUESSED = 0.95;

/** Names whose stem loses its vowel when they decline: Павел, Павла. */
const FULL_STEMS: Readonly<Record<string, string>> = {
  льв: "лев",
  орл: "орел",
  павл: "павел",
};

/** Feminine names of the lexicon that no person bears. */
const FEMININE_PLACES: ReadonlySet<string> = new Set(
  (
    "австрия азия америка англия африка вена венеция волга германия греция европа женева индия " +
    "испания италия малороссия москва нева ницца пруссия россия сербия сибирь турция франция швейцария"
  ).split(" "),
);

/** What class and selector of a name's entry say about the name. */
function listedName(lexicon: Lexicon, lemma: string): LexiconEntry | undefined {
  return lexicon.entriesOf(lemma, "n").find(({ use }) => use.some(({ kind }) => kind === "name"));
}

const GENDERS: Readonly<Record<string, Reading["gender"]>> = {
  m: "m",
  ma: "m",
  "ma-a": "m",
  n: "n",
  f: "f",
  fi: "f",
};

/** The stem of a form that ends as the paradigm says; undefined if it does not fit. */
function stemOf(form: string, { ending, paradigm }: NameForm): string | undefined {
  if (!form.endsWith(ending)) return undefined;
  const stem = form.slice(0, form.length - ending.length);
  const full = ending === "" ? stem : (FULL_STEMS[stem] ?? stem);
  return paradigm.stem.test(full) ? full : undefined;
}

/** A woman's surname has a dictionary form of its own, as it has in Serbian. */
function dictionaryForm(stem: string, { gender, endings, lemma }: NameParadigm): string {
  return stem + (gender === "f" ? (endings.nom ?? lemma) : lemma);
}

function readingOf(
  stem: string,
  form: NameForm,
  { name, gender, known }: { name: NameKind; gender: Gender | undefined; known: boolean },
): Reading {
  return {
    lemma: dictionaryForm(stem, form.paradigm),
    pos: "noun",
    case: form.case,
    count: form.paradigm.count,
    ...(gender && { gender }),
    animate: name !== "place",
    name,
    known,
    score: 1,
  };
}

/** What a listed name is: things decline otherwise than persons. */
function kindOf({ ru, class: inflection }: LexiconEntry, { kind }: NameParadigm): NameKind {
  const isPlace = inflection === "m" || inflection === "n" || FEMININE_PLACES.has(ru);
  return isPlace ? "place" : (kind ?? "given");
}

/** Whether a listed name declines by the paradigm. */
function declinesBy(entry: LexiconEntry, { gender, kind }: NameParadigm): boolean {
  if (gender === "f" && entry.class === "ma-a") return true;
  const own = GENDERS[entry.class];
  return own === gender || (kind === "surname" && own === "m");
}

/** Things have the nominative for the accusative: вижу Петербург, вижу Ивана. */
function casesOf({ case: its, paradigm }: NameForm, kind: NameKind): readonly Case[] {
  if (kind !== "place" || paradigm.gender !== "m") return [its];
  if (its === "nom") return ["nom", "acc"];
  return its === "acc" ? [] : [its];
}

/** Reads capitalised words also as names, which general dictionaries know badly. */
class NameMorphology implements Morphology {
  readonly #common: Morphology;
  readonly #lexicon: Lexicon;
  readonly #forms = nameForms();
  readonly #cache = new Map<string, readonly Reading[]>();

  constructor(common: Morphology, lexicon: Lexicon) {
    this.#common = common;
    this.#lexicon = lexicon;
  }

  readingsOf(word: string): readonly Reading[] {
    if (word.charAt(0) === word.charAt(0).toLowerCase()) return this.#common.readingsOf(word);
    const known = this.#cache.get(word);
    if (known) return known;
    const readings = this.#readingsOfCapitalised(word);
    if (this.#cache.size >= MAX_CACHED) this.#cache.clear();
    this.#cache.set(word, readings);
    return readings;
  }

  #readingsOfCapitalised(word: string): readonly Reading[] {
    const common = this.#common.readingsOf(word);
    const form = foldYo(word.normalize("NFC").replaceAll(STRESS, "").toLowerCase());
    const listed = this.#listedReadings(form);
    const isCommonWord = common.some(({ known }) => known);
    if (listed.length > 0) return merged(listed, common, SHARE_OF_LISTED);
    const possessives = possessiveReadings(this.#lexicon, form);
    if (possessives.length > 0 && !isCommonWord) return possessives;
    if (isForeignName(form)) return undeclinedNameReadings(form);
    if (isCommonWord) return common;
    const guessed = this.#guessedReadings(form);
    if (guessed.length > 0) return merged(guessed, common, SHARE_OF_GUESSED);
    return withoutVerbs(common);
  }

  #listedReadings(form: string): Reading[] {
    return this.#forms.flatMap((its) => {
      const stem = stemOf(form, its);
      if (stem === undefined) return [];
      const { paradigm } = its;
      const entry =
        listedName(this.#lexicon, stem + paradigm.lemma) ??
        listedName(this.#lexicon, dictionaryForm(stem, paradigm));
      if (entry === undefined || !declinesBy(entry, paradigm)) return [];
      const kind = kindOf(entry, paradigm);
      const gender = entry.class === "ma-a" ? "m" : paradigm.gender;
      return casesOf(its, kind).map((grammaticalCase) =>
        readingOf(stem, { ...its, case: grammaticalCase }, { name: kind, gender, known: true }),
      );
    });
  }

  #guessedReadings(form: string): Reading[] {
    return this.#forms.flatMap((its) => {
      const { kind: name, gender } = its.paradigm;
      const stem = name === undefined ? undefined : stemOf(form, its);
      if (name === undefined || stem === undefined) return [];
      return [readingOf(stem, its, { name, gender, known: false })];
    });
  }
}

const rescored = (reading: Reading, score: number): Reading => ({ ...reading, score });

/** Readings as a name share `share` of the likelihood evenly, the others keep their proportions. */
function merged(
  names: readonly Reading[],
  common: readonly Reading[],
  share: number,
): readonly Reading[] {
  const others = common.filter(({ known }) => known || share === SHARE_OF_GUESSED);
  const total = others.reduce((sum, { score }) => sum + score, 0);
  const own = others.length === 0 ? 1 : share;
  return [
    ...names.map((name) => rescored(name, own / names.length)),
    ...others.map((other) => rescored(other, (other.score / total) * (1 - own))),
  ].sort((one, other) => other.score - one.score);
}

/** An unknown word with a capital is no verb. */
function withoutVerbs(readings: readonly Reading[]): readonly Reading[] {
  const nominal = readings.filter(({ pos }) => !/^(?:verb|infinitive|gerund|adverb)$/u.test(pos));
  if (nominal.length === 0) return readings;
  const total = nominal.reduce((sum, { score }) => sum + score, 0);
  return nominal.map((its) => rescored(its, its.score / total));
}

/**
 * Russian morphology that reads capitalised words also as names: listed ones in all their cases,
 * surnames and patronymics by their endings.
 *
 * @param common the morphology of all other words.
 */
export function withNames(common: Morphology, lexicon: Lexicon): Morphology {
  return new NameMorphology(common, lexicon);
}
