/** Largest integer that fits (RFC 9000 §16) and that a number holds exactly. */
export const MAX_INTEGER = Number.MAX_SAFE_INTEGER;

/** An integer and the place behind it. */
export interface ReadInteger {
  readonly value: number;
  readonly next: number;
}

/**
 * Integers of variable length as in RFC 9000 §16: the first two bits tell the length.
 *
 * @param value 0 to `MAX_INTEGER`.
 */
export function encodeInteger(value: number): Buffer {
  if (value < 2 ** 6) return Buffer.from([value]);
  if (value < 2 ** 14) return Buffer.from([0x40 | (value >> 8), value & 0xff]);
  if (value < 2 ** 30) {
    const bytes = Buffer.allocUnsafe(4);
    bytes.writeUInt32BE(0x8000_0000 + value);
    return bytes;
  }
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(0xc000_0000_0000_0000n | BigInt(value));
  return bytes;
}

/**
 * @returns undefined if the bytes end before the integer does. Integers above `MAX_INTEGER` come
 *   out rounded: no length, setting or id that fbtr accepts is that large.
 */
export function readInteger(bytes: Uint8Array, start: number): ReadInteger | undefined {
  const first = bytes[start];
  if (first === undefined) return undefined;
  const next = start + (1 << (first >> 6));
  if (next > bytes.length) return undefined;
  let value = first & 0x3f;
  for (let place = start + 1; place < next; place += 1) value = value * 256 + (bytes[place] ?? 0);
  return { value, next };
}
