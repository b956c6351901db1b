import type { Word } from "../analysis/sentence.ts";
import type { LexicalClass, LexiconEntry } from "../lexicon/entry.ts";
import type { PartOfSpeech } from "../morphology/reading.ts";
import { adjectiveForm, adverbOf } from "../inflection/adjective.ts";
import { transcribe } from "../names/transcription.ts";
import { attributeEntry } from "./attributes.ts";
import { chooseFor } from "./choose-entry.ts";
import { isName } from "./nouns.ts";
import { entriesIn, type ClauseContext } from "./transfer-context.ts";

/** Where a word without forms may stand in the lexicon, the likeliest class first. */
const CLASSES: Readonly<Partial<Record<PartOfSpeech, readonly LexicalClass[]>>> = {
  adverb: ["adv", "pred", "part", "conj", "num"],
  conjunction: ["conj", "part", "adv"],
  particle: ["part", "conj", "adv", "intj"],
  interjection: ["intj", "part"],
  predicative: ["pred", "adv", "a"],
  preposition: ["adv", "prep"],
  numeral: ["num", "adv"],
  unknown: ["adv", "part", "conj", "intj", "num", "n", "a"],
};
const ALL: readonly LexicalClass[] = ["adv", "pred", "part", "conj", "intj", "num", "pron", "prep"];

/** Particles that only colour the Russian sentence. */
const DROPPED = new Set(["же", "ж", "бы", "б", "ка", "то"]);

/** как and что have a meaning for each place. */
function conjunctionBy(context: ClauseContext, at: number): string | undefined {
  const { words, clause } = context;
  const word = words[at];
  if (word === undefined) return undefined;
  const isLed = at === clause.from + 1 && /^(?:а|и|но|да)$/u.test(words[at - 1]?.form ?? "");
  const opensClause = (at === clause.from && at > 0) || (isLed && word.form === "как");
  const hasVerb = words.slice(clause.from, clause.to).some(isVerbal);
  if (word.form === "как") {
    if (at === 0 || words[at - 1]?.before.includes("—")) return "kako";
    return opensClause && hasVerb ? "kako" : "kao";
  }
  if (
    word.form === "чем" &&
    words[at + 1]?.reading.pos === "comparative" &&
    opensPart(context, at)
  ) {
    return "što";
  }
  if (word.form === "чем" && opensClause && words[at + 1]?.reading.pos !== "comparative") {
    return hasVerb ? "nego što" : "nego";
  }
  if (word.form === "если" && hasConditional(words.slice(clause.from, clause.to))) return "kad";
  if (word.form === "что" && word.reading.pos === "conjunction") {
    if (at === 0 || (opensClause && isAskedInfinitive(context))) return "šta";
    return opensClause ? (contentConjunction(context, at) ?? "da") : undefined;
  }
  return undefined;
}

/** рад, что -> rad što: the clause before may hold the word that asks for another conjunction. */
function contentConjunction({ words, lexicon }: ClauseContext, at: number): string | undefined {
  const before = new Set(words.slice(Math.max(0, at - 4), at).map(({ reading }) => reading.lemma));
  return lexicon
    .entriesOf("что", "conj")
    .find(({ use }) =>
      use.some((selector) => selector.kind === "with" && before.has(selector.lemma)),
    )?.sr;
}

/** чем ближе, тем лучше; but: ближе, чем раньше. */
const opensPart = ({ words }: ClauseContext, at: number) =>
  words.slice(at).some(({ form, before }) => form === "тем" && before.includes(","));

/** не знал, что делать: beside an infinitive alone что is what to do. */
const isAskedInfinitive = ({ words, clause }: ClauseContext) => {
  const parts = words.slice(clause.from, clause.to).map(({ reading }) => reading.pos);
  const asked = parts.indexOf("infinitive");
  return asked >= 0 && !parts.includes("verb") && !parts.slice(0, asked).some(saysSomething);
};

/** что эти вещи хорошо иметь: what has a noun or a predicate before the infinitive is no question. */
const saysSomething = (pos: PartOfSpeech) =>
  pos === "predicative" || pos === "noun" || pos.startsWith("short-");

const hasConditional = (words: readonly Word[]) =>
  words.some(({ form }) => form === "бы" || form === "б");

const isVerbal = ({ reading }: Word) =>
  ["verb", "infinitive", "short-participle", "short-adjective"].includes(reading.pos);

/** весело from весёлый: an adverb that is not listed comes from its adjective. */
function adverbFromAdjective({ lexicon }: ClauseContext, form: string): string | undefined {
  const stem = form.replace(/[ое]$/u, "").replace(/и$/u, "");
  for (const ending of ["ый", "ий", "ой"]) {
    const entry = lexicon.entriesOf(stem + ending, "a")[0];
    if (entry) return adverbOf(entry, "positive");
  }
  return undefined;
}

/** Whether an entry is more than a further sense, which nothing here can decide for. */
const isCommon = ({ use }: LexiconEntry) => use.every(({ kind }) => kind !== "sense");

/** The entry of a word without forms: by lemma, then by form; classes with a common sense first. */
function uninflectedEntry(context: ClauseContext, at: number): LexiconEntry | undefined {
  const { words, lexicon } = context;
  const word = words[at];
  if (word === undefined) return undefined;
  const { form, reading } = word;
  const isNegatable = reading.pos !== "conjunction";
  const negated = isNegatable && (words[at + 1]?.form === "не" || words[at - 1]?.form === "не");
  const classes = [...(CLASSES[reading.pos] ?? []), ...ALL];
  const found = [reading.lemma, form].flatMap((lemma) =>
    classes.map((pos) => lexicon.entriesOf(lemma, pos)).filter((entries) => entries.length > 0),
  );
  const offered = found.find((entries) => entries.some(isCommon)) ?? found[0] ?? [];
  return chooseFor(context, at, offered, { negated });
}

/** Words whose rendering follows from where they stand. */
function textByPlace({ words, clause }: ClauseContext, at: number): string | undefined {
  const form = words[at]?.form;
  const opens = at === clause.from;
  // Он ведь старик: pa opens a clause or is not said.
  if (form === "ведь" && !opens) return "";
  // Снег летел, точно пух.
  const hasVerb = words.slice(clause.from, clause.to).some(isVerbal);
  if (form === "точно" && opens && at > 0 && clause.to > at + 1 && !hasVerb) return "kao";
  // И точно солнце выглянуло из-за туч.
  const isLed = at === clause.from + 1 && words[at - 1]?.form === "и";
  const next = words[at + 1]?.reading;
  if (form === "точно" && (opens || isLed) && hasVerb && next?.case === "nom") return "kao da";
  // Две недели спустя.
  if (form === "спустя" && words[at - 1]?.reading.pos === "noun") return "kasnije";
  if (form === "то" && opens && isAlternating(words)) return "čas";
  return form === "да" ? textOfDa(words, at, opens && hasVerb) : undefined;
}

/** хочу, да не могу (ali); отец да мать (i). */
function textOfDa(words: readonly Word[], at: number, opensClause: boolean): string | undefined {
  const [before, own, after] = [words[at - 1], words[at], words[at + 1]];
  if (opensClause && own?.before.trim() === ",") return "ali";
  const isBetween = before?.reading.pos === "noun" && after?.reading.pos === "noun";
  const isAlike = before?.reading.case === after?.reading.case && own?.before === " ";
  return isBetween && isAlike ? "i" : undefined;
}

/** Conjunctions that a later то answers: когда он пел, то я молчал. */
const CONDITIONS = new Set(["когда", "если", "раз", "как", "что", "чтобы", "хотя", "ежели"]);

/** То шёл дождь, то светило солнце. */
const isAlternating = (words: readonly Word[]) =>
  !words.some(({ form }) => CONDITIONS.has(form)) &&
  words.filter(({ form, before }, at) => form === "то" && (at === 0 || before.includes(",")))
    .length > 1;

/** Text of a word that has no forms, or stands where its forms do not matter. */
function textOf(context: ClauseContext, at: number): string {
  const word = context.words[at];
  if (word === undefined) return "";
  const { form } = word;
  const next = context.words[at + 1];
  if (form === "то" && next?.before.includes(",") && /^(?:что|кто)$/u.test(next.reading.lemma)) {
    return "ono";
  }
  const isTo = form === "то" && (at === 0 || isAlternating(context.words));
  if (DROPPED.has(form) && !word.emphasised && !isTo) return "";
  const special = conjunctionBy(context, at);
  if (special !== undefined) return special;
  const placed = textByPlace(context, at);
  if (placed !== undefined) return placed;
  const entry = uninflectedEntry(context, at);
  if (entry) return entry.sr;
  const derived = adverbFromAdjective(context, form);
  if (derived !== undefined) return derived;
  context.unknown.add(at);
  return transcribe(form);
}

/** больше, лучше: an adverb beside a verb. */
function comparativeText(context: ClauseContext, at: number): string {
  const word = context.words[at];
  if (word === undefined) return "";
  const entries = entriesIn(context.lexicon, word.reading.lemma, ["a"]);
  const listed = chooseFor(context, at, context.lexicon.entriesOf(word.form, "adv"));
  if (listed) return listed.sr;
  const entry = chooseFor(context, at, entries);
  if (entry) return adverbOf(entry, "comparative");
  return textOf(context, at);
}

const LOOSE: ReadonlySet<PartOfSpeech> = new Set([
  "adjective",
  "short-adjective",
  "participle",
  "short-participle",
]);

/** An adjective or a participle that belongs to no group. */
function looseAdjective(context: ClauseContext, at: number): string {
  const reading = context.words[at]?.reading;
  const isListed = context.lexicon.entriesOf(reading?.lemma ?? "", "a").length > 0;
  const isParticiple = reading?.pos === "participle" || reading?.pos === "short-participle";
  const entry = isListed || isParticiple ? attributeEntry(context, at, undefined) : undefined;
  if (!reading || !entry) return textOf(context, at);
  return adjectiveForm(entry, {
    gender: reading.gender ?? "m",
    count: reading.count ?? "sg",
    animate: false,
    case: reading.case ?? "nom",
    definite: !reading.pos.startsWith("short"),
    degree: "positive",
  });
}

/** An attribute or a preposition that no noun has claimed is written as best it can be. */
function noteLeftOver({ words, doubts }: ClauseContext, at: number): void {
  const { pos, pronominal } = words[at]?.reading ?? {};
  const isAttribute = (pos === "adjective" && pronominal !== true) || pos === "participle";
  if (isAttribute && !isName(words, at)) doubts.note("an attribute has no noun", at);
  if (pos === "preposition") doubts.note("a preposition governs nothing", at);
}

/** Writes every word of the clause that no other rule has written. */
export function putRest(context: ClauseContext): void {
  const { clause, done, target, words } = context;
  for (let at = clause.from; at < clause.to; at += 1) {
    if (done.has(at)) continue;
    done.add(at);
    const pos = words[at]?.reading.pos;
    noteLeftOver(context, at);
    if (pos === "comparative") target.put(at, comparativeText(context, at));
    else if (pos !== undefined && LOOSE.has(pos)) target.put(at, looseAdjective(context, at));
    else target.put(at, textOf(context, at));
  }
}
