import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

import { describe, expect, it, vi } from "vitest";

import { run } from "../../src/cli/program.ts";
import { LlamaModel } from "../../src/engine/llama/llama-model.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";
import { bookOf, surroundingsIn } from "../support/cli-surroundings.ts";
import { llamaForTests } from "../support/llama.ts";
import { textIn } from "../support/model-server/translating.ts";
import { tempDir } from "../support/temp-dir.ts";
import { writeTinyGguf } from "../support/tiny-gguf.ts";

const llama = await llamaForTests();
const PARAGRAPHS = ["Старый дом стоял у реки.", "Шёл снег."];

/** A machine with the engine installed and a model of noise, and what fbtr says on it. */
async function onMachineWithNoise(args: readonly string[], book = bookOf("Дом", PARAGRAPHS)) {
  await using dir = await tempDir();
  await mkdir(dir.file("state/fbtr/models"), { recursive: true });
  await symlink(dirname(llama?.folder ?? ""), dir.file("state/fbtr/llama"));
  await writeTinyGguf(dir.file("state/fbtr/models/noise.gguf"));
  await writeFile(dir.file("book.fb2"), book);
  const config = {
    translation: {
      providers: { llama: { n_ctx: 2048, n_threads: 1, options: { max_tokens: 24 } } },
    },
  };
  await writeFile(dir.file("config.json"), JSON.stringify(config));
  const surroundings = surroundingsIn(dir);
  Object.assign(surroundings.environment, { CONFIG_FILE: dir.file("config.json") });
  const terminal = capturedTerminal();
  const named = args.map((arg) => (arg === "BOOK" ? dir.file("book.fb2") : arg));
  const status = await run(named, terminal, surroundings);
  const translated = await readFile(dir.file("book.sr.fb2"), "utf8").catch(() => "");
  return { status, out: terminal.out, error: terminal.error, translated };
}

describe.skipIf(llama === undefined)("the engine inside the process", { timeout: 120_000 }, () => {
  it("really answers, and what cannot be used climbs the ladder until it is flagged", async () => {
    const asked = vi.spyOn(LlamaModel.prototype, "stream");
    const { status, error } = await onMachineWithNoise(["translate", "BOOK", "--engine", "llama"]);
    const texts = asked.mock.calls.map(([request]) => textIn(request));
    asked.mockRestore();
    for (const paragraph of PARAGRAPHS) {
      expect(texts[0]).toContain(paragraph);
      // The last step before the flag: by itself.
      expect(texts).toContain(paragraph);
      expect(error).toMatch(new RegExp(`^Flagged .*${paragraph}$`, "mu"));
    }
    expect(status).toBe(3);
  });

  it("hands over to another engine what it does not manage", async () => {
    const args = ["translate", "BOOK", "--engine", "llama", "--fallback", "draft"];
    const { status, translated } = await onMachineWithNoise(args);
    expect(status).toBe(0);
    expect(translated).toContain("Шл снег.");
  });

  it("is tried with a few sentences, and noise is found unfit", async () => {
    const { status, out } = await onMachineWithNoise(["engines", "test", "llama"]);
    expect(status).toBe(14);
    expect(out).toContain("llama: not fit");
  });
});
