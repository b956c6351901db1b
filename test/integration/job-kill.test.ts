import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

import { listJobs, removeJob, showJob } from "../../src/job/jobs.ts";
import { tempDir } from "../support/temp-dir.ts";

const SCRIPT = join(import.meta.dirname, "../support/slow-job.ts");
const PARAGRAPHS = Array.from({ length: 250 }, (_, n) => `<p>Мама ${n} моя</p>`).join("");
const BOOK = `<?xml version="1.0" encoding="utf-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><body><section>${PARAGRAPHS}</section></body></FictionBook>`;

/** Runs the job and returns what it printed; kills it in the middle of segment `killAt` if given. */
async function run(args: readonly string[], killAt = Infinity): Promise<string> {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  let segments = 0;
  child.stdout.on("data", (data: Buffer) => (printed += data.toString()));
  child.stderr.on("data", (dots: Buffer) => {
    segments += dots.length;
    if (segments >= killAt) child.kill("SIGKILL");
  });
  await new Promise((resolve) => {
    child.once("close", resolve);
  });
  return printed;
}

it("gives the bytes of an undisturbed run after five kills", { timeout: 30_000 }, async () => {
  await using dir = await tempDir();
  const book = dir.file("book.fb2");
  await writeFile(book, BOOK);
  await run([book, dir.file("whole.fb2"), dir.file("state-1")]);
  const killed = [book, dir.file("killed.fb2"), dir.file("state-2")];
  for (const segment of [5, 31, 2, 18, 44]) await run(killed, segment);
  expect(existsSync(dir.file("killed.fb2"))).toBe(false);
  const [left] = listJobs(dir.file("state-2"));
  expect(left?.state).toBe("interrupted");
  const counts = JSON.parse(await run(killed)) as { resumed: number };
  expect(counts).toMatchObject({ total: 250, translated: 250 });
  expect(counts.resumed).toBeGreaterThan(0);
  const bytes = await readFile(dir.file("killed.fb2"), "utf8");
  expect(bytes).toBe(await readFile(dir.file("whole.fb2"), "utf8"));
  expect(bytes).toContain("Mama 249 moa");
  const id = left?.id ?? "";
  expect(showJob(dir.file("state-2"), id.slice(0, 6)).state).toBe("done");
  removeJob(dir.file("state-2"), id);
  expect(() => showJob(dir.file("state-2"), id)).toThrow(`no job ${id}`);
});
