import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { corpusMissing, corpusPath } from "../support/corpus.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** Runs `fbtr translate` in a process of its own; kills it after some milliseconds if told to. */
async function translate(dir: TempDir, name: string, killAfterMs?: number): Promise<number | null> {
  const environment = {
    ...process.env,
    XDG_STATE_HOME: dir.file(`${name}-state`),
    XDG_CACHE_HOME: dir.file(`${name}-cache`),
    XDG_CONFIG_HOME: dir.file(`${name}-config`),
  };
  const book = corpusPath("books/voskresenie.fb2");
  const args = [main, "translate", book, "-o", dir.file(`${name}.fb2`), "--quiet"];
  const child = spawn(process.execPath, args, { env: environment, stdio: "ignore" });
  const timer =
    killAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  const status = await new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  clearTimeout(timer);
  return status;
}

describe.skipIf(corpusMissing)("a novel", () => {
  it("killed at five random moments and gone on with has the bytes of an undisturbed run", async () => {
    await using dir = await tempDir();
    const whole = translate(dir, "whole");
    const moments = Array.from({ length: 5 }, () => 700 + Math.random() * 1300);
    for (const moment of moments) {
      expect(await translate(dir, "killed", moment), `killed after ${moment} ms`).toBeNull();
      expect(existsSync(dir.file("killed.fb2"))).toBe(false);
    }
    expect(await translate(dir, "killed")).toBe(0);
    expect(await whole).toBe(0);
    const bytes = await readFile(dir.file("killed.fb2"));
    expect(bytes.equals(await readFile(dir.file("whole.fb2")))).toBe(true);
  }, 120_000);
});
