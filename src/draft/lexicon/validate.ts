import type { LexicalClass, LexiconEntry } from "./entry.ts";

/** Inflection classes by part of speech; all others do not inflect, or have a table of their own. */
const CLASSES: Partial<Record<LexicalClass, readonly string[]>> = {
  n: ["m", "ma", "ma-a", "f", "fi", "n", "pl-m", "pl-f", "pl-n", "inv"],
  v: ["pf", "ipf", "bi"],
  a: ["a", "poss", "ord", "inv"],
};

const SERBIAN = /^[a-pr-vzčćžšđ]+(?:[ ,.!?-]+[a-pr-vzčćžšđ]+)*[,.!?-]*$/i;
const RUSSIAN = /^[а-яё]+(?:[ -]+[а-яё]+)*-?$/;

/** What a line must not be. A rule says what is wrong with the entry, or nothing. */
const RULES: readonly ((entry: LexiconEntry) => string | undefined)[] = [
  ({ ru }) => (RUSSIAN.test(ru) ? undefined : `"${ru}" is not Russian in small letters`),
  ({ sr, pos }) =>
    sr === "" || SERBIAN.test(sr) || pos === "phr" ? undefined : `"${sr}" is not Serbian Latin`,
  ({ parts }) => {
    const foreign = Object.values(parts).find((form) => !SERBIAN.test(form));
    return foreign === undefined ? undefined : `the part "${foreign}" is not Serbian Latin`;
  },
  ({ pos, class: inflection, sr }) => {
    const known = CLASSES[pos];
    const isKnown = known === undefined || sr === "" || known.includes(inflection);
    return isKnown ? undefined : `"${inflection}" is no class of "${pos}"`;
  },
];

/** What is wrong with the entries, one line each; nothing if they can be used. */
export function faultsOf(entries: readonly LexiconEntry[]): string[] {
  const seen = new Set<string>();
  return entries.flatMap((entry) => {
    const line = JSON.stringify(entry);
    const faults = RULES.map((rule) => rule(entry)).filter((fault) => fault !== undefined);
    if (seen.has(line)) faults.push("the line stands twice");
    seen.add(line);
    return faults.map((fault) => `${entry.ru}|${entry.pos}: ${fault}`);
  });
}
