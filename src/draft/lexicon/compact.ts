/** How the lexicon is stored in the package: its lines without comments, those of a lemma together. */

/** ё is written or not as the printer likes: both are one letter when words are looked up. */
export function foldYo(word: string): string {
  return word.replaceAll("ё", "е");
}

/** `lemma|pos` of a line, the lemma folded: what entries are found by. */
export function keyOf(line: string): string {
  const end = line.indexOf("|", line.indexOf("|") + 1);
  return foldYo(line.slice(0, end));
}

/**
 * The compact form of data files: lines with the same key stand together, in the order of the files,
 * so that the default sense stays first.
 */
export function compactFormOf(files: readonly string[]): string {
  const lines = files
    .flatMap((text) => text.split("\n"))
    .filter((line) => line !== "" && !line.startsWith("#"));
  const byKey = Map.groupBy(lines, keyOf);
  return [...byKey.values()].flat().join("\n");
}
