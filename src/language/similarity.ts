const LETTERS = /[\p{L}\p{M}]+/gu;
const NGRAM = 3;

function ngramsOf(text: string): Set<string> {
  const letters = (text.toLowerCase().match(LETTERS) ?? []).join(" ");
  const found = new Set<string>();
  for (let at = 0; at + NGRAM <= letters.length; at += 1) found.add(letters.slice(at, at + NGRAM));
  return found;
}

/** How alike two texts are: Jaccard similarity of their letter triples, 0 to 1. */
export function similarity(one: string, other: string): number {
  const first = ngramsOf(one);
  const second = ngramsOf(other);
  const common = [...first].filter((gram) => second.has(gram)).length;
  const together = first.size + second.size - common;
  return together === 0 ? 0 : common / together;
}
