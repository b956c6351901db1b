import { Readable, type Writable } from "node:stream";

/**
 * Writes the input of a command, and its end. A stream is destroyed when the command is over.
 *
 * @param fail is called if the stream fails. That the command reads no further is no failure.
 */
export function feedCommand(
  input: string | Uint8Array | Readable,
  sink: Writable,
  fail: (error: Error) => void,
): void {
  sink.on("error", () => undefined);
  if (!(input instanceof Readable)) {
    sink.end(input);
    return;
  }
  input.once("error", fail);
  sink.once("close", () => input.destroy());
  input.pipe(sink);
}
