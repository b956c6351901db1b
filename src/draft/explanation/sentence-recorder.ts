import { toCyrillic } from "../../language/cyrillic.ts";
import { weighedReadings, type AmbiguousWord } from "../analysis/disambiguation.ts";
import type { Sentence } from "../analysis/sentence.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import type { Reading } from "../morphology/reading.ts";
import type { Clause } from "../syntax/clause.ts";
import type { NounGroup } from "../syntax/noun-groups.ts";
import type { SentenceTransfer } from "../transfer/sentence-transfer.ts";
import type { TransferRule } from "../transfer/transfer-rules.ts";
import type { TransferTrace } from "../transfer/transfer-trace.ts";
import type {
  ExplainedClause,
  ExplainedEntry,
  ExplainedGroup,
  ExplainedReading,
  ExplainedSentence,
  ExplainedWord,
} from "./explanation.ts";
import { selectorText } from "./selector-text.ts";

interface Choice {
  readonly chosen: Map<LexiconEntry, ExplainedEntry>;
  offered: number;
}

/** Keeps what the transfer of one sentence tells, until it can be explained. */
export class SentenceRecorder implements TransferTrace {
  readonly #clauses: { readonly clause: Clause; readonly groups: readonly NounGroup[] }[] = [];
  readonly #rules: { readonly name: TransferRule; readonly at: number }[] = [];
  readonly #choices = new Map<number, Choice>();

  clause(clause: Clause, groups: readonly NounGroup[]): void {
    this.#clauses.push({ clause, groups });
  }

  rule(name: TransferRule, at: number): void {
    const isKnown = this.#rules.some((rule) => rule.name === name && rule.at === at);
    if (!isKnown) this.#rules.push({ name, at });
  }

  choice(at: number, offered: readonly LexiconEntry[], entry: LexiconEntry): void {
    const choice = this.#choices.get(at) ?? { chosen: new Map(), offered: 0 };
    const { ru, pos, sr, reflexive, use } = entry;
    choice.chosen.set(entry, {
      ru,
      pos,
      sr: reflexive ? `${sr} se` : sr,
      selectors: use.map(selectorText),
    });
    choice.offered = Math.max(choice.offered, offered.length);
    this.#choices.set(at, choice);
  }

  /** @param words the sentence with all readings, as the analysis has told them. */
  explanation(
    words: readonly AmbiguousWord[],
    transfer: SentenceTransfer,
    serbian: string,
  ): ExplainedSentence {
    const sentence = transfer.target.source;
    return {
      source: sourceText(sentence, 0, sentence.words.length - 1),
      serbian: serbian.trim(),
      words: this.#words(words, transfer),
      clauses: this.#clauses.map(({ clause, groups }) =>
        explainedClause(sentence, clause, groups, transfer),
      ),
      rules: this.#rules
        .toSorted((one, other) => one.at - other.at)
        .map(({ name, at }) => ({ name, word: sentence.words[at]?.text ?? "" })),
    };
  }

  #words(offered: readonly AmbiguousWord[], { target, unknown }: SentenceTransfer) {
    const { words } = target.source;
    const weighed = weighedReadings(
      offered,
      words.map(({ reading }) => reading),
    );
    return words.map(({ text, reading }, at): ExplainedWord => {
      const choice = this.#choices.get(at);
      const { chosen, others } = partedReadings(weighed[at] ?? [], reading);
      return {
        text,
        chosen,
        others,
        entries: choice === undefined ? [] : [...choice.chosen.values()],
        offeredEntries: choice?.offered ?? 0,
        serbian: toCyrillic(target.wordsAt(at).join(" ")),
        clitics: target.cliticsAt(at).map(toCyrillic),
        unknown: unknown.has(at),
      };
    });
  }
}

function partedReadings(weighed: readonly ExplainedReading[], own: Reading) {
  const chosen = weighed.find(({ reading }) => reading === own);
  if (chosen === undefined) throw new TypeError(`${own.lemma} was not among the readings`);
  const others = weighed
    .filter((other) => other !== chosen)
    .sort((one, other) => other.points - one.points);
  return { chosen, others };
}

/** The source from one word to another, with what stands between them. */
function sourceText({ words }: Sentence, from: number, to: number): string {
  return words
    .slice(from, to + 1)
    .map(({ before, text }, at) => (at === 0 ? text : before + text))
    .join("");
}

function explainedClause(
  sentence: Sentence,
  { from, to }: Clause,
  groups: readonly NounGroup[],
  { cases }: SentenceTransfer,
): ExplainedClause {
  return {
    text: sourceText(sentence, from, to - 1),
    groups: groups.map((group): ExplainedGroup => {
      const { preposition, numeral, attributes, head, end, case: its } = group;
      const first = Math.min(preposition ?? head, numeral ?? head, head, ...attributes);
      return { text: sourceText(sentence, first, end), case: its, serbianCase: cases.get(head) };
    }),
  };
}
