import { Http3Error } from "./http3-error.ts";

/**
 * Length in bits of the code of each byte (RFC 7541, appendix B). The code is canonical: codes of a
 * length follow each other in the order of the bytes, so that the lengths tell all of it.
 */
// prettier-ignore
const CODE_LENGTHS = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28,
  28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
  5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
  13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
  7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
  15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5,
  6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
  20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
  24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
  22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23,
  21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
  26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
  19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
  20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
  26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
];
/** The end-of-string code is 30 ones; as padding, fewer than 8 of them end a text. */
const MAX_PADDING_BITS = 7;

/** A leaf is the byte, a branch has the tree behind 0 and behind 1. */
type Tree = number | [zero: Tree | undefined, one: Tree | undefined];

const TREE = buildTree();

/**
 * Decodes a string literal (RFC 7541 §5.2) into Latin-1.
 *
 * @throws Http3Error QPACK_DECOMPRESSION_FAILED if the padding is wrong or the end-of-string code
 *   is in the text.
 */
export function decodeHuffman(bytes: Uint8Array): string {
  const decoded: number[] = [];
  let place: Tree | undefined = TREE;
  let bitsOfPlace = 0;
  let isPadding = true;
  for (const byte of bytes) {
    for (let shift = 7; shift >= 0; shift -= 1) {
      const bit = (byte >> shift) & 1;
      place = Array.isArray(place) ? place[bit] : undefined;
      bitsOfPlace += 1;
      isPadding &&= bit === 1;
      if (place === undefined) throw wrongText("the end-of-string code in it");
      if (typeof place !== "number") continue;
      decoded.push(place);
      place = TREE;
      bitsOfPlace = 0;
      isPadding = true;
    }
  }
  if (!isPadding || bitsOfPlace > MAX_PADDING_BITS) throw wrongText("a wrong end");
  return Buffer.from(decoded).toString("latin1");
}

function buildTree(): Tree {
  const root: Tree = [undefined, undefined];
  const shortFirst = CODE_LENGTHS.map((bits, byte) => ({ bits, byte }));
  shortFirst.sort((one, other) => one.bits - other.bits || one.byte - other.byte);
  let code = 0;
  let previousBits = 0;
  for (const { bits, byte } of shortFirst) {
    code *= 2 ** (bits - previousBits);
    previousBits = bits;
    plant(root, code, bits, byte);
    code += 1;
  }
  return root;
}

function plant(root: Tree, code: number, bits: number, byte: number): void {
  let branch = root;
  for (let shift = bits - 1; shift >= 0; shift -= 1) {
    if (!Array.isArray(branch)) throw new Error("A Huffman code begins with another one.");
    const bit = (code >> shift) & 1;
    branch[bit] ??= shift === 0 ? byte : [undefined, undefined];
    branch = branch[bit];
  }
}

function wrongText(fault: string): Http3Error {
  return new Http3Error("QPACK_DECOMPRESSION_FAILED", `A Huffman-coded text has ${fault}.`);
}
