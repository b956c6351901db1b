import type { Case, Gender } from "../grammar.ts";
import { numeralForm } from "../inflection/numeral.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import type { NounGroup } from "../syntax/noun-groups.ts";
import { attributeEntry, attributeForm } from "./attributes.ts";
import { chooseFor } from "./choose-entry.ts";
import { targetHead, type TargetHead } from "./nouns.ts";
import { targetPreposition, withEuphony } from "./prepositions.ts";
import type { ClauseContext } from "./transfer-context.ts";

/** A group whose Serbian case has been decided. */
export interface GovernedGroup {
  readonly group: NounGroup;
  readonly head: TargetHead;
  readonly case: Case;
  /** Preposition to write before it; empty for none. */
  readonly preposition: string;
  /** Something is said to be so, or to be had: on je dobar čovek, imam slab glas. */
  readonly isIndefinite?: boolean;
}

/** What a numeral makes of its noun: dva brata, pet braće. */
type Counting = "few" | "many" | undefined;

const COUNTING_RULES = {
  few: "two, three and four want the rest of the dual",
  many: "five and more want the genitive plural",
} as const;

function countingBy(entry: LexiconEntry | undefined): Counting {
  const government = entry?.use.find(({ kind }) => kind === "government");
  if (government?.kind !== "government") return undefined;
  return government.to.case === "gen-sg" ? "few" : "many";
}

function numeralEntry(context: ClauseContext, at: number): LexiconEntry | undefined {
  const lemma = context.words[at]?.reading.lemma ?? "";
  const entry = chooseFor(context, at, context.lexicon.entriesOf(lemma, "num"), {
    complements: [{ preposition: undefined, case: "gen" }],
  });
  if (entry === undefined) context.unknown.add(at);
  return entry;
}

/** dva dobra brata, dve dobre sestre: what is left of the dual. */
function paucalAttribute(entry: LexiconEntry, gender: Gender): string {
  if (gender === "f") {
    return attributeForm(entry, { gender, count: "pl", animate: false }, "nom");
  }
  return attributeForm(entry, { gender: "n", count: "pl", animate: false }, "nom");
}

/** самая красивая -> najlepša: самый before an adjective of quality makes its superlative. */
function isSuperlativeMark(
  { words }: ClauseContext,
  { attributes }: NounGroup,
  turn: number,
): boolean {
  const next = words[attributes[turn + 1] ?? -1]?.reading;
  const isMark = words[attributes[turn] ?? -1]?.reading.lemma === "самый";
  return isMark && next?.pos === "adjective" && next.pronominal !== true;
}

/** Pronouns that Serbian prose sets before their noun. */
const BEFORE_NOUN = /^(?:этот|тот|мой|твой|свой|наш|ваш)$/u;

/** голос его -> njegov glas, женщина эта -> ova žena */
function isPostposed({ words }: ClauseContext, { head }: NounGroup, at: number): boolean {
  const reading = words[at]?.reading;
  const isDemonstrative = BEFORE_NOUN.test(reading?.lemma ?? "");
  return (
    at > head && reading?.pronominal === true && (reading.case === undefined || isDemonstrative)
  );
}

function putAttributes(
  context: ClauseContext,
  { group, head, case: its, isIndefinite = false }: GovernedGroup,
  counting: Counting,
): void {
  const headLemma = context.words[group.head]?.reading.lemma;
  for (const [turn, at] of group.attributes.entries()) {
    if (isSuperlativeMark(context, group, turn)) {
      context.trace?.rule("самый makes the superlative", at);
      context.target.put(at, "");
      context.done.add(at);
      continue;
    }
    const reading = context.words[at]?.reading;
    const isSuperlative =
      isSuperlativeMark(context, group, turn - 1) || reading?.superlative === true;
    const degree = isSuperlative ? "superlative" : "positive";
    const isQuality = !isSuperlative && !reading?.pronominal && !reading?.ordinal;
    const entry = attributeEntry(context, at, headLemma);
    context.done.add(at);
    if (entry === undefined) continue;
    const { attribute } = head.agreement;
    const form =
      counting === "few"
        ? paucalAttribute(entry, attribute.gender)
        : attributeForm(
            entry,
            counting === "many" ? { ...attribute, count: group.count } : attribute,
            counting === "many" ? "gen" : its,
            degree,
            isQuality && ((isIndefinite && its !== "gen") || (its === "nom" && at > group.head)),
          );
    // Сине мој: who is spoken to keeps what stands behind.
    if (its !== "voc" && isPostposed(context, group, at)) {
      context.trace?.rule("his, her and their behind a noun stand before it", at);
      context.target.put(at, "");
      context.target.prepend(firstWordOf(group), form);
    } else {
      context.target.put(at, form);
    }
  }
}

function putHead(context: ClauseContext, governed: GovernedGroup, counting: Counting): void {
  const { group, head, case: its } = governed;
  context.done.add(group.head);
  context.cases.set(group.head, its);
  if (counting === undefined) {
    context.target.put(group.head, head.form(its));
    return;
  }
  // много времени: what cannot be counted stays in the singular.
  const counted = targetHead(context, group.head, counting === "few" ? "sg" : group.count);
  context.target.put(group.head, (counted ?? head).form("gen"));
}

function putNumeral(context: ClauseContext, { group, head, case: its }: GovernedGroup): Counting {
  if (group.numeral === undefined) return undefined;
  const entry = numeralEntry(context, group.numeral);
  context.done.add(group.numeral);
  if (entry === undefined) return undefined;
  const { gender } = head.agreement.attribute;
  // sa dva brata: beside a preposition numerals stand still in the prose of today.
  const form = numeralForm(entry, { gender, case: its === "acc" ? "acc" : "nom" });
  // расчёсывать двумя щётками -> sa dve četke: numerals do not decline.
  const isBareInstrumental = its === "ins" && group.preposition === undefined;
  context.target.put(group.numeral, isBareInstrumental ? `sa ${form}` : form);
  const counting = countingBy(entry);
  if (counting !== undefined) context.trace?.rule(COUNTING_RULES[counting], group.numeral);
  return counting;
}

function putPreposition(context: ClauseContext, governed: GovernedGroup): void {
  const { group, preposition } = governed;
  const first = firstWordOf(group);
  if (group.preposition === undefined) {
    // A verb may ask for a preposition where the Russian one has a bare case.
    if (preposition !== "") {
      const next = context.target.wordsAt(first)[0] ?? "";
      context.target.prepend(first, withEuphony({ text: preposition }, next));
    }
    return;
  }
  // A fixed expression has written it: вслед за.
  if (context.phrases.has(group.preposition)) return;
  context.done.add(group.preposition);
  const next = context.target.wordsAt(first)[0] ?? "";
  context.target.put(group.preposition, withEuphony({ text: preposition }, next));
}

function firstWordOf({ attributes, numeral, head }: NounGroup): number {
  return Math.min(head, ...attributes, numeral ?? head);
}

/** Writes a group: preposition, numeral, attributes and head in the case that was decided. */
export function putGroup(context: ClauseContext, governed: GovernedGroup): void {
  const counting = putNumeral(context, governed);
  putHead(context, governed, counting);
  putAttributes(context, governed, counting);
  putPreposition(context, governed);
}

function isPerson({ words }: ClauseContext, { head }: NounGroup): boolean {
  const reading = words[head]?.reading;
  return reading?.animate === true || (reading?.pos === "pronoun" && reading.lemma !== "что");
}

/**
 * для Натальи Ивановны -> za Nataliju Ivanovnu; для брата и сестры -> za brata i sestru: a name
 * beside another noun, and what is joined by и, stand in the case that the first one was given.
 */
function sharedCase(context: ClauseContext, group: NounGroup): Case | undefined {
  if (group.preposition !== undefined) return undefined;
  const isName = context.words[group.head]?.reading.name !== undefined;
  const first = firstWordOf(group);
  // в белом, чистом платье: the next attributes of a series.
  const previous = context.words[first - 1]?.reading;
  const isSeries =
    context.words[first]?.before.trim() === "," &&
    previous?.pos === "adjective" &&
    previous.case === group.case &&
    previous.count === group.count;
  if (isSeries && context.cases.has(first - 1)) return context.cases.get(first - 1);
  const before = context.groups.find(({ end }) => end === first - (group.coordinated ? 2 : 1));
  if (!before || before.case !== group.case || !(isName || group.coordinated)) return undefined;
  return context.cases.get(before.head);
}

/**
 * Decides the Serbian case and preposition of a group.
 *
 * @param governors entries of the words that it may depend on, the nearest first.
 */
export function governGroup(
  context: ClauseContext,
  group: NounGroup,
  governors: readonly LexiconEntry[],
): GovernedGroup | undefined {
  const head = targetHead(context, group.head, group.count);
  if (head === undefined) return undefined;
  const shared = sharedCase(context, group);
  if (shared !== undefined) {
    context.trace?.rule("a joined noun stands in the case of the first", group.head);
    return { group, head, case: shared, preposition: "" };
  }
  if (group.preposition === undefined) {
    const government = bareGovernment(group.case, governors);
    if (government.preposition !== "" || government.case !== group.case) {
      context.trace?.rule("the governing word decides case and preposition", group.head);
    }
    return { group, head, ...government };
  }
  const lemmas = new Set([
    context.words[group.head]?.reading.lemma ?? "",
    ...governors.map(({ ru }) => ru),
  ]);
  const { text, case: its } = targetPreposition(
    context,
    group.preposition,
    group.case,
    governors,
    lemmas,
    {
      plural: group.count === "pl",
      isPerson: isPerson(context, group),
    },
  );
  return { group, head, case: its, preposition: text };
}

const ADVERBAL_CASES = new Set(["inf", "da"]);

/** соболезновать кому, saosećati s kim: the entry of the governing word says how it governs. */
function bareGovernment(
  its: Case,
  governors: readonly LexiconEntry[],
): { readonly case: Case; readonly preposition: string } {
  for (const { use } of governors) {
    for (const selector of use) {
      if (selector.kind !== "government" || selector.from !== its) continue;
      const { case: target, preposition = "" } = selector.to;
      if (target === undefined || ADVERBAL_CASES.has(target)) continue;
      return { case: target === "gen-sg" ? "gen" : (target as Case), preposition };
    }
  }
  return { case: its, preposition: "" };
}
