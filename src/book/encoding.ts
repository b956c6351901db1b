/** How the bytes of a book become text. */
export interface Encoding {
  /** A label that `TextDecoder` knows. */
  readonly label: string;
  /** What the XML declaration says, lower case. */
  readonly declared: string | undefined;
  /** Why this encoding was taken. */
  readonly reason: "byte order mark" | "byte pattern" | "valid UTF-8" | "declared" | "letters";
}

/** Names in real files that `TextDecoder` rejects or understands otherwise than their authors. */
const ALIASES: Readonly<Record<string, string>> = {
  "win-1251": "windows-1251",
  win1251: "windows-1251",
  windows1251: "windows-1251",
  "cp-1251": "windows-1251",
  koi8r: "koi8-r",
  cp866: "ibm866",
  "dos-866": "ibm866",
  "iso-8859-1": "windows-1252",
};

/** Eight-bit encodings of Cyrillic that the letters of a text can tell apart. */
const CYRILLIC = ["windows-1251", "koi8-r", "iso-8859-5", "ibm866", "x-mac-cyrillic"];

/** Russian letters from the most to the least frequent. */
const BY_FREQUENCY = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё";

const SAMPLE_LENGTH = 65_536;
/** The XML declaration stands within so many bytes, or characters. */
const DECLARATION_LENGTH = 512;

function declaredIn(head: Uint8Array): string | undefined {
  const text = Buffer.from(head.subarray(0, DECLARATION_LENGTH)).toString("latin1");
  return /<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(text)?.[1]?.toLowerCase();
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

/** Keeps the bytes outside ASCII of the first part of a book, with the ASCII around words. */
class LetterSample {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  add(bytes: Uint8Array): void {
    if (this.#length >= SAMPLE_LENGTH || !bytes.some((byte) => byte >= 0x80)) return;
    const part = bytes.slice(0, SAMPLE_LENGTH - this.#length);
    this.#parts.push(part);
    this.#length += part.length;
  }

  get bytes(): Uint8Array {
    return Buffer.concat(this.#parts);
  }
}

/**
 * Finds the encoding of a book by reading all of it once, in the order of FB2.md: byte order mark,
 * pattern of `<` in UTF-16, strict UTF-8, declaration, frequency of letters. A declaration of UTF-8
 * or UTF-16 over other bytes is not believed.
 */
export async function detectEncoding(bytes: AsyncIterable<Uint8Array>): Promise<Encoding> {
  const strict = new TextDecoder("utf-8", { fatal: true });
  const sample = new LetterSample();
  let head: Uint8Array = new Uint8Array();
  let isUtf8 = true;
  for await (const chunk of bytes) {
    if (head.length < DECLARATION_LENGTH) head = Buffer.concat([head, chunk]);
    if (head.length >= DECLARATION_LENGTH && patternOf(head)) break;
    sample.add(chunk);
    isUtf8 &&= isValid(strict, chunk);
  }
  const declared = declaredIn(head);
  const pattern = patternOf(head);
  if (pattern) return { ...pattern, declared };
  if (isUtf8 && isValid(strict)) return { label: "utf-8", declared, reason: "valid UTF-8" };
  const label = declared === undefined ? undefined : labelOf(declared);
  if (label !== undefined && !label.startsWith("utf-")) {
    return { label, declared, reason: "declared" };
  }
  return { label: guessCyrillicEncoding(sample.bytes), declared, reason: "letters" };
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

const DECLARATION = /^(\ufeff?\s*<\?xml[^>]*?encoding\s*=\s*["'])[\w.:-]+/;

/**
 * The text of a book. A byte order mark of UTF-8 stays, one of UTF-16 goes, and the XML declaration
 * names UTF-8 when `asUtf8` is set, because that is how the book will be written.
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  encoding: Encoding,
  asUtf8: boolean,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding.label, { ignoreBOM: encoding.label === "utf-8" });
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
