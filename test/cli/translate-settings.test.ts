import { writeFile } from "node:fs/promises";

import { describe, expect, it } from "vitest";

import { run } from "../../src/cli/program.ts";
import { translateSettings } from "../../src/cli/translate-settings.ts";
import { DEFAULT_JOB_LIMITS } from "../../src/job/job-limits.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";
import { bookOf, surroundingsIn } from "../support/cli-surroundings.ts";
import { tempDir } from "../support/temp-dir.ts";

describe("the settings of fbtr translate", () => {
  it("are the defaults that each part has, where nothing is configured", async () => {
    await using dir = await tempDir();
    const { providers, distributed, ...settings } = await translateSettings(
      {},
      surroundingsIn(dir),
    );
    expect(distributed.enabled).toBe(false);
    expect(Object.values(providers)).toContainEqual({ apiKeys: [], mostConcurrent: 5 });
    expect(settings).toEqual({
      engine: undefined,
      from: "ru",
      to: "sr",
      script: "cyrillic",
      limits: DEFAULT_JOB_LIMITS,
      warnings: [],
    });
  });

  it("come from options, variables and the file, in this order", async () => {
    await using dir = await tempDir();
    await writeFile(
      dir.file("c.yaml"),
      "translation: { from: f, to: f, script: latin, lease_timeout: 5, max_attempts: 9 }",
    );
    const environment = { CONFIG_FILE: dir.file("c.yaml"), FBTR_FROM: "e", FBTR_TO: "e" };
    const settings = await translateSettings({ to: "o" }, surroundingsIn(dir, { environment }));
    expect(settings).toMatchObject({ from: "e", to: "o", script: "latin" });
    expect(settings.limits).toMatchObject({ leaseMs: 5000, maxAttempts: 9 });
  });

  it("of all models count for every provider that says nothing itself, mentioned or not", async () => {
    await using dir = await tempDir();
    const own = "{ temperature: 0.1, max_tokens: 9 }";
    await writeFile(
      dir.file("c.yaml"),
      `translation:
  { temperature: 0.7, max_tokens: 900, max_concurrent: 3, providers: {
    deepseek: { options: ${own} }, gemini: { options: { top_p: 0.9 } }, openai: { model: m } } }`,
    );
    const environment = { CONFIG_FILE: dir.file("c.yaml") };
    const { providers } = await translateSettings({}, surroundingsIn(dir, { environment }));
    const general = { temperature: 0.7, maxTokens: 900, mostConcurrent: 3 };
    expect(providers).toMatchObject({
      deepseek: { temperature: 0.1, maxTokens: 9, mostConcurrent: 3 },
      gemini: { ...general, topP: 0.9, temperature: undefined },
      openai: general,
      ollama: general,
      "openai-compatible": general,
    });
  });
});

describe("what the environment says of engines", () => {
  async function providersUnder(environment: NodeJS.ProcessEnv) {
    await using dir = await tempDir();
    const settings = await translateSettings({}, surroundingsIn(dir, { environment }));
    return settings.providers;
  }

  it.each([
    ["OPENAI_MODEL", ["openai"]],
    ["ANTHROPIC_MODEL", ["anthropic"]],
    ["ZHIPU_MODEL", ["zhipu"]],
    ["DEEPSEEK_MODEL", ["deepseek"]],
    ["OLLAMA_MODEL", ["ollama"]],
    ["QWEN_MODEL", ["qwen", "qwen-oauth"]],
  ])("%s names the model of %j", async (variable, names) => {
    const providers = await providersUnder({ [variable]: "m" });
    const named = Object.entries(providers).filter(([, { model }]) => model !== undefined);
    expect(named.map(([name, { model }]) => [name, model])).toEqual(
      names.map((name) => [name, "m"]),
    );
  });

  it("is how a model inside fbtr is computed, by the names of llama.cpp's older settings", async () => {
    const { llama } = await providersUnder({
      MODEL_PATH: "/m.gguf",
      THREADS: "3",
      CONTEXT_SIZE: "4096",
      TEMPERATURE: "0.7",
      MAX_TOKENS: "900",
    });
    expect(llama).toMatchObject({
      local: { modelPath: "/m.gguf", threads: 3, contextTokens: 4096 },
      temperature: 0.7,
      maxTokens: 900,
    });
  });

  it("is weaker than what is said of llama by its own name", async () => {
    const { llama } = await providersUnder({
      MODEL_PATH: "/old.gguf",
      FBTR_LLAMA_MODEL: "/m.gguf",
    });
    expect(llama?.local?.modelPath).toBe("/m.gguf");
  });

  it("is who renews the login of qwen-code, and whether it is used", async () => {
    const environment = { QWEN_CLIENT_ID: "own", QWEN_CLIENT_SECRET: "s", SKIP_QWEN_OAUTH: "1" };
    const providers = await providersUnder(environment);
    expect(providers["qwen-oauth"]?.login).toEqual({
      clientId: "own",
      clientSecret: "s",
      isSkipped: true,
    });
  });

  it("is whether Ollama may be used", async () => {
    expect(await providersUnder({ OLLAMA_ENABLED: "no" })).toMatchObject({
      ollama: { isEnabled: false },
    });
  });
});

describe("fbtr translate", () => {
  async function translate(environment: NodeJS.ProcessEnv, ...options: readonly string[]) {
    await using dir = await tempDir();
    await writeFile(dir.file("a.fb2"), bookOf("Дом", ["дом"]));
    const terminal = capturedTerminal();
    const surroundings = surroundingsIn(dir, {
      environment: { XDG_STATE_HOME: dir.file("state"), ...environment },
    });
    const args = ["translate", dir.file("a.fb2"), "-o", "-", ...options];
    return { status: await run(args, terminal, surroundings), ...terminal };
  }

  it("writes the script that the configuration asks for, unless an option says otherwise", async () => {
    expect((await translate({ FBTR_SCRIPT: "latin" })).out).toContain("<p>dom</p>");
    const { out } = await translate({ FBTR_SCRIPT: "latin" }, "--script", "cyrillic");
    expect(out).toContain("<p>дом</p>");
  });

  it("does not begin with a configuration that is at fault", async () => {
    const { status, out, error } = await translate({ FBTR_SCRIPT: "runic" });
    expect({ status, out }).toEqual({ status: 10, out: "" });
    expect(error).toContain("FBTR_SCRIPT");
  });

  it("tells warnings, unless it is to be quiet", async () => {
    const environment = { THREADS: "auto" };
    expect((await translate(environment)).error).toContain("fbtr: warning: ");
    expect((await translate(environment, "--quiet")).error).toBe("");
  });
});
