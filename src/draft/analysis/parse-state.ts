import type { Case, Count, Gender, Person } from "../grammar.ts";
import { ADVERBIAL_PREPOSITIONS, PREPOSITION_CASES } from "../morphology/prepositions.ts";
import type { PartOfSpeech, Reading } from "../morphology/reading.ts";

/** What stands between two words, as far as it parts them. */
export type Gap = "space" | "comma" | "strong";

/** An adjective, participle or numeral that waits for its noun. */
export interface OpenGroup {
  readonly case: Case;
  readonly count: Count;
  readonly gender: Gender | undefined;
  readonly animate: boolean | undefined;
}

export interface Subject {
  readonly count: Count;
  readonly gender: Gender | undefined;
  readonly person: Person;
  /** It stands before the last comma, and may belong to another clause. */
  readonly isOld: boolean;
  /** The subject before it, whose clause may go on behind the comma that ends its own. */
  readonly outer?: Subject | undefined;
  /** It is который. */
  readonly relative?: boolean;
}

/** What is known of the clause from the words so far. */
export interface ParseState {
  readonly last: Reading | undefined;
  /** The nearest noun before, also before a mark: который and participles agree with it. */
  readonly lastNoun: Reading | undefined;
  readonly prepositionCases: readonly Case[] | undefined;
  readonly group: OpenGroup | undefined;
  readonly numeral: "few" | "many" | undefined;
  /** его, её, их that want a noun. */
  readonly possessive: boolean;
  /** его, её, их behind the noun that they belong to: голос его дрожал. */
  readonly postposed: boolean;
  readonly verb: Reading | undefined;
  /** The clause has a predicate that is no verb: холодно, надо. */
  readonly predicative: boolean;
  readonly negated: boolean;
  readonly subject: Subject | undefined;
  /** Case of the last noun or pronoun: what follows a comma or и often repeats it. */
  readonly lastCase: Case | undefined;
  readonly afterConjunction: boolean;
  /** The clause has an accusative without a preposition. */
  readonly hasObject: boolean;
  /** The word is the first one behind a mark. */
  readonly afterMark: boolean;
  /** так or такой was said, which a clause with что may follow. */
  readonly marksMeasure: boolean;
}

export const BEGINNING: ParseState = {
  last: undefined,
  lastNoun: undefined,
  prepositionCases: undefined,
  group: undefined,
  numeral: undefined,
  possessive: false,
  postposed: false,
  verb: undefined,
  predicative: false,
  negated: false,
  subject: undefined,
  lastCase: undefined,
  afterConjunction: false,
  marksMeasure: false,
  afterMark: false,
  hasObject: false,
};

const NOMINALS: ReadonlySet<PartOfSpeech> = new Set(["noun", "pronoun", "adjective", "participle"]);
const ATTRIBUTES: ReadonlySet<PartOfSpeech> = new Set(["adjective", "participle"]);
const COORDINATORS = new Set(["и", "или", "либо", "да", "а", "но", "ни"]);
const MEASURES = new Set(["так", "такой", "настолько", "столь"]);
const FEW = new Set(["два", "три", "четыре", "оба", "полтора", "двое"]);

/** A word with a case. */
export const isNominal = ({ pos, case: grammaticalCase }: Reading) =>
  NOMINALS.has(pos) && grammaticalCase !== undefined;

export const isAttribute = ({ pos, case: grammaticalCase }: Reading) =>
  ATTRIBUTES.has(pos) && grammaticalCase !== undefined;

export const isPossessive = ({ pos, case: grammaticalCase, pronominal }: Reading) =>
  pos === "adjective" && pronominal === true && grammaticalCase === undefined;

/** A verb that wants a subject. */
export const isFinite = ({ pos, mood }: Reading) => pos === "verb" && mood !== "imperative";

export function agrees(group: OpenGroup, { case: its, count, gender, animate }: Reading): boolean {
  if (group.case !== its || group.count !== count) return false;
  const sameGender = group.count === "pl" || !group.gender || !gender || group.gender === gender;
  const sameAnimacy =
    group.case !== "acc" ||
    group.animate === undefined ||
    animate === undefined ||
    group.animate === animate ||
    (group.count === "sg" && gender !== "m");
  return sameGender && sameAnimacy;
}

/** который and чей stand for a noun, and wait for none. */
export const isRelative = ({ lemma }: Reading) => lemma === "который" || lemma === "чей";

export function agreesWithVerb(subject: Omit<Subject, "isOld">, verb: Reading): boolean {
  // есть serves every person and number.
  if (verb.count === undefined) return true;
  if (verb.tense === "past") {
    if (subject.person === 2 && subject.count === "pl") return verb.count === "pl";
    if (verb.count !== subject.count) return false;
    return verb.count === "pl" || !subject.gender || verb.gender === subject.gender;
  }
  return (verb.person ?? 3) === subject.person && verb.count === subject.count;
}

export function subjectOf({ count = "sg", gender, person = 3 }: Reading): Subject {
  return { count, gender, person, isOld: false };
}

/** What a comma or a stronger mark leaves of the state. */
export function afterGap(state: ParseState, gap: Gap): ParseState {
  if (gap === "space") return state;
  const { last, lastNoun, lastCase, subject, marksMeasure } = state;
  const measures = gap === "comma" && marksMeasure;
  const kept = gap === "comma" && subject ? { ...subject, isOld: true } : undefined;
  return {
    ...BEGINNING,
    last,
    lastNoun,
    lastCase,
    subject: kept,
    marksMeasure: measures,
    afterMark: true,
  };
}

function groupOf(reading: Reading): OpenGroup | undefined {
  const { case: its, count, gender, animate } = reading;
  return its && isAttribute(reading) && !isRelative(reading)
    ? { case: its, count: count ?? "sg", gender, animate }
    : undefined;
}

function casesAfter({ pos, lemma }: Reading): readonly Case[] | undefined {
  if (pos !== "preposition") return undefined;
  return PREPOSITION_CASES.get(lemma) ?? ADVERBIAL_PREPOSITIONS.get(lemma);
}

/** брат и сестра спали: what и joins to the subject makes it plural. */
function joinsSubject({ last, lastCase, subject, verb }: ParseState, reading: Reading): boolean {
  const isJoined = last?.lemma === "и" && lastCase === "nom" && reading.case === "nom";
  const isNoun = reading.pos === "noun" || reading.pos === "pronoun";
  return isJoined && isNoun && verb === undefined && subject !== undefined && !subject.isOld;
}

const joinedSubject = (subject: Subject): Subject => ({
  ...subject,
  count: "pl",
  gender: undefined,
  person: 3,
});

/** The state after a word was read so. */
export function next(state: ParseState, reading: Reading): ParseState {
  const { pos, lemma } = reading;
  const passes = pos === "adverb" || pos === "particle" || isPossessive(reading);
  const opensGroup = groupOf(reading);
  const head = pos === "noun" || pos === "pronoun";
  const isVerb = pos === "verb" || pos === "infinitive" || pos === "gerund";
  // дыхание дрожало и блестели слёзы: a second finite verb begins a clause.
  const isSecond = pos === "verb" && state.verb?.pos === "verb" && state.subject !== undefined;
  const known = isSecond && state.subject ? { ...state.subject, isOld: true } : state.subject;
  const subject = known && joinsSubject(state, reading) ? joinedSubject(known) : known;
  const couldBeSubject = reading.case === "nom" && (head || opensGroup || isRelative(reading));
  // она ничего не сказала и опустила глаза: the second verb is not negated with the first.
  const isAffirmed = pos === "verb" && state.verb?.pos === "verb" && state.last?.lemma !== "не";
  const becomesSubject = couldBeSubject && (!subject || subject.isOld);
  const isPostposed = isPossessive(reading) && state.last?.pos === "noun";
  return {
    last: reading,
    lastNoun: pos === "noun" ? reading : state.lastNoun,
    prepositionCases:
      casesAfter(reading) ?? (passes || opensGroup ? state.prepositionCases : undefined),
    group: opensGroup ?? (passes ? state.group : undefined),
    numeral: numeralOf(reading) ?? (opensGroup || passes ? state.numeral : undefined),
    possessive: isPossessive(reading) && !isPostposed,
    postposed: isPostposed || (state.postposed && pos === "adverb"),
    verb: isVerb ? reading : state.verb,
    predicative: state.predicative || pos === "predicative",
    negated: lemma === "не" || (state.negated && !isAffirmed && (isVerb || pos !== "noun")),
    subject: becomesSubject
      ? { ...subjectOf(reading), outer: subject, relative: isRelative(reading) }
      : subject,
    lastCase: reading.case ?? state.lastCase,
    afterMark: false,
    hasObject: state.hasObject || (reading.case === "acc" && !state.prepositionCases),
    marksMeasure: MEASURES.has(lemma) || (state.marksMeasure && lemma !== "что"),
    afterConjunction: pos === "conjunction" && COORDINATORS.has(lemma),
  };
}

function numeralOf({ pos, lemma, case: its }: Reading): ParseState["numeral"] {
  const oblique = its !== undefined && its !== "nom" && its !== "acc";
  if (pos !== "numeral" || oblique) return undefined;
  return FEW.has(lemma) ? "few" : "many";
}
