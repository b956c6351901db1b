import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

import { sleep } from "../../src/base/abort.ts";
import { listJobs, removeJob } from "../../src/job/jobs.ts";
import { bookOf } from "../support/job-surroundings.ts";
import { tempDir } from "../support/temp-dir.ts";

const SCRIPT = join(import.meta.dirname, "../support/slow-job.ts");
const PARAGRAPHS = Array.from({ length: 3000 }, () => "Мама дома");

/** State of a process by the letter of Linux: `Z` is dead, but its parent has not asked for it. */
function stateOf(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2)[0];
}

async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await sleep(20);
  }
}

it.skipIf(!existsSync("/proc/self/stat"))(
  "takes the job of a killed process for free while the parent has not asked for it (needs /proc)",
  async () => {
    await using dir = await tempDir();
    await writeFile(dir.file("book.fb2"), bookOf("Дом", [["Дом", ...PARAGRAPHS]]));
    const state = dir.file("state");
    const command = [process.execPath, SCRIPT, dir.file("book.fb2"), dir.file("out.fb2"), state];
    // The shell starts the job, says its id and becomes a process that never asks for its children.
    const shell = ["-c", '"$@" >/dev/null 2>&1 & echo $!; exec sleep 60', "sh", ...command];
    const parent = spawn("sh", shell, { stdio: ["ignore", "pipe", "ignore"] });
    try {
      let printed = "";
      parent.stdout.on("data", (data: Buffer) => (printed += data.toString()));
      const pid = Number(await until(() => (printed.endsWith("\n") ? printed : undefined)));
      const job = await until(() => {
        const [found] = existsSync(state) ? listJobs(state) : [];
        return found !== undefined && found.segments.total > 0 ? found : undefined;
      });
      expect(job.state).toBe("running");
      expect(() => removeJob(state, job.id)).toThrow(`worked on by process ${pid}`);
      process.kill(pid, "SIGKILL");
      await until(() => (stateOf(pid) === "Z" ? true : undefined));
      expect(listJobs(state)[0]?.state).toBe("interrupted");
      removeJob(state, job.id);
      expect(stateOf(pid)).toBe("Z");
      expect(listJobs(state)).toEqual([]);
    } finally {
      parent.kill("SIGKILL");
    }
  },
);
