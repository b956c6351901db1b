import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { FbtrError, systemErrorCode } from "../../base/errors.ts";

/** Version and the beginning of the archive's digest, such as `0.2.0-5f1c09ab`. */
const NAME = /^\d+\.\d+\.\d+[\w.+-]*-[0-9a-f]{8}$/;

/**
 * The versions of fbtr that `workers provision` has brought to this machine: a folder each, and two
 * links, `current` and `previous`. What runs goes through `current`, which is changed in one step.
 */
export class Releases {
  readonly folder: string;
  readonly #home: string;

  /** @param home absolute path of the user's home folder. */
  constructor(home: string) {
    this.#home = home;
    this.folder = join(home, ".local", "share", "fbtr");
  }

  /** Name of the one that is in use. */
  get current(): string | undefined {
    return linkAt(join(this.folder, "current"));
  }

  /** Name of the one that was in use before. */
  get previous(): string | undefined {
    return linkAt(join(this.folder, "previous"));
  }

  /** Path of the program that is in use. */
  get program(): string {
    return join(this.folder, "current", "bin", "fbtr");
  }

  /** Version of the one that is in use. */
  get version(): string {
    const manifest = readFileSync(join(this.folder, "current", "package.json"), "utf8");
    return (JSON.parse(manifest) as { version: string }).version;
  }

  /**
   * Puts a release in use; the one before is kept, older ones are deleted. Idempotent.
   *
   * @param name of its folder.
   * @param prove starts what is in use now. If it fails, all is as it was before, and is started.
   * @throws what `prove` throws.
   */
  async activate(name: string, prove: () => Promise<void>): Promise<void> {
    const { current, previous } = this;
    await this.#use(name, current === name ? previous : current, prove);
  }

  /**
   * Puts the release before in use.
   *
   * @param prove as for `activate`.
   * @throws FbtrError WORKER_UNFIT if there is none; what `prove` throws.
   */
  async rollBack(prove: () => Promise<void>): Promise<void> {
    const { current, previous } = this;
    if (previous === undefined) {
      throw new FbtrError("WORKER_UNFIT", "there is no version before this one", {
        hint: "Bring another one with `fbtr workers provision`.",
      });
    }
    await this.#use(previous, current, prove);
  }

  async #use(next: string, before: string | undefined, prove: () => Promise<void>): Promise<void> {
    const { current, previous } = this;
    this.#link("previous", before);
    this.#link("current", next);
    try {
      await prove();
    } catch (error) {
      this.#link("current", current);
      this.#link("previous", previous);
      if (current !== undefined) await prove();
      throw error;
    }
    this.#offer();
    this.#tidy();
  }

  #link(name: string, release: string | undefined): void {
    const path = join(this.folder, name);
    if (release === undefined) {
      rmSync(path, { force: true });
      return;
    }
    const temporary = `${path}.${process.pid}.tmp`;
    symlinkSync(release, temporary);
    renameSync(temporary, path);
  }

  /** In the folder for programs of the user, unless something else stands there. */
  #offer(): void {
    const path = join(this.#home, ".local", "bin", "fbtr");
    if (lstatSync(path, { throwIfNoEntry: false })) return;
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(this.program, path);
  }

  #tidy(): void {
    const kept = new Set([this.current, this.previous]);
    for (const name of readdirSync(this.folder)) {
      if (NAME.test(name) && !kept.has(name)) {
        rmSync(join(this.folder, name), { recursive: true, force: true });
      }
    }
  }
}

function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
