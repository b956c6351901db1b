import type { Terminal } from "../../src/cli/terminal.ts";

/** A terminal that remembers what was written to it. */
export function capturedTerminal(
  input: string | Uint8Array = "",
): Terminal & { out: string; error: string } {
  return {
    out: "",
    error: "",
    stdin: (async function* stdin() {
      yield Buffer.from(input);
    })(),
    async writeOut(data) {
      this.out += Buffer.from(data).toString("utf8");
    },
    writeError(text) {
      this.error += text;
    },
  };
}
