import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import type { FbtrEvent } from "../../src/base/events.ts";
import { bookOf } from "../support/cli-surroundings.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";

const SCRIPT = join(import.meta.dirname, "../support/slow-fbtr.ts");
const BOOK = bookOf(
  "Долго",
  Array.from({ length: 150 }, (_, n) => `Мама ${n} моја`),
);

/** A running `fbtr translate --json` on a book that takes about two seconds, or 15 when it is slow. */
async function translating(dir: TempDir, isSlow = false) {
  const book = dir.file("dolgo.fb2");
  await writeFile(book, BOOK);
  const child = spawn(process.execPath, [SCRIPT, "translate", "--json", book], {
    env: {
      ...process.env,
      XDG_STATE_HOME: dir.file("state"),
      XDG_CACHE_HOME: dir.file("cache"),
      ...(isSlow && { SEGMENT_MS: "100" }),
    },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const told = { out: "", error: "" };
  child.stdout.on("data", (data: Buffer) => (told.out += data.toString()));
  child.stderr.on("data", (data: Buffer) => (told.error += data.toString()));
  const status = new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  return { child, status, told };
}

/** Waits until the process has translated a few segments. */
async function begun(child: ChildProcess): Promise<void> {
  let out = "";
  await new Promise<void>((resolve) => {
    child.stdout?.on("data", (data: Buffer) => {
      out += data.toString();
      if (/"items_completed":(?:[5-9]|\d\d)/.test(out)) resolve();
    });
  });
}

const lastEvent = (out: string) => JSON.parse(out.trimEnd().split("\n").at(-1) ?? "") as FbtrEvent;

describe("a process that gets a signal", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s saves, ends with %d and can be gone on with", async (signal, wanted) => {
    await using dir = await tempDir();
    const first = await translating(dir);
    await begun(first.child);
    first.child.kill(signal);
    expect(await first.status).toBe(wanted);
    const event = lastEvent(first.told.out);
    expect(event).toMatchObject({ type: "translation_interrupted", data: { items_total: 151 } });
    expect(existsSync(dir.file("dolgo.sr.fb2"))).toBe(false);
    const second = await translating(dir);
    expect(await second.status).toBe(0);
    expect(second.told.out).toMatch(/"items_resumed":[1-9]/);
    expect(await readFile(dir.file("dolgo.sr.fb2"), "utf8")).toContain("Мама 149 моја");
  });

  it("counts a signal to its group and the same from a launcher once", async () => {
    await using dir = await tempDir();
    const { child, status, told } = await translating(dir);
    await begun(child);
    process.kill(-(child.pid ?? 0), "SIGINT");
    await setTimeout(10);
    child.kill("SIGINT");
    expect(await status).toBe(130);
    // Stopping would throw the batch away; draining finishes it: 50 segments at a time.
    const event = lastEvent(told.out);
    expect(event.type === "translation_interrupted" && event.data.items_completed % 50).toBe(0);
  });

  it("stops in the middle of a batch at the second one", async () => {
    await using dir = await tempDir();
    const { child, status, told } = await translating(dir, true);
    await begun(child);
    child.kill("SIGINT");
    await setTimeout(200);
    child.kill("SIGINT");
    expect(await status).toBe(130);
    const event = lastEvent(told.out);
    expect(event.type === "translation_interrupted" && event.data.items_completed % 50).not.toBe(0);
  });
});

describe("a process whose reader goes away", () => {
  it("finishes the book and ends with 0", async () => {
    await using dir = await tempDir();
    const { child, status } = await translating(dir);
    await begun(child);
    child.stdout?.destroy();
    expect(await status).toBe(0);
    expect(existsSync(dir.file("dolgo.sr.fb2"))).toBe(true);
  });
});
