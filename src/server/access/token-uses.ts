import { join } from "node:path";

import type { Clock } from "../../base/clock.ts";
import { readPrivateFile, writePrivateFile } from "../../base/private-file.ts";

/** How far the time of the last use may lag behind: a file is not written for each request. */
const PRECISION_MS = 60_000;

/** When each token was used last, by its id: ISO 8601, UTC, to the minute. */
export type LastUses = Readonly<Record<string, string>>;

/**
 * @throws FbtrError CONFIG_INVALID if others may read the file.
 */
export function readTokenUses(stateFolder: string): LastUses {
  const text = readPrivateFile(pathIn(stateFolder));
  return text === undefined ? {} : (JSON.parse(text) as LastUses);
}

/**
 * Keeps in mind when tokens were used. It has a file of its own: the one of the tokens is written by
 * who makes and revokes them, and nothing that a request does may bring a revoked token back.
 */
export class TokenUses {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #onFault: (error: unknown) => void;
  readonly #notedMs = new Map<string, number>();

  /** @param onFault hears of it when the file cannot be written: no request fails by that. */
  constructor(stateFolder: string, clock: Clock, onFault: (error: unknown) => void) {
    this.#folder = stateFolder;
    this.#clock = clock;
    this.#onFault = onFault;
  }

  /**
   * A token was used. Written at most once a minute for each token.
   *
   * @param known ids of the tokens that there are; the uses of others are forgotten.
   */
  note(id: string, known: () => readonly string[]): void {
    const now = this.#clock.now();
    const noted = this.#notedMs.get(id);
    if (noted !== undefined && now - noted < PRECISION_MS) return;
    this.#notedMs.set(id, now);
    try {
      const uses = { ...readTokenUses(this.#folder), [id]: new Date(now).toISOString() };
      const kept = known().flatMap((each) => (each in uses ? [[each, uses[each]]] : []));
      const text = JSON.stringify(Object.fromEntries(kept), null, 2);
      writePrivateFile(pathIn(this.#folder), `${text}\n`);
    } catch (error) {
      this.#onFault(error);
    }
  }
}

function pathIn(stateFolder: string): string {
  return join(stateFolder, "token-uses.json");
}
