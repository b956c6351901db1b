import type { PhraseCase, Selector } from "../lexicon/entry.ts";

function phraseCaseText({ preposition, case: its }: PhraseCase): string {
  return [preposition, its].filter((part) => part !== undefined).join("+");
}

/** A selector in the notation of the lexicon's data files. */
export function selectorText(selector: Selector): string {
  switch (selector.kind) {
    case "government": {
      const to = phraseCaseText(selector.to);
      return to === selector.from ? `gov:${to}` : `gov:${selector.from}>${to}`;
    }
    case "preposition": {
      const from = phraseCaseText(selector.from);
      return selector.to ? `prep:${from}>${phraseCaseText(selector.to)}` : `prep:${from}`;
    }
    case "with":
      return `with:${selector.lemma}`;
    case "plural":
      return "pl";
    case "subject":
      return selector.animate ? "subj:anim" : "subj:inan";
    case "negated":
      return "neg";
    case "name":
      return "name";
    case "sense":
    default:
      return `sense:${selector.gloss}`;
  }
}
