import { listed, type Check, type CheckContext, type CheckedPair } from "./check.ts";

/** Something that models say of themselves or of their work; fine where the source says it, too. */
interface MetaPattern {
  readonly said: RegExp;
  readonly unless: RegExp;
  /** Languages in which a book may rightly say it, as far as its source says such a thing. */
  readonly targets?: readonly string[];
}

const NEVER = /(?!)/;
const APOLOGY = /извин|прост|жаль|сожал|sorry/iu;
const TRANSLATING = /перев[оеё]|translat/iu;

const ENGLISH = ["en"];
const SERBO_CROATIAN = ["hr", "bs", "sr-Latn", "cnr"];
const RUSSIAN = ["ru"];

const META_PATTERNS: readonly MetaPattern[] = [
  {
    said: /^као (?:вештачка интелигенција|(?:велики )?језички модел)/iu,
    unless: /модел|интеллект/iu,
  },
  {
    said: /^(?:извини(?:те)?|жао ми је|нажалост)[,.]?(?: али)? не могу (?:да )?(?:вам |ти )?(?:преве|помог|испун|одговор|настав|пруж)/iu,
    unless: APOLOGY,
  },
  {
    said: /^не могу да (?:(?:вам|ти) )?(?:преведем|испуним (?:овај|тај) захтев|помогнем са (?:овим|тим) захтевом)/iu,
    unless: TRANSLATING,
  },
  { said: /^(?:ево|следи|у наставку је) (?:вам )?(?:превод|преведен)/iu, unless: TRANSLATING },
  { said: /^превод(?: на српски)?(?: текста)?:/iu, unless: TRANSLATING },
  {
    said: /(?:^|\n)напомена(?: преводиоца)?:/iu,
    unless: /примечан|замеч|заметк|пометк|сноск|нота|N\.?\s?B|P\.?\s?S/iu,
  },
  { said: /^(?:наравно|свакако)[!,.] ево /iu, unless: /конечно|разумеется|вот/iu },
  { said: /^(?:извините|к сожалению),? (?:но )?я не могу/iu, unless: NEVER, targets: RUSSIAN },
  { said: /^(?:вот перевод|перевод:)/iu, unless: NEVER, targets: RUSSIAN },
  { said: /^here(?: is|'s|’s) (?:the|your|a) /iu, unless: /here/iu, targets: ENGLISH },
  { said: /^as an? (?:ai|artificial|language model)/iu, unless: /as an?/iu },
  {
    said: /^(?:i['’]m sorry|i apologi[sz]e|sorry),? /iu,
    unless: /sorry|apolog/iu,
    targets: ENGLISH,
  },
  { said: /^i (?:can(?:no|['’])t|am unable to|won['’]t) /iu, unless: /\bi\b/iu, targets: ENGLISH },
  {
    said: /^(?:sure|certainly|of course)[!,.] /iu,
    unless: /sure|certain|course/iu,
    targets: ENGLISH,
  },
  {
    said: /(?:^|\n)(?:translat(?:ion|or['’]?s? note)|note):/iu,
    unless: /translat|note/iu,
    targets: ENGLISH,
  },
  {
    said: /^(?:nažalost|žao mi je|oprostite|ispričavam se),? (?:ali )?ne mogu/iu,
    unless: NEVER,
    targets: SERBO_CROATIAN,
  },
  {
    said: /^(?:evo prijevoda|prijevod:|prevod:|napomena:)/iu,
    unless: NEVER,
    targets: SERBO_CROATIAN,
  },
];

const MARKUP_BEFORE = /^[\s«„“"(–—-]+/u;

function metaTextIn(
  { source, translation }: CheckedPair,
  { target = "sr" }: CheckContext,
): string | undefined {
  const text = translation.replace(MARKUP_BEFORE, "");
  return listed(
    META_PATTERNS.flatMap(({ said, unless, targets }) => {
      if (targets?.includes(target)) return [];
      const found = said.exec(text)?.[0].trim();
      return found === undefined || unless.test(source) ? [] : [found];
    }),
  );
}

const SHELLS: readonly RegExp[] = [
  /```/u,
  /<\/?(?:think|thinking|reasoning|analysis|answer|output|translation|source|segment)\b[^>]*>/iu,
  /<\|[a-z_]+\|>/iu,
  /\[\/?INST\]/u,
  /={3,} ?(?:BEGIN|END) TEXT ?={3,}/u,
  /^\s*[[{]\s*\{?\s*"?(?:id|text|translation|segments?|translations|result)"?\s*:/iu,
  /"(?:id|text|translation|segments?)"\s*:/iu,
];

const SENTENCE_END = /\n|(?<=[.:]) /u;
const MIN_LEAKED_LETTERS = 24;

/** The sentences of an instruction that are long enough to be told from text of a book. */
export function instructionSentences(instructions: string): string[] {
  const sentences = instructions.split(SENTENCE_END).map((sentence) => sentence.trim());
  return [...new Set(sentences)].filter((sentence) => sentence.length >= MIN_LEAKED_LETTERS);
}

function leakIn(
  { source, translation }: CheckedPair,
  { instructions = [] }: CheckContext,
): string[] {
  return instructions.filter(
    (sentence) => translation.includes(sentence) && !source.includes(sentence),
  );
}

function shellIn(pair: CheckedPair, context: CheckContext): string | undefined {
  const { source, translation } = pair;
  const shells = SHELLS.flatMap((shell) => {
    const found = shell.exec(translation)?.[0].trim();
    return found === undefined || source.includes(found) ? [] : [found];
  });
  return listed([...shells, ...leakIn(pair, context)]);
}

/** What a model says beside the translation: C42 and C43. */
export const META_CHECKS: readonly Check[] = [
  {
    id: "C42",
    severity: "error",
    title: "the model speaks of itself or of its work",
    why: "Refusals, greetings and notes end up as text of the book. Let pass: what the source says in its own language.",
    find: metaTextIn,
  },
  {
    id: "C43",
    severity: "error",
    title: "fences, thinking, JSON or instructions in the text",
    why: "The wrapping of an answer or the instructions leaked. What can be taken off without doubt is taken off first. Let pass: what the source has, too.",
    find: shellIn,
  },
];
