/**
 * About how many letters the same prose takes, relative to English; without an alphabet a character
 * is a syllable or a word. Estimates: who uses them allows for a third more or less.
 */
const LENGTHS: Readonly<Record<string, number>> = {
  en: 1,
  ru: 1.06,
  uk: 1.03,
  be: 1.05,
  bg: 1.05,
  mk: 1.02,
  sr: 1,
  hr: 1,
  bs: 1,
  sl: 1,
  cs: 0.97,
  sk: 0.98,
  pl: 1.1,
  de: 1.15,
  nl: 1.1,
  sv: 1,
  fr: 1.12,
  it: 1.1,
  es: 1.1,
  pt: 1.07,
  ro: 1.08,
  hu: 1.08,
  fi: 1.08,
  tr: 1,
  el: 1.12,
  he: 0.75,
  ar: 0.8,
  ja: 0.48,
  ko: 0.45,
  zh: 0.32,
};

const lengthOf = (language: string) => LENGTHS[language.toLowerCase().split("-")[0] ?? ""] ?? 1;

/**
 * Letters of a translation for each letter of its source, as is usual between two languages.
 * Languages that are not known count like English.
 *
 * @param from tag of a language, such as `ru`; script and region do not matter.
 */
export function lengthRatioOf(from: string, to: string): number {
  return lengthOf(to) / lengthOf(from);
}
