import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import Az, { type AzParse, type AzTag } from "az";

import type { Count } from "../grammar.ts";
import { foldYo } from "../lexicon/spelling.ts";
import { CLOSED_WORDS } from "./closed-words.ts";
import { CASES, GENDERS, NAMES, PARTS_OF_SPEECH, TENSES } from "./grammemes.ts";
import type { Morphology, NameKind, Reading } from "./reading.ts";

/** Words that are kept with their readings; a novel has about 30,000 different ones. */
const MAX_CACHED = 60_000;
const STRESS = /[\u0300\u0301]/gu;

/** Features that are there, without the others: readings are compared and printed. */
function defined<T extends object>(features: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(features).filter(([, value]) => value !== undefined),
  ) as never;
}

function nameKindOf(tag: AzTag): NameKind | undefined {
  const flag = Object.keys(NAMES).find((name) => tag[name] === true);
  return flag === undefined ? undefined : NAMES[flag];
}

/** пойдём (let us go) is an imperative of the first person; others are of the second. */
const isInclusive = (tag: AzTag) => tag["incl"] === true;

function personOf(tag: AzTag): 1 | 2 | 3 | undefined {
  if (tag.MOod === "impr") return isInclusive(tag) ? 1 : 2;
  return tag.PErs === undefined ? undefined : (Number(tag.PErs.charAt(0)) as 1 | 2 | 3);
}

function countOf(tag: AzTag): Count | undefined {
  if (tag.NMbr === undefined) return undefined;
  return tag.NMbr === "plur" || isInclusive(tag) ? "pl" : "sg";
}

/** Lemmas that the dictionary gives in an odd form: месяц stands under its abbreviation. */
const LEMMAS: Readonly<Record<string, string>> = { мес: "месяц", лет: "лёт", матерь: "мать" };

/** Lemmas that share forms with far commoner ones: стоит is mostly stands, not costs. */
const RARER_LEMMAS: ReadonlyMap<string, number> = new Map([
  ["стоить", 0.3],
  ["больший", 0.2],
]);

const RARE_GERUNDS: ReadonlySet<string> = new Set(["красить"]);

/** лежал is a past tense; the short form of лежалый, which it could be, hardly occurs. */
function rarityOf(lemma: string, { POST }: AzTag): number {
  if (POST === "ADJS" && lemma.endsWith("лый")) return 0.1;
  // красив is said of the beautiful, hardly of having dyed.
  if (POST === "GRND" && RARE_GERUNDS.has(lemma)) return 0.05;
  return RARER_LEMMAS.get(lemma) ?? 1;
}

/** Particles that hang on a word with a hyphen and change little of it: он-то, да-с, скажи-ка. */
const HANGING = /-(?:то|ка|с|таки|де)$/u;

/** тою, всею: pronouns have a fuller instrumental, which the dictionary does not know. */
const FULL_INSTRUMENTAL = /^(?:э?тою|одною|самою|всею|моею|твоею|своею|нашею|вашею|чьею|сею)$/u;

/** иронически: what the dictionary does not know is no form of a noun in -ска, but an adverb. */
const ADVERB_IN_SKI = /[сц]ки$/u;

/** An ordinal is its own lemma: the dictionary would lead второй back to два. */
function lemmaOf(parse: AzParse): string {
  const isOrdinal = parse.tag["Anum"] === true;
  const lemma = foldYo(String(parse.normalize(isOrdinal) ?? parse).toLowerCase());
  if (isOrdinal && lemma === "один") return "первый";
  return LEMMAS[lemma] ?? lemma;
}

function readingOf(parse: AzParse): Reading {
  const { tag, score, parser } = parse;
  const lemma = lemmaOf(parse);
  const rarity = rarityOf(lemma, tag);
  return {
    lemma,
    pos: PARTS_OF_SPEECH[tag.POST ?? ""] ?? "unknown",
    known: parser === "Dictionary",
    score: Math.max(score * rarity, 1e-4),
    ...defined({
      case: CASES[tag.CAse ?? ""],
      count: countOf(tag),
      gender: GENDERS[tag.GNdr ?? ""],
      animate: tag.ANim === undefined ? undefined : tag.ANim === "anim",
      person: personOf(tag),
      tense: TENSES[tag.TEns as keyof typeof TENSES],
      aspect: tag.ASpc === "perf" ? ("pf" as const) : tag.ASpc ? ("ipf" as const) : undefined,
      mood:
        tag.MOod === "impr"
          ? ("imperative" as const)
          : tag.MOod
            ? ("indicative" as const)
            : undefined,
      transitive: tag.TRns === undefined ? undefined : tag.TRns === "tran",
      reflexive: /(?:ся|сь)$/u.test(lemma) || undefined,
      voice:
        tag.VOic === "pssv" ? ("passive" as const) : tag.VOic ? ("active" as const) : undefined,
      name: nameKindOf(tag),
      pronominal: tag["Apro"] === true || undefined,
      ordinal: tag["Anum"] === true || undefined,
      superlative: tag["Supr"] === true || undefined,
      pluralOnly: isPluralOnly(lemma, tag) || undefined,
    }),
  };
}

/** часы, ворота; деньги stand in the dictionary under a singular that nobody says. */
const isPluralOnly = (lemma: string, tag: AzTag) =>
  tag["Pltm"] === true || (lemma === "деньга" && tag.NMbr === "plur");

/** Names are read as names only where a capital says so. */
function withoutNames(readings: readonly Reading[]): readonly Reading[] {
  const common = readings.filter(({ name }) => name === undefined || name === "place");
  return common.length > 0 ? common : readings;
}

function normalised(readings: readonly Reading[]): Reading[] {
  const total = readings.reduce((sum, { score }) => sum + score, 0);
  return readings.map((reading) => ({ ...reading, score: reading.score / total }));
}

class AzMorphology implements Morphology {
  readonly #cache = new Map<string, readonly Reading[]>();

  readingsOf(word: string): readonly Reading[] {
    const plain = word.normalize("NFC").replaceAll(STRESS, "");
    const isCapitalised = plain.charAt(0) !== plain.charAt(0).toLowerCase();
    const form = plain.toLowerCase();
    const key = isCapitalised ? `^${form}` : form;
    const known = this.#cache.get(key);
    if (known) return known;
    const readings = this.#read(form, isCapitalised);
    if (this.#cache.size >= MAX_CACHED) this.#cache.clear();
    this.#cache.set(key, readings);
    return readings;
  }

  #read(form: string, isCapitalised: boolean): readonly Reading[] {
    const closed = CLOSED_WORDS.get(foldYo(form));
    if (closed) return closed;
    if (FULL_INSTRUMENTAL.test(form)) return this.#instrumentals(form.replace(/ю$/u, "й"));
    const parses = Az.Morph(form).map(readingOf);
    if (HANGING.test(form) && !parses.some(({ known }) => known)) {
      return this.#read(form.replace(HANGING, ""), isCapitalised);
    }
    const isGuessed = !isCapitalised && parses.every(({ known }) => !known);
    if (isGuessed && ADVERB_IN_SKI.test(form)) {
      return [{ lemma: foldYo(form), pos: "adverb", known: true, score: 1 }];
    }
    const offered = isCapitalised ? parses : withoutNames(parses);
    if (offered.length === 0) return [unknownReading(form)];
    return normalised(offered).sort((one, other) => other.score - one.score);
  }

  #instrumentals(form: string): readonly Reading[] {
    const readings = this.#read(form, false);
    return normalised(readings.filter(({ case: its }) => its === "ins"));
  }
}

function unknownReading(form: string): Reading {
  return { lemma: foldYo(form), pos: "unknown", known: false, score: 1 };
}

/** Where the package keeps its dictionaries. */
function dictionaryFolder(): string {
  const manifest = createRequire(import.meta.url).resolve("az/package.json");
  return join(dirname(manifest), "dicts");
}

/**
 * Loads the morphology of the package `az` (dictionary of OpenCorpora): about 0.1 s and 110 MB.
 *
 * @throws Error when the dictionaries cannot be read.
 */
export async function loadMorphology(): Promise<Morphology> {
  await new Promise<void>((resolve, reject) => {
    Az.Morph.init(dictionaryFolder(), (error) => (error ? reject(error) : resolve()));
  });
  return new AzMorphology();
}
