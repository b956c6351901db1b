import type { Case } from "../grammar.ts";
import type { LexiconEntry, PhraseCase } from "../lexicon/entry.ts";
import { transcribe } from "../names/transcription.ts";
import { chooseFor } from "./choose-entry.ts";
import { normalPreposition, type ClauseContext } from "./transfer-context.ts";

/** How a Russian prepositional group is said: a preposition or none, and the case of the group. */
export interface TargetPreposition {
  readonly text: string;
  readonly case: Case;
}

const CASES: ReadonlySet<string> = new Set(["nom", "gen", "dat", "acc", "voc", "ins", "loc"]);

const isCase = (name: PhraseCase["case"]): name is Case => name !== undefined && CASES.has(name);

/** думать о ком -> misliti o kome: the governing word may ask for its own preposition. */
function governedBy(
  governors: readonly LexiconEntry[],
  preposition: string,
  its: Case,
): TargetPreposition | undefined {
  for (const { use } of governors) {
    for (const selector of use) {
      if (selector.kind !== "preposition" || !selector.to || !isCase(selector.to.case)) continue;
      if (selector.from.preposition !== preposition || selector.from.case !== its) continue;
      return { text: selector.to.preposition ?? "", case: selector.to.case };
    }
  }
  return undefined;
}

/** s -> sa before what could not be said after it: sa mnom, sa sestrom. */
function euphonic(text: string, next: string): string {
  return text === "s" && /^(?:[szšž]|mnom|jedn|dva|dve|tri|četiri|obe?)/u.test(next) ? "sa" : text;
}

export function withEuphony({ text }: Pick<TargetPreposition, "text">, next: string): string {
  return euphonic(text, next);
}

/** The Serbian case that an entry asks for where the Russian one is `its`. */
function governmentOf({ use }: LexiconEntry, its: Case): Case {
  const government = use.find(({ kind }) => kind === "government");
  const target = government?.kind === "government" ? government.to.case : undefined;
  return isCase(target) ? target : its;
}

/**
 * The rendering of the preposition at `at` with a group in the case `its`.
 *
 * One that ends a fixed expression (вслед за) is written already: only its case is told.
 *
 * @param governors entries of the words that the group may depend on, the nearest first.
 * @param lemmas lemmas of the head of the group and of its governors.
 */
export function targetPreposition(
  context: ClauseContext,
  at: number,
  its: Case,
  governors: readonly LexiconEntry[],
  lemmas: ReadonlySet<string>,
  { plural, isPerson }: { readonly plural: boolean; readonly isPerson: boolean },
): TargetPreposition {
  const form = context.words[at]?.form ?? "";
  const preposition = normalPreposition(form);
  const phrase = context.phrases.get(at);
  if (phrase) return { text: "", case: governmentOf(phrase, its) };
  const governed = governedBy(governors, preposition, its);
  if (governed && (governed.text !== "kod" || isPerson)) {
    context.trace?.rule("the governing word decides case and preposition", at);
    return governed;
  }
  const complements = [{ preposition: undefined, case: its }];
  const entries = context.lexicon
    .entriesOf(preposition, "prep")
    .filter(({ use }) =>
      use.some((selector) => selector.kind === "government" && selector.from === its),
    )
    // kod is said of persons: kod oca, but ka izlazu.
    .filter(({ sr }) => sr !== "kod" || isPerson || preposition !== "к");
  const entry = chooseFor(context, at, entries, { lemmas, complements, plural });
  if (entry === undefined) {
    const known = context.lexicon.entriesOf(preposition, "prep")[0];
    return { text: known?.sr ?? transcribe(form), case: its };
  }
  return { text: entry.sr, case: governmentOf(entry, its) };
}
