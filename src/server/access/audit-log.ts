import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  truncateSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import type { Clock } from "../../base/clock.ts";
import { systemErrorCode } from "../../base/errors.ts";
import { readPrivateFile, writePrivateFile } from "../../base/private-file.ts";

/** What an entry says beside when, and who. Never a secret. */
export type AuditFacts = Readonly<Record<string, string | number | boolean>>;

/** A line of the log: `mac` is over the line without it, and `prev` is the `mac` of the line before. */
interface Entry extends AuditFacts {
  readonly seq: number;
  readonly t: string;
  readonly actor: string;
  readonly ev: string;
  readonly prev: string;
  readonly mac: string;
}

/** How many entries there are, and the last one's `mac`: so that a log cut short is noticed. */
interface Head {
  readonly seq: number;
  readonly mac: string;
}

export interface AuditVerdict {
  readonly entries: number;
  /** What is wrong, one line each; empty if nothing is. */
  readonly faults: readonly string[];
}

const NOTHING: Head = { seq: 0, mac: "" };
/** How long a writer waits for another one. */
const TURN_MS = 5000;
/** More than two entries take: what a caller can have in them came in the head of a request. */
const MAX_LINES_BYTES = 64 * 1024;

/**
 * What happened that matters to security, as lines of JSON that are chained by an HMAC: a line that
 * is changed, taken out or put elsewhere is found by `verifyAudit`. The key stands beside it in a
 * file of its own; who has both can write another history.
 */
export class AuditLog {
  readonly #places: Places;
  readonly #clock: Clock;
  readonly #key: string;

  /** @throws FbtrError CONFIG_INVALID if others may read the key. */
  constructor(stateFolder: string, clock: Clock) {
    mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
    this.#places = placesIn(stateFolder);
    this.#clock = clock;
    using _turn = takeTurn(this.#places.lock);
    this.#key = keyAt(this.#places.key) ?? newKey(this.#places.key);
  }

  /** Adds an entry; it is handed to the operating system when this returns. */
  add(actor: string, event: string, facts: AuditFacts = {}): void {
    const { log, head, lock } = this.#places;
    using _turn = takeTurn(lock);
    const before = endOf(log, head);
    const seq = before.seq + 1;
    const t = new Date(this.#clock.now()).toISOString();
    const body = { seq, t, actor, ev: event, ...facts, prev: before.mac };
    const mac = macOf(JSON.stringify(body), this.#key);
    appendFileSync(log, `${JSON.stringify({ ...body, mac })}\n`, { mode: 0o600 });
    writePrivateFile(head, JSON.stringify({ seq, mac }));
  }
}

/** The daemon and the command line write the same log: one after the other. */
function takeTurn(lock: string): Disposable {
  const file = new DatabaseSync(lock, { timeout: TURN_MS });
  file.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
  return { [Symbol.dispose]: () => file.close() };
}

/**
 * What the next entry follows. If the log was cut short it is the entry that is known to have been
 * the last one, so that the gap stays for `verifyAudit` to find.
 */
function endOf(log: string, headPath: string): Head {
  const { text, torn } = tailOf(log);
  // A line that was cut off by a crash was never followed by another.
  if (torn > 0) truncateSync(log, statSync(log).size - torn);
  const written = headOf(text.trimEnd().split("\n").at(-1) ?? "") ?? NOTHING;
  const known = headOf(readPrivateFile(headPath) ?? "") ?? NOTHING;
  return written.seq >= known.seq ? written : known;
}

function headOf(text: string): Head | undefined {
  try {
    const found = JSON.parse(text) as Partial<Head> | null;
    const { seq, mac } = found ?? {};
    return typeof seq === "number" && typeof mac === "string" ? { seq, mac } : undefined;
  } catch {
    return undefined;
  }
}

/** Reads the log of a state folder from its beginning. @throws FbtrError CONFIG_INVALID. */
export function verifyAudit(stateFolder: string): AuditVerdict {
  const places = placesIn(stateFolder);
  const key = keyAt(places.key);
  const { text, torn } = textOf(places.log);
  const lines = text.split("\n").filter((line) => line !== "");
  const faults: string[] = [];
  let before = NOTHING;
  for (const [place, line] of lines.entries()) {
    const fault = faultIn(line, before, key ?? "");
    if (fault !== undefined) {
      faults.push(`line ${place + 1}: ${fault}`);
      break;
    }
    before = JSON.parse(line) as Entry;
  }
  if (torn > 0) faults.push("the last line was cut off while it was written");
  const head = readPrivateFile(places.head);
  const known = headOf(head ?? "") ?? NOTHING;
  if (faults.length === 0 && known.seq > before.seq) {
    faults.push(`the last ${known.seq - before.seq} lines are missing`);
  }
  return { entries: lines.length, faults };
}

function faultIn(line: string, before: Head, key: string): string | undefined {
  if (headOf(line) === undefined) return "it is no entry";
  const entry = JSON.parse(line) as Entry;
  const { mac, ...body } = entry;
  const [told, expected] = [Buffer.from(mac), Buffer.from(macOf(JSON.stringify(body), key))];
  if (told.length !== expected.length || !timingSafeEqual(told, expected)) return "it was changed";
  if (entry.seq !== before.seq + 1 || entry.prev !== before.mac) {
    return `it does not follow line ${before.seq}`;
  }
  return undefined;
}

interface Places {
  readonly log: string;
  readonly key: string;
  readonly head: string;
  readonly lock: string;
}

function placesIn(folder: string): Places {
  return {
    log: join(folder, "audit.jsonl"),
    key: join(folder, "audit.key"),
    head: join(folder, "audit.head"),
    lock: join(folder, "audit.lock"),
  };
}

const keyAt = (path: string) => readPrivateFile(path)?.trim();

function newKey(path: string): string {
  const key = randomBytes(32).toString("hex");
  writePrivateFile(path, `${key}\n`);
  return key;
}

const macOf = (text: string, key: string) => createHmac("sha256", key).update(text).digest("hex");

interface Lines {
  readonly text: string;
  /** Bytes of a line that was not finished. */
  readonly torn: number;
}

function textOf(path: string): Lines {
  try {
    return wholeLines(readFileSync(path));
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return { text: "", torn: 0 };
    throw error;
  }
}

/** The end of the log, with its last line whole. */
function tailOf(path: string): Lines {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return { text: "", torn: 0 };
  const tail = Buffer.alloc(Math.min(size, MAX_LINES_BYTES));
  const descriptor = openSync(path, "r");
  try {
    readSync(descriptor, tail, 0, tail.length, size - tail.length);
  } finally {
    closeSync(descriptor);
  }
  return wholeLines(tail);
}

function wholeLines(bytes: Buffer): Lines {
  const end = bytes.lastIndexOf("\n") + 1;
  return { text: bytes.toString("utf8", 0, end), torn: bytes.length - end };
}
