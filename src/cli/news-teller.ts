import type { Terminal } from "./terminal.ts";

/** Tells lines on standard error, each only when it is another one than before. */
export function newsTeller(terminal: Terminal): (line: string) => void {
  let told = "";
  return (line) => {
    if (line !== told) terminal.writeError(`${line}\n`);
    told = line;
  };
}
