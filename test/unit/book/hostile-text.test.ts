import { describe, expect, it } from "vitest";

import { Rewriter } from "../../../src/book/rewriter.ts";

const CHUNK_LENGTH = 65_536;

/** Rewrites `piece` repeated to `characters`, and tells the longest wait for output in characters. */
function rewriteRepeated(piece: string, characters: number, before: string) {
  const rewriter = new Rewriter({
    sourceLanguage: "ru",
    onSegment: ({ text }) => text && undefined,
  });
  let pending = 0;
  let longestPending = 0;
  const give = (text: string) => {
    pending += text.length - rewriter.write(text).length;
    longestPending = Math.max(longestPending, pending);
  };
  const part = piece.repeat(Math.ceil(CHUNK_LENGTH / piece.length));
  give(before);
  for (let given = 0; given < characters; given += part.length) give(part);
  const equal = pending === rewriter.end().length;
  return { longestPending, equal };
}

/** Each of these took time or memory that grew with the square of its size in some reader. */
const HOSTILE: [what: string, piece: string, before: string][] = [
  ["a paragraph of words that nobody closes", "слово ", "<body><section><p>"],
  ["inline tags that nobody closes", "<emphasis>", "<body><section><p>"],
  ["closing tags that nobody opened", "</b></i>", "<body><section><p><strong>"],
  ["sections inside sections", "<section><p>a</p>", "<body>"],
  ["closing tags of unknown names among sections", "<section></nothing>", "<body>"],
  ["spaces between paragraphs", "          ", "<body><section>"],
  ["tags that are never finished", '<a "', "<body>"],
  ["entities that do not end", "&amp", "<body><p>"],
  ["processing instructions that begin no name", "<?<?", "<body><p>"],
];

describe("four million characters of", () => {
  it.each(HOSTILE)("%s cost time and memory in proportion", (_what, piece, before) => {
    const start = performance.now();
    const { longestPending, equal } = rewriteRepeated(piece, 4_000_000, before);
    expect(equal).toBe(true);
    expect(longestPending).toBeLessThan(4 * CHUNK_LENGTH);
    expect(performance.now() - start).toBeLessThan(8000);
  });

  it("inline tags in pairs inside each other cost time in proportion", () => {
    const start = performance.now();
    const depth = 2_000_000 / 7;
    const text = `<body><p>${"<b>".repeat(depth)}слово${"</b>".repeat(depth)}</p></body>`;
    const rewriter = new Rewriter({ sourceLanguage: "ru", onSegment: (segment) => segment.text });
    expect(rewriter.write(text) + rewriter.end()).toBe(text);
    expect(performance.now() - start).toBeLessThan(8000);
  });
});
