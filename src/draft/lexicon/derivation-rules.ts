import type { LexicalClass, LexiconEntry } from "./entry.ts";

/** What differs between the entry of the base and that of the derived word. */
type Derived = Partial<Pick<LexiconEntry, "sr" | "class" | "parts" | "reflexive">>;

/** A regular way to form a Russian word from another, and its Serbian counterpart. */
export interface DerivationRule {
  readonly name: string;
  readonly pos: LexicalClass;
  readonly basePos: LexicalClass;
  /** Russian lemmas from which the word may be formed; each must be listed to count. */
  readonly basesOf: (lemma: string) => readonly string[];
  /** The first of several renderings will do, for the word is hardly ever said of the others. */
  readonly ofSeveral?: true;
  /** Nothing if the Serbian base does not form such a word regularly. */
  readonly derive: (base: LexiconEntry) => Derived | undefined;
}

/** Replaces an ending by each of the others; nothing if the lemma does not have it. */
function ending(from: RegExp, ...to: readonly string[]): (lemma: string) => readonly string[] {
  return (lemma) => (from.test(lemma) ? to.map((other) => lemma.replace(from, other)) : []);
}

function withoutPrefix(prefix: string): (lemma: string) => readonly string[] {
  return (lemma) =>
    lemma.startsWith(prefix) && lemma.length > prefix.length + 2
      ? [lemma.slice(prefix.length)]
      : [];
}

/** Stem of a Serbian adjective: tužan - tužn, bivši - bivš, lep - lep. */
function adjectiveStem({ sr, parts }: LexiconEntry): string {
  return parts["st"] ?? sr.replace(/i$/u, "");
}

const SOFT = /(?:[cčćđjšž]|[ln]j|št|žd)$/u;

/** lep - lepo, bivši - bivše, ljudski - ljudski. */
function adverbOf(adjective: LexiconEntry): Derived | undefined {
  if (adjective.class !== "a") return undefined;
  if (/[sšč]ki$/u.test(adjective.sr)) return { sr: adjective.sr, class: "adv", parts: {} };
  const stem = adjectiveStem(adjective);
  return { sr: stem + (SOFT.test(stem) ? "e" : "o"), class: "adv", parts: {} };
}

/** The negation is written together with adjectives and adverbs; a second one would be nonsense. */
function negated({ sr, parts }: LexiconEntry): Derived | undefined {
  if (/^(?:ne|naj|bez|bes)/u.test(sr)) return undefined;
  const negatedParts = Object.entries(parts).map(([name, form]) => [name, `ne${form}`]);
  return { sr: `ne${sr}`, parts: Object.fromEntries(negatedParts) };
}

/** tužan - tužnost; only stems that form it without a change. */
function qualityOf(adjective: LexiconEntry): Derived | undefined {
  const stem = adjectiveStem(adjective);
  if (adjective.class !== "a" || SOFT.test(stem) || !/[ntv]$/u.test(stem)) return undefined;
  const sr = `${stem}ost`;
  return { sr, class: "fi", parts: { gs: `${sr}i`, is: `${stem}ošću` } };
}

/** pevati - pevanje, rešiti (rešen) - rešenje; perfective verbs in -ati form none. */
function actionOf({ sr, class: aspect, parts, reflexive }: LexiconEntry): Derived | undefined {
  if (reflexive) return undefined;
  const participle =
    aspect === "ipf" ? (parts["pp"] ?? sr.replace(/(?<=a)ti$/u, "n")) : parts["pp"];
  if (participle === undefined || !/(?:en|an)$/u.test(participle)) return undefined;
  if (aspect !== "ipf" && participle.endsWith("an")) return undefined;
  return { sr: `${participle}je`, class: "n", parts: { gs: `${participle}ja` } };
}

/** Russian infinitives behind -ение, whose last consonant may have changed: решить, носить, любить. */
function infinitivesOf(lemma: string): readonly string[] {
  const stem = /^(.{2,})ение$/u.exec(lemma)?.[1];
  if (stem === undefined) return [];
  const stems = CONSONANT_CHANGES.filter(([changed]) => stem.endsWith(changed)).map(
    ([changed, original]) => stem.slice(0, stem.length - changed.length) + original,
  );
  return [stem, ...stems].flatMap((original) => [`${original}ить`, `${original}еть`]);
}

const CONSONANT_CHANGES: readonly (readonly [string, string])[] = [
  ["жд", "д"],
  ["ж", "д"],
  ["ж", "з"],
  ["ч", "т"],
  ["щ", "т"],
  ["щ", "ст"],
  ["ш", "с"],
  ["бл", "б"],
  ["вл", "в"],
  ["мл", "м"],
  ["пл", "п"],
];

/** богат - najbogatiji. */
function superlativeOf({ parts }: LexiconEntry): Derived | undefined {
  const comparative = parts["cmp"];
  if (comparative === undefined) return undefined;
  const sr = `naj${comparative}`;
  return { sr, class: "a", parts: { st: sr.replace(/i$/u, "") } };
}

/** What a diminutive of the base is called: the base itself, which never says too much. */
function same(): Derived {
  return {};
}

/** A verb with a passive gets se instead. */
function reflexiveOf({ reflexive, parts }: LexiconEntry): Derived | undefined {
  if (reflexive || parts["pp"] === undefined) return undefined;
  const active = Object.entries(parts).filter(([name]) => name !== "pp");
  return { reflexive: true, parts: Object.fromEntries(active) };
}

/** The rules in the order in which they are tried; the tests show each at work. */
export const DERIVATION_RULES: readonly DerivationRule[] = [
  {
    name: "an adverb in -о, -е, -ски is that of the adjective",
    pos: "adv",
    basePos: "a",
    basesOf: (lemma) => [
      ...ending(/[оеи]$/u, "ый", "ий", "ой")(lemma),
      ...ending(/ски$/u, "ский")(lemma),
    ],
    derive: adverbOf,
  },
  {
    name: "не- is ne- before adjectives",
    pos: "a",
    basePos: "a",
    basesOf: withoutPrefix("не"),
    derive: negated,
  },
  {
    name: "не- is ne- before adverbs",
    pos: "adv",
    basePos: "adv",
    basesOf: withoutPrefix("не"),
    derive: negated,
  },
  {
    name: "-ейший and -айший are the superlative",
    pos: "a",
    basePos: "a",
    basesOf: ending(/[еа]йший$/u, "ый", "ий", "ой"),
    derive: superlativeOf,
  },
  {
    name: "-енький and -онький are the adjective itself",
    pos: "a",
    basePos: "a",
    basesOf: ending(/[ео]нький$/u, "ый", "ий", "ой"),
    derive: same,
  },
  {
    name: "-ость is -ost",
    pos: "n",
    basePos: "a",
    basesOf: ending(/[ое]сть$/u, "ый", "ий", "ой"),
    derive: qualityOf,
  },
  {
    name: "-ание, -яние, -ение and -тие are the verbal noun",
    pos: "n",
    basePos: "v",
    basesOf: (lemma) => [
      ...ending(/(?<=[ая])ние$/u, "ть")(lemma),
      ...ending(/(?<=[иыу])тие$/u, "ть")(lemma),
      ...infinitivesOf(lemma),
    ],
    ofSeveral: true,
    derive: actionOf,
  },
  {
    name: "diminutives are called as what they make small",
    pos: "n",
    basePos: "n",
    basesOf: (lemma) => [
      // Not -чик after other consonants, which are people (переплётчик), nor of a short base (комик).
      ...ending(
        /(?<=.{3}(?:[лмнр]ч|[бвгдзклмнпрстфх]))ик$/u,
        "",
      )(lemma).map((base) => base.replace(/ч$/u, "")),
      ...ending(/(?<=.{2})[ео]чек$/u, "ок", "ек", "ка")(lemma),
      ...ending(/(?<=.{2})[ео]чка$/u, "ка", "а", "я")(lemma),
      ...ending(/(?<=.{2})(?:[ео]нька|[уюи]шка)$/u, "а", "я", "")(lemma),
      ...ending(/(?<=.{2})ишко$/u, "о", "")(lemma),
    ],
    derive: same,
  },
  {
    name: "-ся is se",
    pos: "v",
    basePos: "v",
    basesOf: ending(/с[яь]$/u, ""),
    derive: reflexiveOf,
  },
];
