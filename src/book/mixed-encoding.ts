/**
 * Books that were pasted together from files in two encodings: some words are UTF-8, others are in
 * an eight-bit encoding. What is decided on is a run of bytes outside of ASCII, about a word: it is
 * UTF-8 if most of it makes letters or punctuation of European writing, since an eight-bit
 * word hardly ever does. No byte is lost: what is not UTF-8 is read by the eight-bit table.
 */

/** A longer run is cut, so that little waits for its end (bytes). */
const MAX_RUN_BYTES = 4096;
/** One wrong byte among so many characters does not make a run eight-bit. */
const CHARACTERS_FOR_A_STRAY = 2;
/** So many characters of UTF-8 in a row are no coincidence in any writing. */
const CHARACTERS_THAT_TELL = 3;

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

/** The second byte of a UTF-8 character after these leads has narrower bounds (RFC 3629, 4). */
const SECOND_BYTES: ReadonlyMap<number, readonly [least: number, most: number]> = new Map([
  [0xe0, [0xa0, 0xbf]],
  [0xed, [0x80, 0x9f]],
  [0xf0, [0x90, 0xbf]],
  [0xf4, [0x80, 0x8f]],
]);

function bytesByLead(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/** Bytes of the UTF-8 character at `at`, or 0 if there is none. */
function characterBytes(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const size = bytesByLead(lead);
  const [least, most] = SECOND_BYTES.get(lead) ?? [0x80, 0xbf];
  const second = bytes[at + 1] ?? 0;
  if (size === 0 || second < least || second > most) return 0;
  for (let next = at + 2; next < at + size; next += 1) {
    if (!isContinuation(bytes[next])) return 0;
  }
  return size;
}

/**
 * Whether the UTF-8 character at `at` is one of European writing: Latin-1 and Latin Extended-A,
 * combining marks, Cyrillic with ґ, punctuation to signs. Common eight-bit words of two letters
 * look like others (Ні in windows-1251 is a Greek numeral sign).
 */
function isEuropean(bytes: Uint8Array, at: number): boolean {
  const lead = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  if (lead === 0xd1) return second < 0xa0;
  if (lead === 0xd2) return second === 0x90 || second === 0x91;
  if (lead === 0xe2) return second < 0xa0;
  // The byte order mark, and the sign that stands for a lost character.
  if (lead === 0xef) return second === 0xbb || second === 0xbf;
  return (lead >= 0xc2 && lead <= 0xc5) || lead === 0xcc || lead === 0xd0;
}

interface Run {
  readonly start: number;
  readonly end: number;
}

/** Runs of bytes outside of ASCII from `from` on; the last one may go on in the next bytes. */
function* runsOf(bytes: Uint8Array, from = 0): Generator<Run> {
  for (let at = from; at < bytes.length;) {
    if ((bytes[at] ?? 0) < 0x80) {
      at += 1;
      continue;
    }
    const start = at;
    const limit = Math.min(bytes.length, start + MAX_RUN_BYTES);
    while (at < limit && (bytes[at] ?? 0) >= 0x80) at += 1;
    yield { start, end: at };
  }
}

/** How a run reads as UTF-8: its characters, and the bytes that are part of none. */
function utf8Of(bytes: Uint8Array, { start, end }: Run) {
  const run = bytes.subarray(start, end);
  let characters = 0;
  let strays = 0;
  let allEuropean = true;
  for (let at = 0; at < run.length;) {
    const size = characterBytes(run, at);
    if (size === 0) strays += 1;
    else {
      characters += 1;
      allEuropean &&= isEuropean(run, at);
    }
    at += Math.max(1, size);
  }
  return { characters, strays, allEuropean };
}

function isUtf8Run(bytes: Uint8Array, run: Run): boolean {
  const { characters, strays, allEuropean } = utf8Of(bytes, run);
  if (characters === 0 || characters < strays * CHARACTERS_FOR_A_STRAY) return false;
  return allEuropean || characters >= CHARACTERS_THAT_TELL;
}

/** How many runs of `bytes` could only be UTF-8; counted up to `enough`. */
export function countUtf8Runs(bytes: Uint8Array, enough: number): number {
  let count = 0;
  for (const run of runsOf(bytes)) {
    if (count >= enough) break;
    const { characters, strays } = utf8Of(bytes, run);
    if (strays === 0 && characters >= CHARACTERS_THAT_TELL) count += 1;
  }
  return count;
}

/** The runs of `bytes` that are not UTF-8. The spaces keep words apart, whose capitals are counted. */
export function otherRuns(bytes: Uint8Array): Uint8Array {
  const others: Uint8Array[] = [];
  for (const run of runsOf(bytes)) {
    if (!isUtf8Run(bytes, run)) others.push(bytes.subarray(run.start, run.end), Buffer.from(" "));
  }
  return Buffer.concat(others);
}

/** Decodes such a book a piece at a time; the text does not depend on how the bytes were cut. */
export class MixedDecoder {
  readonly #utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
  readonly #eightBit: TextDecoder;
  #pending: Uint8Array = new Uint8Array();

  /** `label`: the eight-bit encoding. */
  constructor(label: string) {
    this.#eightBit = new TextDecoder(label);
  }

  /** The text of the bytes so far; a run at their end waits for what follows. */
  decode(chunk: Uint8Array = new Uint8Array(), { stream = false } = {}): string {
    const bytes = Buffer.concat([this.#pending, chunk]);
    const end = stream ? endOfWholeRuns(bytes) : bytes.length;
    this.#pending = bytes.subarray(end);
    return this.#textOf(bytes.subarray(0, end));
  }

  #textOf(bytes: Uint8Array): string {
    let text = "";
    let last = 0;
    for (const run of runsOf(bytes)) {
      text += this.#utf8.decode(bytes.subarray(last, run.start));
      text += isUtf8Run(bytes, run) ? this.#repaired(bytes, run) : this.#eight(bytes, run);
      last = run.end;
    }
    return text + this.#utf8.decode(bytes.subarray(last));
  }

  #eight(bytes: Uint8Array, { start, end }: Run): string {
    return this.#eightBit.decode(bytes.subarray(start, end));
  }

  /** A run of UTF-8 in which a byte here and there is part of no character. */
  #repaired(bytes: Uint8Array, { start, end }: Run): string {
    const run = bytes.subarray(start, end);
    let text = "";
    for (let at = 0; at < run.length;) {
      const size = characterBytes(run, at);
      const character = run.subarray(at, at + Math.max(1, size));
      text += size === 0 ? this.#eightBit.decode(character) : this.#utf8.decode(character);
      at += character.length;
    }
    return text;
  }
}

/** Where the last run begins if the bytes end inside of it; a run that is long enough has ended. */
function endOfWholeRuns(bytes: Uint8Array): number {
  let end = bytes.length;
  for (const run of runsOf(bytes, startOfTail(bytes))) {
    const hasEnded = run.end < bytes.length || run.end - run.start === MAX_RUN_BYTES;
    if (!hasEnded) end = run.start;
  }
  return end;
}

/** Where the bytes outside of ASCII at the end begin. */
function startOfTail(bytes: Uint8Array): number {
  let at = bytes.length;
  while (at > 0 && (bytes[at - 1] ?? 0) >= 0x80) at -= 1;
  return at;
}
