import type { LexiconEntry } from "../lexicon/entry.ts";
import type { NounGroup } from "../syntax/noun-groups.ts";
import type { ClauseContext } from "./transfer-context.ts";

/** Whether the dative of the Russian verb is the subject of the Serbian one: мне хочется, želim. */
export function turnsDative(entry: LexiconEntry | undefined): boolean {
  return (
    entry?.use.some(
      (use) => use.kind === "government" && use.from === "dat" && use.to.case === "nom",
    ) === true
  );
}

/** The bare dative of the clause, which such a verb makes its subject. */
export function experiencerGroup(
  { groups }: ClauseContext,
  entry: LexiconEntry | undefined,
): NounGroup | undefined {
  if (!turnsDative(entry)) return undefined;
  return groups.find(({ case: its, preposition }) => its === "dat" && preposition === undefined);
}
