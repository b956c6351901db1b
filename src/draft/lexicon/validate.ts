import { adjectiveFault } from "./adjective-faults.ts";
import type { LexicalClass, LexiconEntry, Selector } from "./entry.ts";
import { KnownNouns, nounClassFault, nounPartFault } from "./noun-faults.ts";
import { CLASSES_WITH_GENITIVE, PART_SHAPES, REQUIRED_PARTS } from "./part-shapes.ts";
import { foldYo } from "./spelling.ts";
import { foreignStandardIn } from "./standard-serbian.ts";
import { verbFault } from "./verb-faults.ts";

/** Inflection classes by part of speech; all others do not inflect, or have a table of their own. */
const CLASSES: Partial<Record<LexicalClass, readonly string[]>> = {
  n: ["m", "ma", "ma-a", "f", "fi", "n", "pl-m", "pl-f", "pl-n", "sg-m", "sg-f", "sg-n", "inv"],
  v: ["pf", "ipf", "bi"],
  a: ["a", "poss", "ord", "inv"],
};

const SERBIAN = /^[a-pr-vzčćžšđ]+(?:[ ,.!?-]+[a-pr-vzčćžšđ]+)*[,.!?-]*$/iu;
/** Running text may hold any punctuation, but no letter that Serbian does not have. */
const SERBIAN_TEXT = /^(?:[a-pr-vzčćžšđ]|[^\p{L}\s]| (?! ))+$/iu;
const RUSSIAN = /^[а-яё]+(?:[ -]+[а-яё]+)*-?$/u;
const CAPITAL = /[A-ZČĆŽŠĐ]/u;

type Rule = (entry: LexiconEntry) => string | undefined;

/** What a line must not be. A rule says what is wrong with the entry, or nothing. */
const RULES: readonly Rule[] = [
  /** The lemma is looked up in small letters. */
  ({ ru }) => (RUSSIAN.test(ru) ? undefined : `"${ru}" is not Russian in small letters`),

  /** Also a fixed expression: whatever is no letter of Serbian was left over from another script. */
  ({ sr, pos }) => {
    const letters = pos === "phr" ? SERBIAN_TEXT : SERBIAN;
    return sr === "" || letters.test(sr) ? undefined : `"${sr}" is not Serbian Latin`;
  },

  /** The same of principal parts. */
  ({ parts }) => {
    const foreign = Object.values(parts).find((form) => !SERBIAN.test(form));
    return foreign === undefined ? undefined : `the part "${foreign}" is not Serbian Latin`;
  },

  /** The inflector knows these classes only. */
  ({ pos, class: inflection, sr }) => {
    const known = CLASSES[pos];
    const isKnown = known === undefined || sr === "" || known.includes(inflection);
    return isKnown ? undefined : `"${inflection}" is no class of "${pos}"`;
  },

  /** A word without a rendering would be lost wherever it occurs. */
  ({ sr, use }) => (sr === "" && use.length === 0 ? "no rendering, and no selector" : undefined),

  partFault,
  requiredPartFault,
  nounFault,
  verbFault,
  selectorFault,
  adjectiveFault,

  /** Serbian has capitals in names, nationalities and adjectives of names, in all their forms. */
  ({ pos, sr, parts }) => {
    const forms = [sr, ...Object.values(parts)];
    const capitals = forms.filter((form) => CAPITAL.test(form));
    if (capitals.length === 0 || pos === "phr") return undefined;
    if (pos !== "n" && pos !== "a") return `"${sr}" has a capital`;
    return capitals.length === forms.length ? undefined : `only "${capitals[0]}" has a capital`;
  },

  /** Ekavian Serbian, not Croatian. */
  ({ sr, parts }) => foreignStandardIn([sr, ...Object.values(parts)].join(" ")),
];

/** The forms of a multiword rendering need not inflect their last word. */
function endsLike(form: string, shape: RegExp): boolean {
  return form.split(" ").some((word) => shape.test(word));
}

/** A misspelt part would be ignored, a misplaced one decline the word wrongly. */
function partFault({ pos, parts }: LexiconEntry): string | undefined {
  const shapes = PART_SHAPES[pos] ?? {};
  for (const [name, form] of Object.entries(parts)) {
    const shape = shapes[name];
    if (shape === undefined) return `"${name}" is no part of "${pos}"`;
    if (!endsLike(form, shape)) return `"${form}" does not end as ${name}`;
  }
  return undefined;
}

/** Some parts follow from nothing else. */
function requiredPartFault({ pos, sr, class: inflection, parts }: LexiconEntry) {
  if (sr === "") return undefined;
  const genitive = pos === "n" && CLASSES_WITH_GENITIVE.has(inflection) ? ["gs"] : [];
  const missing = [...(REQUIRED_PARTS[pos] ?? []), ...genitive].find((name) => !(name in parts));
  return missing === undefined ? undefined : `the part ${missing} is missing`;
}

/** Rules of nouns that have a rendering. */
function nounFault(entry: LexiconEntry): string | undefined {
  if (entry.pos !== "n" || entry.sr === "") return undefined;
  return nounClassFault(entry) ?? nounPartFault(entry);
}

/** The analysis tells lemmas of single words, in small letters and without ё. */
const NEIGHBOUR = /^[а-я]+(?:-[а-я]+)*$/u;

/** A selector that can never hold hides its rendering. */
function selectorFault({ pos, use }: LexiconEntry): string | undefined {
  for (const selector of use) {
    if (selector.kind === "with" && !NEIGHBOUR.test(selector.lemma)) {
      return `"${selector.lemma}" is no lemma`;
    }
    const isOpen = selector.kind === "preposition" && selector.from.case === undefined;
    if (isOpen && (pos === "n" || pos === "v")) {
      return `the case after "${selector.from.preposition}" is missing`;
    }
  }
  return undefined;
}

/** What a selector asks for; what it then makes of the case does not tell two lines apart. */
function conditionOf(selector: Selector): string {
  const { kind } = selector;
  if (kind === "government") return `${kind} ${selector.from}`;
  if (kind === "preposition") return `${kind} ${selector.from.preposition} ${selector.from.case}`;
  return JSON.stringify(selector);
}

/** What contradicts the lines before it. */
class EarlierLines {
  readonly #seen = new Map<string, LexiconEntry>();
  readonly #nouns = new KnownNouns();

  faultsOf(entry: LexiconEntry): (string | undefined)[] {
    return [
      this.#sameCircumstances(entry),
      entry.pos === "n" ? this.#nouns.faultOf(entry) : undefined,
    ];
  }

  #sameCircumstances(entry: LexiconEntry): string | undefined {
    const { pos, use } = entry;
    const circumstances = [lookedUpBy(entry), pos, ...use.map(conditionOf).toSorted()].join("|");
    const other = this.#seen.get(circumstances);
    this.#seen.set(circumstances, entry);
    if (other === undefined) return undefined;
    return other.sr === entry.sr
      ? "the line stands twice"
      : `"${other.sr}" and "${entry.sr}" under the same circumstances`;
  }
}

/**
 * ё tells words apart, so that все and всё do not contradict each other; a fixed expression is found
 * without it, and one of two would never be.
 */
function lookedUpBy({ ru, pos }: LexiconEntry): string {
  return pos === "phr" ? foldYo(ru) : ru;
}

/** What is wrong with the entries, one line each; nothing if they can be used. */
export function faultsOf(entries: readonly LexiconEntry[]): string[] {
  const earlier = new EarlierLines();
  return entries.flatMap((entry) =>
    [...RULES.map((rule) => rule(entry)), ...earlier.faultsOf(entry)]
      .filter((fault) => fault !== undefined)
      .map((fault) => `${entry.ru}|${entry.pos}: ${fault}`),
  );
}
