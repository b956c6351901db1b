import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { readPrivateFile, writePrivateFile } from "../base/private-file.ts";
import { pinOf, type Pin } from "../transport/pin.ts";

/** A machine that may give work to this one. */
export interface PairedRoot {
  /** Its own name for itself, see `Identity`. */
  readonly machine: string;
  /** For people. */
  readonly name: string;
  /** Its certificates as PEM: the one in use, and the next one if it was announced. */
  readonly certificates: readonly string[];
  /** ISO 8601, UTC. */
  readonly pairedAt: string;
  /** Address from which it has paired; empty if it is not known. */
  readonly from: string;
}

export const ROOTS_FILE = "paired-roots.json";

/** The machines that this one works for. Read anew each time: processes share the file. */
export class PairedRoots {
  readonly #folder: string;

  constructor(stateFolder: string) {
    this.#folder = stateFolder;
  }

  /** @throws FbtrError CONFIG_INVALID if others could read the file. */
  all(): readonly PairedRoot[] {
    const text = readPrivateFile(join(this.#folder, ROOTS_FILE));
    return text === undefined ? [] : (JSON.parse(text) as readonly PairedRoot[]);
  }

  /** The root that a pin belongs to. */
  withPin(pin: Pin): PairedRoot | undefined {
    return this.all().find(({ certificates }) => certificates.some((pem) => pinOf(pem) === pin));
  }

  /** Lets a machine in, instead of what was known of it. */
  put(root: PairedRoot): void {
    this.#write([...this.all().filter(({ machine }) => machine !== root.machine), root]);
  }

  /** Lets a machine in no longer; false if it was not known. */
  remove(machine: string): boolean {
    const roots = this.all();
    const others = roots.filter((root) => root.machine !== machine);
    if (others.length < roots.length) this.#write(others);
    return others.length < roots.length;
  }

  #write(roots: readonly PairedRoot[]): void {
    mkdirSync(this.#folder, { recursive: true });
    writePrivateFile(join(this.#folder, ROOTS_FILE), `${JSON.stringify(roots, undefined, 2)}\n`);
  }
}
