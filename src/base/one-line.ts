/**
 * Text of a book or a path as one line that is safe on a terminal: control characters, which could
 * move the cursor or colour what follows, and line breaks become spaces.
 */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
}
