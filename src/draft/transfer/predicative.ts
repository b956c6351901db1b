import { adjectiveForm } from "../inflection/adjective.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import { attributeEntry } from "./attributes.ts";
import type { CliticCluster } from "./clitic-cluster.ts";
import { chooseFor } from "./choose-entry.ts";
import type { VerbToPut } from "./finite-verb.ts";
import type { InfinitiveKind } from "./infinitive.ts";
import type { Reading } from "../morphology/reading.ts";
import { foreignNegation } from "./negation.ts";
import { personOf, type KnownSubject } from "./subject.ts";
import { entriesIn, type ClauseContext, type SubjectFeatures } from "./transfer-context.ts";

/** A predicate that is no verb: холодно, готов, открыт, выше. */
export interface Predicative {
  readonly at: number;
  readonly text: string;
  readonly entry: LexiconEntry | undefined;
  readonly subject: SubjectFeatures;
  /** Who does what an infinitive beside it says: мне надо идти. */
  readonly control: SubjectFeatures | undefined;
  readonly infinitiveKind: InfinitiveKind;
  readonly negation: number | undefined;
}

const NOBODY: SubjectFeatures = {
  agreement: { gender: "n", count: "sg", animate: false },
  person: 3,
  count: "sg",
};

/** нельзя войти: beside a perfective nobody can, beside an imperfective nobody may. */
function impossibleEntry(
  { words, clause }: ClauseContext,
  form: string,
  entries: readonly LexiconEntry[],
): LexiconEntry | undefined {
  const isPerfective = words
    .slice(clause.from, clause.to)
    .some(({ reading }) => reading.pos === "infinitive" && reading.aspect === "pf");
  if (form !== "нельзя" || !isPerfective) return undefined;
  return entries.find(({ use }) =>
    use.some((selector) => selector.kind === "sense" && selector.gloss.startsWith("impossible")),
  );
}

function predicativeEntry(context: ClauseContext, at: number) {
  const { words, lexicon, clause, groups } = context;
  const form = words[at]?.form ?? "";
  // Нет as an answer: without a genitive nothing is missing.
  if (form === "нет" && !groups.some(({ case: its }) => its === "gen")) {
    return lexicon.entriesOf(form, "part")[0];
  }
  const hasInfinitive = words
    .slice(clause.from, clause.to)
    .some(({ reading }) => reading.pos === "infinitive");
  const bare = groups
    .filter(({ preposition }) => preposition === undefined)
    .map(({ case: its }) => ({ preposition: undefined, case: its }));
  const infinitive = [{ preposition: undefined, case: "inf" as const }];
  const complements = hasInfinitive ? infinitive : bare;
  const entries = entriesIn(lexicon, form, ["pred", "adv"]);
  return (
    impossibleEntry(context, form, entries) ?? chooseFor(context, at, entries, { complements })
  );
}

/** мне надо: the dative is who has to; it falls out, or becomes the subject. */
export function experiencer(context: ClauseContext): SubjectFeatures | undefined {
  const { groups, words, target, done } = context;
  const group = groups.find(
    ({ case: its, preposition }) => its === "dat" && preposition === undefined,
  );
  const reading = group && words[group.head]?.reading;
  if (!reading || reading.pos !== "pronoun") return undefined;
  const [person, count] = personOf(reading);
  context.trace?.rule("who has to is not named beside an impersonal", group.head);
  target.put(group.head, "");
  done.add(group.head);
  return { agreement: { gender: reading.gender ?? "m", count, animate: true }, person, count };
}

const asksForDa = (entry: LexiconEntry | undefined) =>
  entry?.use.some(
    (use) => use.kind === "government" && use.from === "inf" && use.to.case === "da",
  ) === true;

const isInflected = (pos: string | undefined) =>
  pos === "short-adjective" || pos === "short-participle" || pos === "comparative";

function negationAt(context: ClauseContext, at: number): number | undefined {
  const { words, clause } = context;
  const own = at > clause.from && words[at - 1]?.form === "не" ? at - 1 : undefined;
  const foreign = foreignNegation(context, at);
  return own ?? (foreign !== undefined && foreign < at ? foreign : undefined);
}

/** уже смелее глядя: beside a gerund a comparative is an adverb. */
const hasGerund = ({ words, clause }: ClauseContext) =>
  words.slice(clause.from, clause.to).some(({ reading }) => reading.pos === "gerund");

/** Скорее!; чем ближе, тем лучше: without a subject, alone or behind чем, a comparative is an adverb. */
function isAdverbial({ words, clause }: ClauseContext, at: number, known: unknown): boolean {
  if (known !== undefined) return false;
  // Скорее домой!: first in its clause it hurries somebody.
  const isAlone = clause.to - clause.from === 1 || at === clause.from;
  return isAlone || /^(?:чем|тем)$/u.test(words[at - 1]?.form ?? "");
}

/** Ещё не поздно: a negated adverb in -о where nothing else could be negated. */
const isNegatedState = ({ words, clause }: ClauseContext, at: number) =>
  words[at]?.reading.pos === "adverb" &&
  words[at].form.endsWith("о") &&
  words[at - 1]?.form === "не" &&
  at > clause.from &&
  at === clause.to - 1;

/** Finds the predicate of a clause without a verb. */
export function predicativeIn(
  context: ClauseContext,
  subjectOf: (predicate: Reading) => KnownSubject | undefined,
): Predicative | undefined {
  const { words, clause, done } = context;
  for (let at = clause.from; at < clause.to; at += 1) {
    const pos = words[at]?.reading.pos;
    if (done.has(at)) continue;
    const negation = negationAt(context, at);
    if (pos === "predicative" || isNegatedState(context, at)) {
      const entry = predicativeEntry(context, at);
      const infinitiveKind = asksForDa(entry) ? "da" : "infinitive";
      const control = asksForDa(entry) ? experiencer(context) : undefined;
      const text = entry?.sr ?? "";
      return { at, text, entry, subject: NOBODY, control, infinitiveKind, negation };
    }
    if (isInflected(pos)) {
      const reading = words[at]?.reading;
      const known = reading && subjectOf(reading);
      if (pos === "comparative" && (hasGerund(context) || isAdverbial(context, at, known)))
        continue;
      const { gender = "m", count = "sg" } = reading ?? {};
      const fallback = { agreement: { gender, count, animate: true }, person: 3, count } as const;
      // Сегодня холоднее: said of nobody.
      const subject = known ?? (pos === "comparative" ? NOBODY : fallback);
      return {
        at,
        text: "-",
        entry: undefined,
        subject,
        control: subject,
        infinitiveKind: "da",
        negation,
      };
    }
  }
  return undefined;
}

/** прав: some short adjectives have a meaning of their own, which the lexicon lists as a sense. */
const SHORT_SENSES: Readonly<Record<string, string>> = { правый: "being right" };

function shortFormEntry({ words, lexicon }: ClauseContext, at: number): LexiconEntry | undefined {
  const reading = words[at]?.reading;
  const sense = SHORT_SENSES[reading?.lemma ?? ""];
  if (reading?.pos !== "short-adjective" || sense === undefined) return undefined;
  return lexicon
    .entriesOf(reading.lemma, "a")
    .find(({ use }) =>
      use.some((selector) => selector.kind === "sense" && selector.gloss === sense),
    );
}

/** može se -> može with se among the clitics of the clause: ovde se može. */
function putWithSe(
  { target }: ClauseContext,
  at: number,
  text: string,
  cluster: CliticCluster,
): void {
  target.put(at, text.replace(/ se$/u, ""));
  if (text.endsWith(" se")) cluster.reflexive = true;
}

/** Writes short adjectives, short participles, comparatives and predicatives as predicates. */
export function putPredicatives(
  context: ClauseContext,
  subject: SubjectFeatures,
  cluster: CliticCluster,
): void {
  const { words, clause, done, target } = context;
  for (let at = clause.from; at < clause.to; at += 1) {
    const reading = words[at]?.reading;
    if (!reading || done.has(at)) continue;
    if (reading.pos === "predicative" || isNegatedState(context, at)) {
      const entry = predicativeEntry(context, at);
      if (!entry) continue;
      putWithSe(context, at, entry.sr, cluster);
      done.add(at);
    } else if (isInflected(reading.pos)) {
      const entry = shortFormEntry(context, at) ?? attributeEntry(context, at, undefined);
      if (!entry) continue;
      const degree = reading.pos === "comparative" ? "comparative" : "positive";
      const features = { ...subject.agreement, case: "nom", definite: false, degree } as const;
      target.put(at, adjectiveForm(entry, features));
      context.trace?.rule("a short form is a predicate adjective", at);
      done.add(at);
    }
  }
}

/** Renderings that are verbs, in the past: надо было -> trebalo je, нельзя было -> nije se smelo. */
const IMPERSONAL_PASTS: Readonly<Record<string, ImpersonalPast>> = {
  treba: { text: "trebalo", reflexive: false, negated: false },
  "može se": { text: "moglo", reflexive: true, negated: false },
  "ne sme se": { text: "smelo", reflexive: true, negated: true },
  "ne može se": { text: "moglo", reflexive: true, negated: true },
  "vidi se": { text: "videlo", reflexive: true, negated: false },
  "čuje se": { text: "čulo", reflexive: true, negated: false },
  "zna se": { text: "znalo", reflexive: true, negated: false },
  "nema vremena": { text: "bilo vremena", reflexive: false, negated: true },
  mora: { text: "moralo", reflexive: false, negated: false },
};

interface ImpersonalPast {
  readonly text: string;
  readonly reflexive: boolean;
  /** The negation holds the auxiliary. */
  readonly negated: boolean;
}

/** Gives было to the predicative beside it, which is a verb in Serbian. */
export function putImpersonalPast(context: ClauseContext, verb: VerbToPut): void {
  const { words, clause, target, done } = context;
  if (words[verb.at]?.reading.tense !== "past") return;
  for (let at = clause.from; at < clause.to; at += 1) {
    if (words[at]?.reading.pos !== "predicative" || done.has(at)) continue;
    const past = IMPERSONAL_PASTS[predicativeEntry(context, at)?.sr ?? ""];
    if (past === undefined) continue;
    context.trace?.rule("an impersonal that is a verb takes the past itself", at);
    done.add(at);
    // Нельзя было: nije se smelo, the negation first and the clitics behind it.
    target.put(Math.min(verb.at, at), past.negated ? "nije" : past.text);
    target.put(Math.max(verb.at, at), past.negated ? past.text : "");
    verb.cluster.je = !past.negated;
    verb.cluster.reflexive = past.reflexive;
  }
}
