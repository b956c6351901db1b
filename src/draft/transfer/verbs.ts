import type { LexiconEntry } from "../lexicon/entry.ts";
import { unknownVerbEntry } from "../names/declension.ts";
import { chooseFor, type Complement } from "./choose-entry.ts";
import type { ClauseContext } from "./transfer-context.ts";

/** Verbs that are in every sentence and that the dictionary knows by another lemma. */
const LEMMAS: Readonly<Record<string, string>> = { етись: "ехать" };

const REFLEXIVE_ENDING = /(?:ся|сь)$/u;

/**
 * The entry that renders a verb. One in -ся that is not listed is the listed verb with se:
 * открыться, otvoriti se.
 */
export function verbEntry(
  context: ClauseContext,
  at: number,
  complements: readonly Complement[],
): LexiconEntry {
  const word = context.words[at];
  if (word === undefined) throw new TypeError(`no word at ${at}`);
  const { lemma } = word.reading;
  const { lexicon } = context;
  const negated = context.words[at - 1]?.form === "не";
  const choice = { negated, complements };
  const listed = chooseFor(context, at, lexicon.entriesOf(LEMMAS[lemma] ?? lemma, "v"), choice);
  if (listed) return listed;
  if (REFLEXIVE_ENDING.test(lemma)) {
    const active = lexicon.entriesOf(lemma.replace(REFLEXIVE_ENDING, ""), "v");
    const plain = chooseFor(context, at, active, choice);
    if (plain) return { ...plain, reflexive: true, use: [] };
  }
  context.unknown.add(at);
  return unknownVerbEntry(lemma, word.reading);
}
