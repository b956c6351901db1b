import { serbianWordToCyrillic } from "../cyrillic.ts";
import { toLatin } from "../latin.ts";
import { matchesOf } from "./words.ts";

/** A word in which љ, њ or џ may have been written as two letters. */
const DIVIDED = /[\p{Script=Cyrillic}\p{M}]*(?:[лн]ј|дж)[\p{Script=Cyrillic}\p{M}]*/giu;

/** Both letters are sounded after these prefixes (оджалити, поджупан), and in names such as Бенјамин. */
const TWO_SOUNDS = /над(?=ж)|под(?=ж)|пред(?=ж)|^(?:не)?од(?=ж)|^бенјамин/iu;

/**
 * The word with Љ, Њ and Џ in one letter each, as a reader of Serbian expects them. Words in which
 * the two letters are two sounds (надживети, инјекција, конјунктура, Танјуг) come back unchanged.
 */
function joined(word: string): string {
  return TWO_SOUNDS.test(word) ? word : serbianWordToCyrillic(toLatin(word));
}

/** Words of the text that are written with two letters for one, as they stand there. */
export function dividedDigraphs(text: string): string[] {
  return matchesOf(text, DIVIDED).filter((word) => joined(word) !== word);
}

/** The text with љ, њ and џ where they were written as лј, нј and дж. */
export function withJoinedDigraphs(text: string): string {
  return text.replaceAll(DIVIDED, joined);
}
