import { run } from "./program.ts";
import { processTerminal } from "./terminal.ts";

// A reader that has had enough, such as `head`, is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

process.exitCode = await run(process.argv.slice(2), processTerminal);
