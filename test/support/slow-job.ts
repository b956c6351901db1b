import { writeSync } from "node:fs";

import { systemClock } from "../../src/base/clock.ts";
import { EventBus } from "../../src/base/events.ts";
import { DEFAULT_JOB_LIMITS } from "../../src/job/job-limits.ts";
import { translateBook } from "../../src/job/pipeline.ts";
import { EMPTY_MACHINE } from "./provider-surroundings.ts";

/**
 * A process that translates a book, 10 ms a segment: `slow-job.ts <book> <output> <state folder>`.
 * A dot on standard error for each segment tells how far it is.
 */
const [book = "", output = "", stateFolder = ""] = process.argv.slice(2);
const { signal } = new AbortController();
const pause = new Int32Array(new SharedArrayBuffer(4));

const report = await translateBook(
  {
    input: { path: book, shownAs: book },
    outputs: [{ path: output, script: "latin", format: "fb2" }],
    from: "ru",
    to: "sr",
    script: "latin",
    fresh: false,
    force: false,
  },
  {
    stateFolder,
    cacheFolder: `${stateFolder}/cache`,
    claims: new Set(),
    limits: DEFAULT_JOB_LIMITS,
    events: new EventBus(systemClock),
    clock: systemClock,
    drain: signal,
    stop: signal,
    version: "0.1.0",
    providers: {},
    surroundings: EMPTY_MACHINE,
    loadDraftEngine: () =>
      Promise.resolve({
        version: "1",
        translate: (text: string) => {
          Atomics.wait(pause, 0, 0, 10);
          writeSync(2, ".");
          const answer = text.replaceAll("я", "а");
          return {
            text: answer,
            unknownWords: [],
            words: { total: 1, known: 1 },
            sentences: { total: 1, doubtful: [] },
          };
        },
      }),
  },
);
console.log(JSON.stringify(report.snapshot.segments));
