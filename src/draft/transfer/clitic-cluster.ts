import { presentOfBiti } from "../inflection/auxiliary.ts";
import type { NounGroup } from "../syntax/noun-groups.ts";
import type { ClauseContext, SubjectFeatures } from "./transfer-context.ts";

/** The clitics of one clause. They stand together, in a fixed order, behind its first word or group. */
export class CliticCluster {
  li = false;
  /** sam, si, smo, ste, su, ću, bih and so on, all but je. */
  auxiliary: string | undefined;
  readonly dative: string[] = [];
  readonly accusative: string[] = [];
  reflexive = false;
  /** The copula or auxiliary of the third person: it comes last and falls out after se. */
  je = false;

  get isEmpty(): boolean {
    return this.inOrder().length === 0;
  }

  /** Adds sam, si, je, smo, ste or su. */
  addPresentOfBiti({ person, count }: Pick<SubjectFeatures, "person" | "count">): void {
    if (person === 3 && count === "sg") this.je = true;
    else this.auxiliary = presentOfBiti(person, count, "clitic");
  }

  /** mi ga je: li, auxiliary, dative, accusative, se, je (Piper and Klajn, 2013, on enclitics). */
  inOrder(): string[] {
    const accusative = this.je
      ? this.accusative.map((form) => (form === "je" ? "ju" : form))
      : this.accusative;
    const isReflexive = this.reflexive && !accusative.includes("se");
    return [
      ...(this.li ? ["li"] : []),
      ...(this.auxiliary === undefined ? [] : [this.auxiliary]),
      ...this.dative,
      ...accusative,
      ...(isReflexive ? ["se"] : []),
      ...(this.je && !this.reflexive ? ["je"] : []),
    ];
  }
}

/** Words that bear no clitics: the next word does. */
const PROCLITIC = new Set(["i", "a", "ni", "ne"]);

/** Conjunctions after which clitics stand at once. */
const SUBORDINATORS =
  /^(?:da|što|kad|kada|ako|jer|dok|čim|iako|gde|kako|kao da|kojeg|koj.*|čij.*|zašto|ko|šta|mada|pošto|ali|nego|zar|neka|zato|onda|pa|te)$/u;

/** After a first group of so many words the clitics wait for the next one. */
const LONG_GROUP = 3;

/** First word of a group. */
function firstOf({ preposition, numeral, head, attributes }: NounGroup): number {
  return Math.min(preposition ?? head, numeral ?? head, head, ...attributes);
}

/** The end of a group with the genitives that belong to it and the groups joined to it. */
function endOfConstituent({ groups, words }: ClauseContext, first: NounGroup): number {
  let { end } = first;
  for (const group of groups) {
    const isGenitive = group.preposition === undefined && group.case === "gen";
    if (isGenitive && firstOf(group) === end + 1) end = group.end;
    // knez Nehljudov je: a name and what stands before it are one.
    const isName = words[group.head]?.reading.name !== undefined;
    const bearer = words[first.head]?.reading;
    const isPerson = bearer?.animate === true || bearer?.name !== undefined;
    const isNamed = isName && isPerson && group.preposition === undefined;
    if (isNamed && firstOf(group) === end + 1) end = group.end;
    // otac i mati su: what is joined by i is one.
    if (group.coordinated && firstOf(group) === end + 2) end = group.end;
  }
  return end;
}

/** The word from `from` to `to` that is written last. */
function lastWritten(target: ClauseContext["target"], from: number, to: number): number {
  for (let at = to; at > from; at -= 1) if (!target.isEmpty(at)) return at;
  return from;
}

function writtenWords(target: ClauseContext["target"], from: number, to: number): number {
  let count = 0;
  for (let at = from; at <= to; at += 1) count += target.wordsAt(at).length;
  return count;
}

/**
 * Index of the word that the clitics of a clause lean on; undefined if nothing of it can bear them.
 * A long first group is passed over, as in speech, where a pause follows it.
 */
export function hostOf(context: ClauseContext): number | undefined {
  const { clause, groups, target, words } = context;
  const phrase = subordinatorBefore(context);
  if (phrase !== undefined) return phrase;
  let passedOver: number | undefined;
  for (let at = clause.from; at < clause.to; at += 1) {
    const text = target.wordsAt(at).join(" ");
    if (text === "" || PROCLITIC.has(text)) continue;
    if (leansOnRelative(words, at) || leansOnNumeral(words, at)) continue;
    if (SUBORDINATORS.test(text)) return at;
    const start = endOfPhraseAt(context, at) ?? at;
    const group = groups.find((candidate) => start >= firstOf(candidate) && start <= candidate.end);
    if (group === undefined) return at;
    const end = endOfConstituent(context, group);
    const last = lastWritten(target, at, end);
    if (writtenWords(target, at, end) <= LONG_GROUP || passedOver !== undefined) return last;
    passedOver = last;
    at = end;
  }
  return passedOver;
}

/** тот, кто пришёл -> onaj ko je došao: the expression before holds the first word of the clause. */
function subordinatorBefore({ clause, phrases, target }: ClauseContext): number | undefined {
  if (!phrases.has(clause.from) || !target.isEmpty(clause.from)) return undefined;
  let at = clause.from - 1;
  while (at > 0 && target.isEmpty(at)) at -= 1;
  return SUBORDINATORS.test(target.wordsAt(at).at(-1) ?? "") ? at : undefined;
}

/** вслед за ним: the last word of a fixed expression that begins here, where it is a preposition. */
function endOfPhraseAt({ phrases, groups, target }: ClauseContext, at: number): number | undefined {
  const group = groups.find(
    ({ preposition }) => preposition !== undefined && preposition > at && phrases.has(preposition),
  );
  const end = group?.preposition;
  if (end === undefined) return undefined;
  for (let between = at + 1; between <= end; between += 1) {
    if (!target.isEmpty(between)) return undefined;
  }
  return end;
}

/** двадцать один солдат: the first part of a numeral leans on the second. */
const leansOnNumeral = (words: ClauseContext["words"], at: number) =>
  words[at]?.reading.pos === "numeral" && words[at + 1]?.reading.lemma === "один";

/** A preposition leans on the relative pronoun after it: u kojoj su. */
function leansOnRelative(words: ClauseContext["words"], at: number): boolean {
  return words[at]?.reading.pos === "preposition" && words[at + 1]?.reading.lemma === "который";
}
