import { Writable } from "node:stream";

/** A terminal that remembers what was drawn on it. */
export class FakeTty extends Writable {
  readonly isTTY = true;
  readonly columns = 80;
  readonly rows = 24;
  drawn = "";
  /** How often something was drawn. */
  writes = 0;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.drawn += chunk.toString();
    this.writes += 1;
    done();
  }
}
