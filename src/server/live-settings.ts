import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { randomBytes } from "node:crypto";

import { FbtrError, systemErrorCode } from "../base/errors.ts";
import { replaceFile } from "../book/atomic-file.ts";
import { changedFile, type ConfigChanges } from "../config/changed-file.ts";
import type { DaemonSettings } from "./settings.ts";

/** The file may hold secrets, whoever could read it before. */
const OWNER_ONLY = 0o600;

/**
 * Reads the configuration, whole and checked.
 *
 * @param path file to read instead of the one that is found.
 * @throws FbtrError CONFIG_INVALID.
 */
export type LoadSettings = (path?: string) => Promise<DaemonSettings>;

/**
 * The configuration of a running daemon. A new one takes the place of the old one in one step, and
 * only if all of it is valid.
 */
export class LiveSettings {
  readonly #load: LoadSettings;
  readonly #onChange: (settings: DaemonSettings) => Promise<void>;
  #current: DaemonSettings;
  #last: Promise<unknown> = Promise.resolve();

  /** @param onChange hears of each new configuration before anybody goes by it. */
  constructor(
    current: DaemonSettings,
    load: LoadSettings,
    onChange: (settings: DaemonSettings) => Promise<void>,
  ) {
    this.#current = current;
    this.#load = load;
    this.#onChange = onChange;
  }

  get current(): DaemonSettings {
    return this.#current;
  }

  /** Reads the configuration anew. @throws FbtrError CONFIG_INVALID; all stays as it was then. */
  async reload(): Promise<void> {
    await this.#inTurn(async () => this.#take(await this.#load()));
  }

  /**
   * Changes the file of the configuration, and goes by it from now on.
   *
   * @throws FbtrError CONFIG_INVALID, OUTPUT_UNWRITABLE; the file and all else stay as they were.
   */
  async change(changes: ConfigChanges): Promise<void> {
    await this.#inTurn(async () => {
      const path = this.#current.file;
      const text = changedFile(await textOf(path), changes, path);
      await this.#checkInPlaceOf(path, text);
      await replaceFile(path, async (write) => write(Buffer.from(text)), OWNER_ONLY);
      await this.#take(await this.#load());
    });
  }

  /** Beside the file, so that what it refers to is found. */
  async #checkInPlaceOf(path: string, text: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const trial = join(dirname(path), `.fbtr-${randomBytes(6).toString("hex")}.json`);
    try {
      await writeFile(trial, text, { mode: 0o600 });
      await this.#load(trial);
    } catch (error) {
      throw naming(path, trial, error);
    } finally {
      await rm(trial, { force: true });
    }
  }

  async #take(settings: DaemonSettings): Promise<void> {
    await this.#onChange(settings);
    this.#current = settings;
  }

  /** One change after the other: each is made to what the one before has left. */
  async #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    await turn;
  }
}

/** An error about the file that was tried, as one about the file that the user knows. */
function naming(path: string, trial: string, error: unknown): unknown {
  if (!(error instanceof FbtrError)) return error;
  const { code, message, hint, cause } = error;
  return new FbtrError(code, message.replaceAll(trial, path), {
    ...(hint !== undefined && { hint }),
    cause,
  });
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
