import { machineSurroundings } from "../../src/cli/compose.ts";
import { run } from "../../src/cli/program.ts";
import { processTerminal } from "../../src/cli/terminal.ts";
import { NO_OLLAMA } from "./provider-surroundings.ts";

/** A process that is `fbtr` with an engine that takes SEGMENT_MS, or 10 ms, for each segment. */
const segmentMs = Number(process.env["SEGMENT_MS"] ?? 10);
const pause = new Int32Array(new SharedArrayBuffer(4));
const engine = {
  version: "1",
  translate: (text: string) => {
    Atomics.wait(pause, 0, 0, segmentMs);
    const answer = text.replaceAll("я", "а");
    return {
      text: answer,
      unknownWords: [],
      words: { total: 1, known: 1 },
      sentences: { total: 1, doubtful: [] },
    };
  },
};

const surroundings = {
  ...machineSurroundings(),
  ollamaUrl: NO_OLLAMA,
  loadDraftEngine: () => Promise.resolve(engine),
};
process.exitCode = await run(process.argv.slice(2), processTerminal(), surroundings);
