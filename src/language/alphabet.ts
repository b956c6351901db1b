/** Letters of Serbian Cyrillic and what stands for each in Serbian Latin (Pravopis, 2010). */
export const SERBIAN_LETTERS: readonly (readonly [cyrillic: string, latin: string])[] = [
  ["а", "a"],
  ["б", "b"],
  ["в", "v"],
  ["г", "g"],
  ["д", "d"],
  ["ђ", "đ"],
  ["е", "e"],
  ["ж", "ž"],
  ["з", "z"],
  ["и", "i"],
  ["ј", "j"],
  ["к", "k"],
  ["л", "l"],
  ["љ", "lj"],
  ["м", "m"],
  ["н", "n"],
  ["њ", "nj"],
  ["о", "o"],
  ["п", "p"],
  ["р", "r"],
  ["с", "s"],
  ["т", "t"],
  ["ћ", "ć"],
  ["у", "u"],
  ["ф", "f"],
  ["х", "h"],
  ["ц", "c"],
  ["ч", "č"],
  ["џ", "dž"],
  ["ш", "š"],
];

const RUSSIAN_ONLY = /[ыэъёщьюяй]/giu;

/** Letters that Russian has and Serbian Cyrillic never has, as they occur in `text`. */
export function russianOnlyLetters(text: string): string[] {
  return text.match(RUSSIAN_ONLY) ?? [];
}

const WORD = /[\p{L}\p{M}]+/gu;
const CYRILLIC_LETTER = /\p{Script=Cyrillic}/u;
const LATIN_LETTER = /\p{Script=Latin}/u;

/** Words that mix Cyrillic and Latin letters, such as "Мaрсильяка" with a Latin a. */
export function mixedScriptWords(text: string): string[] {
  if (!LATIN_LETTER.test(text)) return [];
  const words = text.match(WORD) ?? [];
  return words.filter((word) => CYRILLIC_LETTER.test(word) && LATIN_LETTER.test(word));
}
