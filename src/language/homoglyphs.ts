/** Latin letters and the Cyrillic ones that look the same in print; scans confuse them. */
const LOOKALIKES: readonly (readonly [latin: string, cyrillic: string])[] = [
  ["a", "а"],
  ["e", "е"],
  ["o", "о"],
  ["p", "р"],
  ["c", "с"],
  ["x", "х"],
  ["y", "у"],
  ["A", "А"],
  ["B", "В"],
  ["C", "С"],
  ["E", "Е"],
  ["H", "Н"],
  ["K", "К"],
  ["M", "М"],
  ["O", "О"],
  ["P", "Р"],
  ["T", "Т"],
  ["X", "Х"],
  ["Y", "У"],
];

const TO_CYRILLIC = new Map(LOOKALIKES);
const TO_LATIN = new Map(LOOKALIKES.map(([latin, cyrillic]) => [cyrillic, latin] as const));

const CYRILLIC = /\p{Script=Cyrillic}/u;
const LATIN = /\p{Script=Latin}/u;

/**
 * Puts a word that mixes scripts back into one script, if lookalikes are the whole difference.
 * Cyrillic is tried first: the books are Russian. Any other word comes back unchanged.
 */
export function repairHomoglyphs(word: string): string {
  if (!CYRILLIC.test(word) || !LATIN.test(word)) return word;
  const cyrillic = replaced(word, TO_CYRILLIC);
  if (!LATIN.test(cyrillic)) return cyrillic;
  const latin = replaced(word, TO_LATIN);
  return CYRILLIC.test(latin) ? word : latin;
}

function replaced(word: string, table: ReadonlyMap<string, string>): string {
  return Array.from(word, (letter) => table.get(letter) ?? letter).join("");
}
