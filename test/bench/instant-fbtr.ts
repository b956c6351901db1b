import { machineSurroundings } from "../../src/cli/compose.ts";
import { run } from "../../src/cli/program.ts";
import { processTerminal } from "../../src/cli/terminal.ts";
import { NO_OLLAMA } from "../support/provider-surroundings.ts";
import { TRANSLATION } from "./texts.ts";

/** A process that is `fbtr` with an engine that knows one answer, and needs no time for it. */
const engine = {
  version: "1",
  translate: () => ({ text: TRANSLATION, unknownWords: [], words: { total: 1, known: 1 } }),
};

const surroundings = {
  ...machineSurroundings(),
  ollamaUrl: NO_OLLAMA,
  loadDraftEngine: () => Promise.resolve(engine),
};
process.exitCode = await run(process.argv.slice(2), processTerminal(), surroundings);
