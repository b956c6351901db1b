import { FbtrError, systemErrorCode } from "../base/errors.ts";

/** Where a command reads and writes: the process's streams, or those of a test. */
export interface Terminal {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Standard error, if it is a terminal on which lines can be drawn again. */
  readonly screen?: NodeJS.WriteStream;
  /** True if what is written to standard output is shown to a person. */
  readonly showsOutput?: boolean;
  /**
   * Resolves when the data has left.
   *
   * @throws ReaderGone; FbtrError OUTPUT_UNWRITABLE.
   */
  writeOut(data: string | Uint8Array): Promise<void>;
  writeError(text: string): void;
}

/** Whoever read standard output has had enough, such as `head`. That is no error. */
export class ReaderGone extends Error {
  override readonly name = "ReaderGone";
}

function outputError(error: Error): Error {
  const code = systemErrorCode(error);
  if (code === "EPIPE") return new ReaderGone("nobody reads standard output", { cause: error });
  const reason = code === "ENOSPC" ? "the disk is full" : error.message;
  return new FbtrError("OUTPUT_UNWRITABLE", `Cannot write to standard output: ${reason}`, {
    hint: "Check where standard output leads.",
    cause: error,
  });
}

/** The terminal of this process. From now on a broken stream is told to its writer only. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  for (const stream of [stdout, stderr]) stream.on("error", () => undefined);
  const canBeDrawnOn = stderr.isTTY && process.env["TERM"] !== "dumb";
  return {
    stdin: stdin as AsyncIterable<Uint8Array>,
    ...(canBeDrawnOn && { screen: stderr }),
    showsOutput: stdout.isTTY,
    writeOut: (data) =>
      new Promise<void>((resolve, reject) => {
        stdout.write(data, (error) => (error ? reject(outputError(error)) : resolve()));
      }),
    writeError: (text) => void stderr.write(text),
  };
}
