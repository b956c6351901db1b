import type { Word } from "../analysis/sentence.ts";
import type { Case, Count } from "../grammar.ts";
import type { Clause } from "./clause.ts";

/** A noun or pronoun with what belongs to it; words by their place in the sentence. */
export interface NounGroup {
  readonly preposition: number | undefined;
  readonly numeral: number | undefined;
  /** Adjectives, participles, possessives and ordinals, before or after the head. */
  readonly attributes: readonly number[];
  readonly head: number;
  /** Last word of the group. */
  readonly end: number;
  /** Case of the Russian group. */
  readonly case: Case;
  readonly count: Count;
  /** It stands after и, или or a comma beside a group in the same case, and is governed like that. */
  readonly coordinated: boolean;
}

const COORDINATORS = new Set(["и", "или", "ни", "да"]);

const isAttribute = ({ reading }: Word) =>
  (reading.pos === "adjective" || reading.pos === "participle") && !isRelative(reading.lemma);

const isRelative = (lemma: string) => lemma === "который" || lemma === "чей";

const isHead = ({ reading }: Word) => reading.pos === "noun" || reading.pos === "pronoun";

/** Words that may stand between an attribute and its noun: очень большой, не мой. */
const passes = ({ reading }: Word) =>
  reading.pos === "adverb" || (reading.pos === "particle" && reading.lemma !== "ли");

interface Opening {
  readonly preposition: number | undefined;
  readonly numeral: number | undefined;
  readonly attributes: readonly number[];
  readonly next: number;
}

/** Preposition, numerals and attributes from `at` on. */
function openingAt(words: readonly Word[], at: number, end: number): Opening {
  let next = at;
  let preposition: number | undefined;
  let numeral: number | undefined;
  const attributes: number[] = [];
  if (words[next]?.reading.pos === "preposition") {
    preposition = next;
    next += 1;
  }
  for (; next < end; next += 1) {
    const word = words[next];
    if (word === undefined) break;
    // двадцать два: the last numeral governs; двадцать один governs nothing.
    if (word.reading.pos === "numeral") numeral = next;
    else if (word.reading.lemma === "один" && numeral !== undefined && isAttribute(word)) {
      numeral = undefined;
      attributes.push(next);
    } else if (isAttribute(word)) attributes.push(next);
    else if (
      !isEmphasis(words, next, end) &&
      !(passes(word) && leadsToAttribute(words, next + 1, end))
    )
      break;
  }
  return { preposition, numeral, attributes, next };
}

/** такой же дом, тот же самый: же leans on the attribute before it. */
function isEmphasis(words: readonly Word[], at: number, end: number): boolean {
  const before = words[at - 1];
  return words[at]?.form === "же" && at + 1 < end && before !== undefined && isAttribute(before);
}

function leadsToAttribute(words: readonly Word[], at: number, end: number): boolean {
  const word = words[at];
  return at < end && word !== undefined && isAttribute(word);
}

/** Whether the attribute at `at` agrees with the noun at `head`. */
function agrees(words: readonly Word[], head: number, at: number): boolean {
  const noun = words[head]?.reading;
  const attribute = words[at]?.reading;
  if (!noun?.case || !attribute) return false;
  // его, её, их agree with nothing.
  if (attribute.case === undefined) return attribute.pronominal === true;
  if (attribute.case !== noun.case || attribute.count !== noun.count) return false;
  return (
    noun.count === "pl" || !attribute.gender || !noun.gender || attribute.gender === noun.gender
  );
}

/** Attributes after the head that nothing else can take: человек добрый и умный. */
function trailingAttributes(words: readonly Word[], head: number, end: number): number[] {
  const found: number[] = [];
  for (let at = head + 1; at < end; at += 1) {
    const word = words[at];
    if (word === undefined || !isAttribute(word) || !agrees(words, head, at)) break;
    found.push(at);
  }
  // движения его пухлого тела: what stands before another group belongs to that.
  const next = head + found.length + 1;
  const after = next < end ? words[next] : undefined;
  return after !== undefined && (isHead(after) || isAttribute(after)) ? [] : found;
}

function groupAt(words: readonly Word[], at: number, end: number): NounGroup | undefined {
  const { preposition, numeral, attributes, next } = openingAt(words, at, end);
  const head = words[next];
  const inside = next < end && head !== undefined && isHead(head);
  const belong = attributes.every((attribute) => agrees(words, next, attribute));
  if (inside && head.reading.case && (belong || numeral !== undefined)) {
    const trailing = head.reading.pos === "noun" ? trailingAttributes(words, next, end) : [];
    const { case: its, count = "sg" } = head.reading;
    return {
      preposition,
      numeral,
      attributes: [...attributes, ...trailing],
      head: next,
      end: trailing.at(-1) ?? next,
      case: numeral === undefined ? its : (words[numeral]?.reading.case ?? its),
      count,
      coordinated: false,
    };
  }
  // залитых лунным светом: what does not agree with the noun is a group of its own.
  const stranger = inside
    ? attributes.findLast(
        (attribute) =>
          words[attribute]?.reading.case !== undefined && !agrees(words, next, attribute),
      )
    : undefined;
  // An adjective without a noun stands for one: больной, первое.
  const last =
    stranger ?? attributes.findLast((attribute) => words[attribute]?.reading.case !== undefined);
  const alone = last === undefined ? undefined : words[last];
  if (last === undefined || !alone?.reading.case) return undefined;
  return {
    preposition,
    numeral,
    attributes: attributes.filter((attribute) => attribute < last),
    head: last,
    end: last,
    case: alone.reading.case,
    count: alone.reading.count ?? "sg",
    coordinated: false,
  };
}

/** The noun groups of a clause in their order. */
export function nounGroupsOf(words: readonly Word[], { from, to }: Clause): NounGroup[] {
  const groups: NounGroup[] = [];
  let at = from;
  while (at < to) {
    const group = groupAt(words, at, to);
    if (group === undefined) {
      at += 1;
      continue;
    }
    const before = groups.at(-1);
    const joined = COORDINATORS.has(words[at - 1]?.form ?? "") && before?.end === at - 2;
    const coordinated = joined && before.case === group.case && group.preposition === undefined;
    groups.push({ ...group, coordinated });
    at = group.end + 1;
  }
  return groups;
}
