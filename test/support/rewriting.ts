import { decodeText, detectEncoding } from "../../src/book/encoding.ts";
import { openBook } from "../../src/book/source.ts";
import { Rewriter, type RewriterOptions } from "../../src/book/rewriter.ts";

/** Rewrites `text`, given to the rewriter in pieces of `chunkSize` characters. */
export function rewrite(
  text: string,
  onSegment: RewriterOptions["onSegment"],
  options: Pick<RewriterOptions, "metadata" | "bilingual"> & { readonly chunkSize?: number } = {},
): string {
  const { chunkSize = text.length || 1, ...others } = options;
  const rewriter = new Rewriter({ sourceLanguage: "ru", onSegment, ...others });
  let output = "";
  for (let at = 0; at < text.length; at += chunkSize) {
    output += rewriter.write(text.slice(at, at + chunkSize));
  }
  return output + rewriter.end();
}

/** The whole decoded text of the book at `path`. */
export async function textOfBook(path: string): Promise<string> {
  const book = await openBook(path);
  const encoding = await detectEncoding(book.bytes());
  let text = "";
  for await (const piece of decodeText(book.bytes(), encoding, false)) text += piece;
  return text;
}

/** A "translation" that changes every Cyrillic word and tries to break the markup. */
export function pseudoTranslation(text: string): string {
  return text.replaceAll(/<\/?\d+\/?>|[а-яё]+/giu, (match) =>
    match.startsWith("<") ? match : `${match.toUpperCase()}ђћ&<`,
  );
}
