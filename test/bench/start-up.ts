import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { median, type Measurement } from "./measurement.ts";

const launcher = fileURLToPath(new URL("../../bin/fbtr", import.meta.url));

function millisecondsToRun(args: readonly string[]): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}`);
  return performance.now() - start;
}

/** `fbtr --help` against an empty Node, taken in turns. */
export function measureStartUp(): Measurement[] {
  const help: number[] = [];
  const empty: number[] = [];
  for (let round = 0; round < 15; round += 1) {
    empty.push(millisecondsToRun(["-e", "0"]));
    help.push(millisecondsToRun([launcher, "--help"]));
  }
  const ratio = median(help) / median(empty);
  return [
    { name: "fbtr --help against node -e 0", value: ratio, unit: "times", atMost: 3.5 },
    { name: "fbtr --help", value: median(help), unit: "ms" },
  ];
}
