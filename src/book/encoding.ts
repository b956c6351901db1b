import { MixedDecoder, countUtf8Runs, otherRuns } from "./mixed-encoding.ts";

/** How the bytes of a book become text. */
export interface Encoding {
  /** A label that `TextDecoder` knows. */
  readonly label: string;
  /** In a book of two encodings: that of the words that are not UTF-8. */
  readonly others?: string;
  /** What the XML declaration says, lower case. */
  readonly declared: string | undefined;
  /** Why this encoding was taken. */
  readonly reason:
    | "byte order mark"
    | "byte pattern"
    | "valid UTF-8"
    | "declared"
    | "letters"
    | "mixed";
}

/** Names in real files that `TextDecoder` rejects or understands otherwise than their authors. */
const ALIASES: Readonly<Record<string, string>> = {
  "win-1251": "windows-1251",
  win1251: "windows-1251",
  windows1251: "windows-1251",
  "cp-1251": "windows-1251",
  "win-1252": "windows-1252",
  koi8r: "koi8-r",
  koi8u: "koi8-u",
  cp866: "ibm866",
  "dos-866": "ibm866",
  "cp-866": "ibm866",
  "mac-cyrillic": "x-mac-cyrillic",
  maccyrillic: "x-mac-cyrillic",
  "iso-8859-1": "windows-1252",
};

/** Eight-bit encodings of Cyrillic that the letters of a text can tell apart. */
const CYRILLIC = ["windows-1251", "koi8-r", "iso-8859-5", "ibm866", "x-mac-cyrillic"];

/** Russian letters from the most to the least frequent. */
const BY_FREQUENCY = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё";

/** So many words of UTF-8 between others mean that the book has two encodings. */
const UTF8_RUNS_THAT_TELL = 3;
/** Fewer bytes say nothing of their encoding; then it is the commonest of Russian books. */
const LEAST_SAMPLE = 16;
const SAMPLE_LENGTH = 65_536;
/** The XML declaration stands within so many bytes, or characters. */
const DECLARATION_LENGTH = 512;

function declaredIn(head: Uint8Array): string | undefined {
  const text = Buffer.from(head.subarray(0, DECLARATION_LENGTH)).toString("latin1");
  const found = /<\?xml[^>]*?encoding\s*=\s*["']\s*([\w.:-]+)\s*["']/.exec(
    text.replaceAll("\0", ""),
  );
  return found?.[1]?.toLowerCase();
}

function labelOf(name: string): string | undefined {
  try {
    return new TextDecoder(ALIASES[name] ?? name).encoding;
  } catch {
    return undefined;
  }
}

function patternOf(head: Uint8Array): Pick<Encoding, "label" | "reason"> | undefined {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    return { label: "utf-8", reason: "byte order mark" };
  }
  if (first === 0xff && second === 0xfe) return { label: "utf-16le", reason: "byte order mark" };
  if (first === 0xfe && second === 0xff) return { label: "utf-16be", reason: "byte order mark" };
  if (first === 0x3c && second === 0) return { label: "utf-16le", reason: "byte pattern" };
  if (first === 0 && second === 0x3c) return { label: "utf-16be", reason: "byte pattern" };
  return undefined;
}

/** How much `text` looks like Russian: frequent small letters count, capitals inside words do not. */
function russianScore(text: string): number {
  let score = 0;
  let insideWord = false;
  for (const character of text) {
    const lower = character.toLowerCase();
    const rank = BY_FREQUENCY.indexOf(lower);
    const isSmall = character === lower;
    if (rank >= 0) score += isSmall || !insideWord ? BY_FREQUENCY.length - rank : -10;
    else if (character > "\u007f") score -= 10;
    insideWord = rank >= 0;
  }
  return score;
}

/** The Cyrillic encoding in which these bytes read most like Russian. */
export function guessCyrillicEncoding(sample: Uint8Array): string {
  const scored = CYRILLIC.map((label) => ({
    label,
    score: russianScore(new TextDecoder(label).decode(sample)),
  }));
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).label;
}

/** What the bytes outside of ASCII tell while a book passes. */
class LetterSample {
  readonly #parts: Uint8Array[] = [];
  readonly #others: Uint8Array[] = [];
  #length = 0;
  #othersLength = 0;
  #utf8Runs = 0;

  /** `isUtf8`: all of the book so far. */
  add(bytes: Uint8Array, isUtf8: boolean): void {
    if (this.#length < SAMPLE_LENGTH && bytes.some((byte) => byte >= 0x80)) {
      const part = bytes.slice(0, SAMPLE_LENGTH - this.#length);
      this.#parts.push(part);
      this.#length += part.length;
    }
    this.#utf8Runs += countUtf8Runs(bytes, UTF8_RUNS_THAT_TELL - this.#utf8Runs);
    if (isUtf8 || this.#othersLength >= SAMPLE_LENGTH) return;
    const others = otherRuns(bytes);
    this.#others.push(others);
    this.#othersLength += others.length;
  }

  get hasUtf8(): boolean {
    return this.#utf8Runs >= UTF8_RUNS_THAT_TELL;
  }

  /** The encoding of all bytes, if it is one. */
  guess(): string {
    return guessCyrillicEncoding(Buffer.concat(this.#parts));
  }

  /** The encoding of the words that are not UTF-8. */
  guessOthers(): string {
    const others = Buffer.concat(this.#others);
    return others.length < LEAST_SAMPLE ? "windows-1251" : guessCyrillicEncoding(others);
  }
}

/**
 * Finds the encoding of a book by reading all of it once, in the order of FB2.md: byte order mark,
 * pattern of `<` in UTF-16, strict UTF-8, declaration, frequency of letters. A declaration that the
 * bytes contradict is not believed: UTF-8 or UTF-16 over other bytes, ASCII over letters. A book
 * that should be UTF-8 or Cyrillic and has words of both is `mixed` (see `MixedDecoder`).
 */
export async function detectEncoding(bytes: AsyncIterable<Uint8Array>): Promise<Encoding> {
  const strict = new TextDecoder("utf-8", { fatal: true });
  const sample = new LetterSample();
  let head: Uint8Array = new Uint8Array();
  let isUtf8 = true;
  for await (const chunk of bytes) {
    if (head.length < DECLARATION_LENGTH) head = Buffer.concat([head, chunk]);
    if (head.length >= DECLARATION_LENGTH && isUtf16(patternOf(head))) break;
    isUtf8 &&= isValid(strict, chunk);
    sample.add(chunk, isUtf8);
  }
  const declared = declaredIn(head);
  const pattern = patternOf(head);
  isUtf8 &&= isUtf16(pattern) || isValid(strict);
  if (pattern && (isUtf8 || isUtf16(pattern))) return { ...pattern, declared };
  if (isUtf8) return { label: "utf-8", declared, reason: "valid UTF-8" };
  const label = declared === undefined ? undefined : believable(declared);
  if (sample.hasUtf8 && (label === undefined || CYRILLIC.includes(label))) {
    return { label: "utf-8", others: label ?? sample.guessOthers(), declared, reason: "mixed" };
  }
  if (label !== undefined) return { label, declared, reason: "declared" };
  return { label: sample.guess(), declared, reason: "letters" };
}

/** The declared encoding, if bytes that are not UTF-8 can be in it. */
function believable(declared: string): string | undefined {
  if (/^(?:us-)?ascii$/.test(declared)) return undefined;
  const label = labelOf(declared);
  return label?.startsWith("utf-") ? undefined : label;
}

function isUtf16(pattern: Pick<Encoding, "label"> | undefined): boolean {
  return pattern?.label.startsWith("utf-16") ?? false;
}

/** Whether the bytes go on as valid UTF-8; without bytes, whether they may end here. */
function isValid(decoder: TextDecoder, chunk?: Uint8Array): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch {
    return false;
  }
}

const DECLARATION = /^(\ufeff?\s*<\?xml[^>]*?encoding\s*=\s*["'])\s*[\w.:-]+\s*/;

function decoderOf({ label, others }: Encoding): TextDecoder | MixedDecoder {
  if (others !== undefined) return new MixedDecoder(others);
  return new TextDecoder(label, { ignoreBOM: label === "utf-8" });
}

/**
 * The text of a book. A byte order mark of UTF-8 stays, one of UTF-16 goes, and the XML declaration
 * names UTF-8 when `asUtf8` is set, because that is how the book will be written.
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  encoding: Encoding,
  asUtf8: boolean,
): AsyncGenerator<string> {
  const decoder = decoderOf(encoding);
  let head = "";
  const isToldRight = encoding.label === "utf-8" && /^utf-?8$/.test(encoding.declared ?? "utf-8");
  let isHead = asUtf8 && !isToldRight;
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true });
    if (!isHead) {
      yield text;
      continue;
    }
    head += text;
    if (head.length < DECLARATION_LENGTH) continue;
    isHead = false;
    yield head.replace(DECLARATION, "$1utf-8");
  }
  const rest = decoder.decode();
  yield isHead ? (head + rest).replace(DECLARATION, "$1utf-8") : rest;
}
