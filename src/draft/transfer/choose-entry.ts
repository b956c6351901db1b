import type { Case } from "../grammar.ts";
import type { LexiconEntry, Selector } from "../lexicon/entry.ts";
import type { ClauseContext } from "./transfer-context.ts";

/** What depends on a word: a bare case, a preposition with its case, or an infinitive. */
export interface Complement {
  readonly preposition: string | undefined;
  readonly case: Case | "inf";
}

/** What the selectors of the lexicon can ask about. */
export interface ChoiceContext {
  /** Lemmas of the clause. */
  readonly lemmas: ReadonlySet<string>;
  readonly plural?: boolean;
  readonly negated?: boolean;
  readonly subjectAnimate?: boolean;
  /** The word is read as a name. */
  readonly isName?: boolean;
  readonly complements?: readonly Complement[];
}

function holds(selector: Selector, context: ChoiceContext): boolean {
  switch (selector.kind) {
    case "government":
      return (context.complements ?? []).some(
        ({ preposition, case: its }) => preposition === undefined && its === selector.from,
      );
    case "preposition":
      return (context.complements ?? []).some(
        ({ preposition, case: its }) =>
          preposition === selector.from.preposition && its === selector.from.case,
      );
    case "with":
      return context.lemmas.has(selector.lemma);
    case "plural":
      return context.plural === true;
    case "subject":
      return context.subjectAnimate === selector.animate;
    case "negated":
      return context.negated === true;
    case "name":
      return context.isName === true;
    case "sense":
    default:
      // A further sense is for people; nothing here can tell it.
      return false;
  }
}

/** Of entries that apply the one with more selectors; an infinitive says more than a case. */
const weightOf = ({ use }: LexiconEntry) =>
  use.length +
  (use.some((selector) => selector.kind === "government" && selector.from === "inf") ? 0.5 : 0);

/**
 * The rendering whose selectors all hold; of several the one with the most, then the first. Where
 * none applies, the first that is no name and no further sense, else the first at all.
 */
function chooseEntry(
  entries: readonly LexiconEntry[],
  context: ChoiceContext,
): LexiconEntry | undefined {
  let chosen: LexiconEntry | undefined;
  for (const entry of entries) {
    if (!entry.use.every((selector) => holds(selector, context))) continue;
    if (chosen === undefined || weightOf(entry) > weightOf(chosen)) chosen = entry;
  }
  if (chosen) return chosen;
  const common = entries.find(({ use }) =>
    use.every(({ kind }) => kind !== "sense" && kind !== "name" && kind !== "with"),
  );
  return common ?? entries[0];
}

/** The choice for the word at `at`, which who listens is told. Lemmas are those of the clause. */
export function chooseFor(
  { lemmas, trace }: ClauseContext,
  at: number,
  entries: readonly LexiconEntry[],
  choice: Partial<ChoiceContext> = {},
): LexiconEntry | undefined {
  const chosen = chooseEntry(entries, { lemmas, ...choice });
  if (chosen) trace?.choice(at, entries, chosen);
  return chosen;
}
