import { measureDaemon } from "./daemon.ts";
import { measureDrafting } from "./drafting.ts";
import { isWithinLimits, lineOf } from "./measurement.ts";
import { measureModelThroughput } from "./model-throughput.ts";
import { measureRewritingMemory, measureRewritingSpeed } from "./rewriting.ts";
import { measureStartUp } from "./start-up.ts";
import { measureTransport } from "./transport.ts";

/** Measures what is promised, as ratios in one run; the exit status is 1 when a limit is broken. */
const measurements = [
  ...measureStartUp(),
  ...measureRewritingSpeed(),
  ...(await measureRewritingMemory()),
  ...measureDrafting(),
  ...(await measureModelThroughput()),
  ...(await measureDaemon()),
  ...(await measureTransport()),
];
for (const measurement of measurements) console.log(lineOf(measurement));
if (!measurements.every(isWithinLimits)) process.exitCode = 1;
