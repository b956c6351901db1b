import { readFile, writeFile } from "node:fs/promises";

import { expect, it } from "vitest";

import { systemClock } from "../../src/base/clock.ts";
import { run } from "../../src/cli/program.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";
import { bookOf, surroundingsIn } from "../support/cli-surroundings.ts";
import { startTranslatingServer } from "../support/model-server/translating.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Runs a hundred times as fast, so that patience of half a minute is soon over. */
const hurried = { ...systemClock, elapsed: () => systemClock.elapsed() * 100 };

it("an endpoint that never answers ends the run in one line, and the same command goes on", async () => {
  await using dir = await tempDir();
  let isSilent = true;
  await using server = await startTranslatingServer({
    translate: () => "Кућа.",
    misbehave: () => (isSilent ? { kind: "silence" } : undefined),
  });
  const provider = { base_url: server.baseUrl("openai-chat"), model: "m", timeout_seconds: 1 };
  await writeFile(
    dir.file("config.json"),
    JSON.stringify({ translation: { providers: { "openai-compatible": provider } } }),
  );
  await writeFile(dir.file("a.fb2"), bookOf("Дом", ["Дом."]));
  const surroundings = surroundingsIn(dir, { clock: hurried });
  Object.assign(surroundings.environment, { CONFIG_FILE: dir.file("config.json") });
  const fbtr = async (...args: readonly string[]) => {
    const terminal = capturedTerminal();
    const status = await run(args, terminal, surroundings);
    return { status, out: terminal.out, error: terminal.error };
  };
  const command = ["translate", dir.file("a.fb2"), "--engine", "openai-compatible", "--quiet"];

  expect(await fbtr(...command)).toEqual({
    status: 14,
    out: "",
    error:
      "fbtr: openai-compatible m said nothing for 1 s\n" +
      "Check that it is up, or allow it more time (timeout_seconds).\n",
  });
  await expect(readFile(dir.file("a.sr.fb2"))).rejects.toMatchObject({ code: "ENOENT" });
  expect((await fbtr("jobs", "list")).out).toContain("interrupted");

  isSilent = false;
  expect(await fbtr(...command)).toMatchObject({ status: 0, error: "" });
  expect(await readFile(dir.file("a.sr.fb2"), "utf8")).toContain("<p>Кућа.</p>");
});
