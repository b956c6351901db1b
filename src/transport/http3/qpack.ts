import { decodeHuffman } from "./huffman.ts";
import { Http3Error } from "./http3-error.ts";
import { STATIC_TABLE } from "./qpack-static-table.ts";

/** A line of a header: name in lower case, value in Latin-1. */
export type Field = readonly [name: string, value: string];

const INDEX_OF_FIELD = new Map(STATIC_TABLE.map((field, index) => [field.join("\n"), index]));
/** The first entry of a name; the map keeps the last one that it is given. */
const INDEX_OF_NAME = new Map(
  STATIC_TABLE.map(([name], index) => [name, index] as const).reverse(),
);
/** Two zeros: no dynamic table is referred to (RFC 9204 §4.5.1). */
const PREFIX = [0, 0];
/** Longer integers than this many bytes are an attack; lengths of 2^35 do not fit anyway. */
const MAX_INTEGER_BYTES = 6;

/**
 * A field section (RFC 9204 §4.5) made of the static table and plain literals: nothing of it
 * depends on what was sent before.
 */
export function encodeFields(fields: readonly Field[]): Buffer {
  const bytes = [...PREFIX];
  for (const [name, value] of fields) {
    const index = INDEX_OF_FIELD.get(`${name}\n${value}`);
    if (index !== undefined) {
      // Indexed field line, static (§4.5.2).
      pushInteger(bytes, 0b1100_0000, 6, index);
      continue;
    }
    const nameIndex = INDEX_OF_NAME.get(name);
    if (nameIndex === undefined) {
      // Literal field line with literal name (§4.5.6).
      pushText(bytes, 0b0010_0000, 3, name);
    } else {
      // Literal field line with name reference, static (§4.5.4).
      pushInteger(bytes, 0b0101_0000, 4, nameIndex);
    }
    pushText(bytes, 0, 7, value);
  }
  return Buffer.from(bytes);
}

/**
 * Reads a field section of an encoder that was told that the dynamic table holds nothing.
 *
 * @throws Http3Error QPACK_DECOMPRESSION_FAILED if it is broken or refers to the dynamic table
 *   (RFC 9204 §2.2.3, §3.2.4).
 */
export function decodeFields(section: Uint8Array): readonly Field[] {
  const reader = new SectionReader(section);
  const insertCount = reader.integer(8);
  reader.integer(7);
  if (insertCount !== 0) throw broken("refers to a dynamic table that was not granted");
  const fields: Field[] = [];
  while (!reader.isAtEnd) fields.push(readField(reader));
  return fields;
}

function readField(reader: SectionReader): Field {
  const kind = reader.peek();
  if ((kind & 0b1100_0000) === 0b1100_0000) return staticEntry(reader.integer(6));
  if ((kind & 0b1101_0000) === 0b0101_0000) {
    const [name] = staticEntry(reader.integer(4));
    return [name, reader.text(7)];
  }
  if ((kind & 0b1110_0000) === 0b0010_0000) return [reader.text(3), reader.text(7)];
  throw broken("refers to a dynamic table that was not granted");
}

function staticEntry(index: number): Field {
  const entry = STATIC_TABLE[index];
  if (!entry) throw broken(`names the entry ${index} of the static table, which has fewer`);
  return entry;
}

/** Integers with a prefix (RFC 7541 §5.1) and texts (§5.2) of a field section. */
class SectionReader {
  readonly #bytes: Uint8Array;
  #place = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#place === this.#bytes.length;
  }

  peek(): number {
    const byte = this.#bytes[this.#place];
    if (byte === undefined) throw broken("ends too early");
    return byte;
  }

  /** @param prefixBits bits of the first byte that belong to the integer. */
  integer(prefixBits: number): number {
    const full = 2 ** prefixBits - 1;
    let value = this.#byte() & full;
    if (value < full) return value;
    for (let count = 0; count < MAX_INTEGER_BYTES; count += 1) {
      const byte = this.#byte();
      value += (byte & 0x7f) * 2 ** (7 * count);
      if (byte < 0x80) return value;
    }
    throw broken("has an integer that is too long");
  }

  /** A text whose length has `prefixBits`; the bit before them says that it is Huffman-coded. */
  text(prefixBits: number): string {
    const isHuffman = (this.peek() & (1 << prefixBits)) !== 0;
    const end = this.integer(prefixBits) + this.#place;
    if (end > this.#bytes.length) throw broken("has a text that is longer than itself");
    const bytes = this.#bytes.subarray(this.#place, end);
    this.#place = end;
    return isHuffman ? decodeHuffman(bytes) : Buffer.from(bytes).toString("latin1");
  }

  #byte(): number {
    const byte = this.peek();
    this.#place += 1;
    return byte;
  }
}

function pushInteger(bytes: number[], flags: number, prefixBits: number, value: number): void {
  const full = 2 ** prefixBits - 1;
  if (value < full) {
    bytes.push(flags | value);
    return;
  }
  bytes.push(flags | full);
  let rest = value - full;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
}

function pushText(bytes: number[], flags: number, prefixBits: number, text: string): void {
  const latin1 = Buffer.from(text, "latin1");
  pushInteger(bytes, flags, prefixBits, latin1.length);
  for (const byte of latin1) bytes.push(byte);
}

function broken(fault: string): Http3Error {
  return new Http3Error("QPACK_DECOMPRESSION_FAILED", `A header ${fault}.`);
}
