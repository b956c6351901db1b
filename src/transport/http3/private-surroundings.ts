import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";

/** BoringSSL reads these besides the certificates that it is given; there must be nothing. */
const NO_FILE = "/nonexistent";
/** Nobody but the user. */
const PRIVATE_UMASK = 0o077;

/**
 * What the QUIC library reads of the process when it is handed keys. It writes them to the folder
 * for temporary files for a moment, and it trusts the certificates of the system in addition to
 * those that it is given. So it is called with a folder of its own and without those of the system;
 * the process has its own back before anything else runs that could start programs.
 */
export class PrivateSurroundings {
  /** The end of the last call: two at a time would restore each other's values. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param start hands over the keys before the next turn of the event loop. */
  async during<T>(start: () => T | Promise<T>): Promise<T> {
    const turn = this.#last.then(() => this.#run(start));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #run<T>(start: () => T | Promise<T>): Promise<T> {
    const folder = mkdtempSync(join(tmpdir(), "fbtr-quic-"));
    const changes = { TMPDIR: folder, SSL_CERT_FILE: NO_FILE, SSL_CERT_DIR: NO_FILE };
    const before = Object.keys(changes).map((name) => [name, process.env[name]] as const);
    const umask = process.umask(PRIVATE_UMASK);
    Object.assign(process.env, changes);
    try {
      const started = await start();
      await nextTurn();
      return started;
    } finally {
      process.umask(umask);
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
