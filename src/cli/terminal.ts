/** Where a command reads and writes: the process's streams, or those of a test. */
export interface Terminal {
  readonly stdin: AsyncIterable<Uint8Array>;
  writeOut(data: string | Uint8Array): Promise<void>;
  writeError(text: string): void;
}

async function write(stream: NodeJS.WriteStream, data: string | Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stream.write(data, (error) => (error ? reject(error) : resolve()));
  });
}

export const processTerminal: Terminal = {
  stdin: process.stdin as AsyncIterable<Uint8Array>,
  writeOut: (data) => write(process.stdout, data),
  writeError: (text) => process.stderr.write(text),
};
