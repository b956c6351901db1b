import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { appendFileSync, mkdirSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import type { Clock } from "../../base/clock.ts";
import { systemErrorCode } from "../../base/errors.ts";
import { readPrivateFile, writePrivateFile } from "./private-file.ts";

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

/**
 * What happened that matters to security, as lines of JSON that are chained by an HMAC: a line that
 * is changed, taken out or put elsewhere is found by `verifyAudit`. The key stands beside it in a
 * file of its own; who has both can write another history. Several processes may write: the daemon,
 * and commands such as `fbtr tokens`.
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
    this.#key = keyAt(this.#places.key) ?? newKey(this.#places.key);
  }

  /** Adds an entry; it is handed to the operating system when this returns. */
  add(actor: string, event: string, facts: AuditFacts = {}): void {
    alone(this.#places.lock, () => {
      const head = this.#lastEntry();
      const seq = head.seq + 1;
      const t = new Date(this.#clock.now()).toISOString();
      const body = { seq, t, actor, ev: event, ...facts, prev: head.mac };
      const mac = macOf(JSON.stringify(body), this.#key);
      appendFileSync(this.#places.log, `${JSON.stringify({ ...body, mac })}\n`, { mode: 0o600 });
      writePrivateFile(this.#places.head, JSON.stringify({ seq, mac }));
    });
  }

  /** What is followed by the next entry. A line that a crash has cut off never was. */
  #lastEntry(): Head {
    const { text, torn } = textOf(this.#places.log);
    if (torn > 0) truncateSync(this.#places.log, Buffer.byteLength(text));
    const last = text.trimEnd().split("\n").at(-1);
    return last ? (JSON.parse(last) as Entry) : NOTHING;
  }
}

const LOCK_TIMEOUT_MS = 5000;

/** Runs `work` while no other process does the same; a process that ends lets go of it. */
function alone(lockPath: string, work: () => void): void {
  using lock = new DatabaseSync(lockPath, { timeout: LOCK_TIMEOUT_MS });
  lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  work();
  lock.exec("ROLLBACK");
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
  const known = head === undefined ? NOTHING : (JSON.parse(head) as Head);
  if (faults.length === 0 && known.seq > before.seq) {
    faults.push(`the last ${known.seq - before.seq} lines are missing`);
  }
  return { entries: lines.length, faults };
}

function faultIn(line: string, before: Head, key: string): string | undefined {
  let entry: Entry;
  try {
    entry = JSON.parse(line) as Entry;
  } catch {
    return "it is no entry";
  }
  const { mac, ...body } = entry;
  const expected = macOf(JSON.stringify(body), key);
  if (mac.length !== expected.length || !timingSafeEqual(Buffer.from(mac), Buffer.from(expected))) {
    return "it was changed";
  }
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

/** The whole lines of the log, and how many bytes of another one follow. */
function textOf(path: string): { readonly text: string; readonly torn: number } {
  try {
    const all = readFileSync(path, "utf8");
    const end = all.lastIndexOf("\n") + 1;
    return { text: all.slice(0, end), torn: all.length - end };
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return { text: "", torn: 0 };
    throw error;
  }
}
