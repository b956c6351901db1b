import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";

import { expect, it } from "vitest";

import { run } from "../../src/cli/program.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";
import { bookOf, surroundingsIn } from "../support/cli-surroundings.ts";
import { startTranslatingServer } from "../support/model-server/translating.ts";
import { tempDir } from "../support/temp-dir.ts";

it("the memory saves every call for the same text, tells of itself, and can be cleared", async () => {
  await using dir = await tempDir();
  await using server = await startTranslatingServer({ translate: () => "Падао је снег." });
  const provider = { base_url: server.baseUrl("openai-chat"), model: "m" };
  const config = { translation: { providers: { "openai-compatible": provider } } };
  await writeFile(dir.file("config.json"), JSON.stringify(config));
  const surroundings = surroundingsIn(dir);
  Object.assign(surroundings.environment, { CONFIG_FILE: dir.file("config.json") });
  const fbtr = async (...args: string[]) => {
    const terminal = capturedTerminal();
    expect(await run(args, terminal, surroundings)).toBe(0);
    return terminal.out;
  };
  const engine = ["--engine", "openai-compatible", "--quiet"];

  expect(await fbtr("cache", "stats")).toMatch(/^Remembered +0 translations$/mu);
  await writeFile(dir.file("one.fb2"), bookOf("Снег", ["Шёл снег."]));
  await fbtr("translate", dir.file("one.fb2"), ...engine);
  const asked = server.requests.length;
  expect(asked).toBeGreaterThan(0);

  await writeFile(dir.file("two.fb2"), `${bookOf("Снег", ["Шёл снег."])}\n<!-- another file -->`);
  await fbtr("translate", dir.file("two.fb2"), ...engine);
  expect(server.requests).toHaveLength(asked);
  expect(JSON.parse(await fbtr("cache", "stats", "--json"))).toMatchObject({ translations: 2 });

  await fbtr("cache", "clear");
  await fbtr("cache", "clear");
  expect(existsSync(dir.file("cache/fbtr/memory.sqlite"))).toBe(false);
  expect(await fbtr("cache", "stats")).toMatch(/^Remembered +0 translations$/mu);
});
