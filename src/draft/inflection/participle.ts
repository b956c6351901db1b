import type { LexiconEntry } from "../lexicon/entry.ts";
import { verbForm } from "./verb.ts";

function adjectiveEntry(verb: LexiconEntry, sr: string, stem: string): LexiconEntry {
  return { ...verb, pos: "a", sr, reflexive: false, class: "a", parts: { st: stem }, use: [] };
}

/**
 * The passive participle as an adjective: `pisan, pisana, pisanog`. Reflexive verbs have one only if
 * the lexicon gives it (`zaljubiti se` - `zaljubljen`).
 *
 * @returns nothing if the verb has no such participle.
 */
export function passiveParticipleEntry(entry: LexiconEntry): LexiconEntry | undefined {
  const given = entry.parts["pp"];
  if (entry.reflexive && given === undefined) return undefined;
  const form = verbForm(entry, { form: "passive-participle" });
  if (form === undefined) return undefined;
  // Of an expression only the participle declines: dirnut neprijatno, dirnuta neprijatno.
  const words = form.split(" ");
  const stem = given ?? (words.length === 1 ? form : words.find((word) => /[nt]$/u.test(word)));
  return adjectiveEntry(entry, form, stem ?? form);
}

/**
 * The present gerund as an adjective: `sedeći, sedeća, sedećeg`.
 *
 * @returns nothing for perfective verbs.
 */
export function activeParticipleEntry(entry: LexiconEntry): LexiconEntry | undefined {
  const form = verbForm(entry, { form: "present-gerund" });
  if (form === undefined) return undefined;
  const stem = form.split(" ").find((word) => word.endsWith("ći")) ?? form;
  return adjectiveEntry(entry, form, stem.slice(0, -1));
}
