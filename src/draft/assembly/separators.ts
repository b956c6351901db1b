import type { Reading } from "../morphology/reading.ts";

/** 28-го апреля -> 28. aprila: Serbian writes a point for the ending of an ordinal. */
const ORDINAL = /(\d)[-–]?\p{Script=Cyrillic}{1,3}(?![\p{L}\p{M}])/gu;

/** Months behind the day, and the year behind its number. */
const DATED =
  /^(?:январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь)$/u;

/** 20 мая 1859 года -> 20. maja 1859. godine: dates are ordinals, and have a point. */
export function withDatePoint(separator: string, next: Reading | undefined): string {
  if (next?.pos !== "noun" || next.count !== "sg") return separator;
  const isDay = DATED.test(next.lemma) && next.case === "gen";
  const isYear = next.lemma === "год" && /(?:^|\D)\d{4}\s+$/u.test(separator);
  return isDay || isYear ? separator.replace(/(?<=\d)(?=\s+$)/u, ".") : separator;
}

export function withSerbianOrdinals(separator: string): string {
  return separator.replaceAll(ORDINAL, "$1.");
}

/** What a separator says, white space aside. */
const marksOf = (separator: string) => separator.trim();

/**
 * One separator for two that met because the word between them has vanished: punctuation wins over
 * space, and there is never more than one space.
 */
export function mergedSeparator(first: string, second: string): string {
  if (first === "") return second.trimStart() === "" ? "" : second.trimStart();
  if (marksOf(second) === "") return first;
  if (marksOf(first) === "") return /^[\s—–-]/u.test(second) || second === "" ? second : second;
  if (marksOf(first) === marksOf(second)) return first;
  return `${first.trimEnd()}${/^\s/u.test(second) ? second : second}`;
}
