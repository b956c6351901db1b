import { randomBytes, timingSafeEqual } from "node:crypto";
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";

import type { Clock } from "../../base/clock.ts";
import { sha256 } from "../../base/digest.ts";
import { FbtrError } from "../../base/errors.ts";
import type { Scope } from "./principal.ts";
import { readPrivateFile, writePrivateFile } from "../../base/private-file.ts";

/** A token as it is kept: whoever reads the file cannot use it. */
export interface StoredToken {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  /** Of the whole token. It has 256 random bits, so that nothing slower is needed. */
  readonly sha256: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** ISO 8601, UTC; undefined: it does not expire. */
  readonly expiresAt?: string | undefined;
}

const PREFIX = "fbtr_";

/** The tokens of a state folder. What another process changes is seen at the next question. */
export class TokenStore {
  readonly #folder: string;
  readonly #clock: Clock;
  #readAt = "";
  #tokens: readonly StoredToken[] = [];

  constructor(stateFolder: string, clock: Clock) {
    this.#folder = stateFolder;
    this.#clock = clock;
  }

  /** All of them, the oldest first. @throws FbtrError CONFIG_INVALID if others may read the file. */
  list(): readonly StoredToken[] {
    const mark = markOf(this.#path);
    if (mark !== this.#readAt) {
      const text = readPrivateFile(this.#path);
      this.#tokens = text === undefined ? [] : (JSON.parse(text) as StoredToken[]);
      this.#readAt = mark;
    }
    return this.#tokens;
  }

  /**
   * Makes a token; it is told once, here.
   *
   * @param lifetimeMs undefined: it does not expire.
   */
  create(
    name: string,
    scope: Scope,
    lifetimeMs?: number,
  ): { readonly token: string; readonly id: string } {
    const token = PREFIX + randomBytes(32).toString("base64url");
    const id = randomBytes(4).toString("hex");
    const now = this.#clock.now();
    const made: StoredToken = {
      id,
      name,
      scope,
      sha256: sha256(token),
      createdAt: new Date(now).toISOString(),
      ...(lifetimeMs !== undefined && { expiresAt: new Date(now + lifetimeMs).toISOString() }),
    };
    this.#save([...this.list(), made]);
    return { token, id };
  }

  /** @throws FbtrError TOKEN_UNKNOWN if no token has the id, or name. */
  revoke(idOrName: string): StoredToken {
    const found = this.list().find(({ id, name }) => id === idOrName || name === idOrName);
    if (found === undefined) {
      throw new FbtrError("TOKEN_UNKNOWN", `there is no token ${idOrName}`, {
        hint: "`fbtr tokens list` shows them.",
      });
    }
    this.#save(this.list().filter((token) => token !== found));
    return found;
  }

  /** The stored token that `token` is; undefined if it is none, or has expired. */
  find(token: string): StoredToken | undefined {
    if (!token.startsWith(PREFIX)) return undefined;
    const digest = Buffer.from(sha256(token));
    const found = this.list().find((stored) => timingSafeEqual(Buffer.from(stored.sha256), digest));
    const isOver =
      found?.expiresAt !== undefined && Date.parse(found.expiresAt) <= this.#clock.now();
    return isOver ? undefined : found;
  }

  get #path(): string {
    return join(this.#folder, "tokens.json");
  }

  #save(tokens: readonly StoredToken[]): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    writePrivateFile(this.#path, `${JSON.stringify(tokens, null, 2)}\n`);
    this.#readAt = "";
  }
}

/** Changes whenever the file does: it is always replaced, never written into. */
function markOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? "none" : `${found.ino} ${found.mtimeNs}`;
}
