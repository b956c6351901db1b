import { formsOf, type Declension, type Parts } from "./declension.ts";
import { declinePlural, pluralKind } from "./plural-declension.ts";

/**
 * Neuter nouns by their genitive singular: `selo` - `sela`, `polje` - `polja`, `dete` - `deteta`,
 * `vreme` - `vremena`; `veče` - `večeri` takes the i-declension.
 */
export function declineNeuter(sr: string, parts: Parts): Declension {
  const genitive = parts["gs"] ?? `${sr.slice(0, -1)}a`;
  const stem = genitive.slice(0, -1);
  const inI = genitive.endsWith("i");
  const dative = inI ? genitive : `${stem}u`;
  // The stem that grows (deteta, imena) has -om, as have those in -o.
  const isPlainE = sr.endsWith("e") && stem === sr.slice(0, -1);
  const instrumental = inI ? genitive : `${stem}${isPlainE ? "em" : "om"}`;
  const nominative = parts["np"] ?? (inI ? genitive : `${stem}a`);
  const pluralGenitive = parts["gp"] ?? (inI ? genitive : undefined);
  const kind = pluralKind(nominative, pluralGenitive, false);
  return {
    sg: formsOf(sr, genitive, dative, sr, sr, instrumental),
    pl: declinePlural(kind, { nominative, genitive: pluralGenitive }),
  };
}
