import { spawnSync } from "node:child_process";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";

import { describe, expect, it } from "vitest";

import { run } from "../../src/cli/program.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";
import { surroundingsIn } from "../support/cli-surroundings.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";

/** Runs `fbtr config` for a user whose configuration folder is `<dir>/user/fbtr`. */
async function config(dir: TempDir, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const terminal = capturedTerminal();
  const surroundings = surroundingsIn(dir, {
    environment: { XDG_CONFIG_HOME: dir.file("user"), ...environment },
  });
  const status = await run(["config", ...args], terminal, surroundings);
  return { status, out: terminal.out, error: terminal.error };
}

async function put(dir: TempDir, name: string, content: object): Promise<string> {
  await writeFile(dir.file(name), JSON.stringify(content), { mode: 0o600 });
  return dir.file(name);
}

describe("fbtr config show", () => {
  it("shows each value with its source, and no secret", async () => {
    await using dir = await tempDir();
    const path = await put(dir, "a.json", {
      server: { port: 9 },
      security: { jwt_secret: "hush-1" },
      distributed: { workers: { one: { password: "hush-2", key_file: "PRIVATE KEY hush-3" } } },
    });
    const environment = { CONFIG_FILE: path, FBTR_FROM: "bg", OPENAI_API_KEY: "hush-4" };
    const { status, out, error } = await config(dir, ["show"], environment);
    expect({ status, error }).toEqual({ status: 0, error: "" });
    const rows = out.split("\n").map((line) => line.split(/ {2,}/));
    expect(out).toContain(`Configuration file: ${path}\n`);
    expect(rows).toContainEqual(["server.port", "9", `file ${path}`]);
    expect(rows).toContainEqual(["translation.from", "bg", "environment FBTR_FROM"]);
    expect(rows).toContainEqual(["translation.to", "sr", "default"]);
    expect(rows).toContainEqual(["security.jwt_secret", "[REDACTED]", `file ${path}`]);
    expect(out).not.toContain("hush");
    const { out: json } = await config(dir, ["show", "--json"], environment);
    expect(JSON.parse(json)).toMatchObject({
      server: { port: 9, host: "0.0.0.0" },
      translation: { from: "bg", providers: { openai: { api_key: "[REDACTED]" } } },
      distributed: { workers: { one: { password: "[REDACTED]", key_file: "[REDACTED]" } } },
    });
    expect(json).not.toContain("hush");
  });

  it("takes the file of --config, and tells warnings apart from data", async () => {
    await using dir = await tempDir();
    const path = await put(dir, "a.json", { servr: {}, server: { port: 9 } });
    const { status, out, error } = await config(dir, ["show", "--json", "--config", path]);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ server: { port: 9 } });
    expect(error).toBe(
      `fbtr: warning: ${path}: \`servr\` is no key of fbtr; did you mean \`server\`?\n`,
    );
  });
});

describe("fbtr config validate", () => {
  it("tells all faults at once and ends with 10", async () => {
    await using dir = await tempDir();
    const path = await put(dir, "a.json", { server: { port: 0, host: 5 } });
    const { status, out, error } = await config(dir, ["validate", path]);
    expect({ status, out }).toEqual({ status: 10, out: "" });
    expect(error.split("\n")).toEqual([
      "fbtr: The configuration has 2 faults:",
      `  ${path}: Expected \`server.port\` to be a whole number from 1 to 65535, got 0`,
      `  ${path}: Expected \`server.host\` to be text, got 5`,
      "`fbtr config explain <key>` tells what a key takes.",
      "",
    ]);
  });

  it("says ok of a good file, and names the one that it found", async () => {
    await using dir = await tempDir();
    const path = await put(dir, "a.json", { server: { port: 9 } });
    expect(await config(dir, ["validate", path])).toEqual({
      status: 0,
      out: `${path} is valid.\n`,
      error: "",
    });
    const { out } = await config(dir, ["validate", "--json"], { CONFIG_FILE: path });
    expect(JSON.parse(out)).toEqual({ file: path, valid: true, warnings: [] });
    expect((await config(dir, ["validate"])).out).toMatch(/^There is no configuration file/);
  });

  it("fails for a file that is not there", async () => {
    await using dir = await tempDir();
    const { status, error } = await config(dir, ["validate", dir.file("none.json")]);
    expect(status).toBe(10);
    expect(error).toContain(`fbtr: ${dir.file("none.json")}: there is no such file\n`);
  });
});

describe("fbtr config explain", () => {
  it("tells value, source, default, variables and meaning of a key", async () => {
    await using dir = await tempDir();
    const environment = { FBTR_MAX_ATTEMPTS: "7" };
    const key = "translation.max_attempts";
    const { status, out } = await config(dir, ["explain", key], environment);
    expect(status).toBe(0);
    expect(out).toContain(`${key}\n  How often a segment may fail before it is flagged.\n`);
    expect(out).toMatch(/^ {2}value +7$/m);
    expect(out).toMatch(/^ {2}source +environment FBTR_MAX_ATTEMPTS$/m);
    expect(out).toMatch(/^ {2}default +3$/m);
    expect(out).toMatch(/^ {2}expected +a whole number above 0$/m);
    expect(out).toMatch(/^ {2}environment +FBTR_MAX_ATTEMPTS$/m);
    const { out: json } = await config(dir, ["explain", key, "--json"], environment);
    expect(JSON.parse(json)).toMatchObject({ key, value: 7, default: 3 });
  });

  it("lists all keys without one, and helps also where the configuration is at fault", async () => {
    await using dir = await tempDir();
    const path = await put(dir, "a.json", { server: { port: 0 } });
    const { status, out, error } = await config(dir, ["explain"], { CONFIG_FILE: path });
    expect(status).toBe(0);
    expect(error).toContain("`server.port` to be");
    expect(out).toMatch(/^server\.port +8443 +Port on which the daemon listens\./m);
    expect(out).toMatch(/^distributed\.workers\.<id>\.host /m);
  });

  it("knows no other keys, but what may be meant", async () => {
    await using dir = await tempDir();
    expect(await config(dir, ["explain", "server.prt"])).toEqual({
      status: 2,
      out: "",
      error: "fbtr: fbtr has no key server.prt\nDid you mean server.port?\n",
    });
  });
});

describe("fbtr config init", () => {
  it("writes an example that is read at once, for its owner only", async () => {
    await using dir = await tempDir();
    const path = dir.file("user/fbtr/config.yaml");
    expect(await config(dir, ["init"])).toEqual({ status: 0, out: `Wrote ${path}\n`, error: "" });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(dir.file("user/fbtr"))).toEqual(["config.yaml"]);
    expect(await config(dir, ["validate"])).toEqual({
      status: 0,
      out: `${path} is valid.\n`,
      error: "",
    });
  });

  it("replaces its own file only with --force", async () => {
    await using dir = await tempDir();
    const path = dir.file("user/fbtr/config.yaml");
    await config(dir, ["init"]);
    await writeFile(path, "server: { port: 9 }\n");
    const { status, error } = await config(dir, ["init"]);
    expect({ status, error }).toEqual({
      status: 12,
      error: `fbtr: ${path} exists already\nUse --force to replace it.\n`,
    });
    expect(await readFile(path, "utf8")).toBe("server: { port: 9 }\n");
    expect((await config(dir, ["init", "--force"])).status).toBe(0);
    expect(await readFile(path, "utf8")).toContain("# Configuration of fbtr.");
  });

  it("writes no file that another one would hide, not even with --force", async () => {
    await using dir = await tempDir();
    await config(dir, ["init"]);
    await put(dir, "user/fbtr/config.json", {});
    const { status, error } = await config(dir, ["init", "--force"]);
    expect(status).toBe(12);
    expect(error).toContain("config.json exists already\n");
  });

  it("says why it cannot write", async () => {
    await using dir = await tempDir();
    await writeFile(dir.file("user"), "a file where a folder should be");
    const { status, error } = await config(dir, ["init"]);
    expect(status).toBe(13);
    expect(error).toContain(`fbtr: Cannot write ${dir.file("user/fbtr/config.yaml")}`);
  });
});

it("costs other commands nothing: help loads no part of it", () => {
  const hook = `import { registerHooks } from "node:module";
    registerHooks({ load(url, context, next) { console.error(url); return next(url, context); } });`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(hook)}`, "src/cli/main.ts", "--help"],
    { encoding: "utf8" },
  );
  expect(stdout).toContain("Usage: fbtr");
  expect(stderr).toContain("/src/cli/program.ts");
  expect(stderr).not.toMatch(/cosmiconfig|js-yaml|src\/config\/(?!variables)/);
});

it("fbtr config schema prints a JSON Schema", async () => {
  await using dir = await tempDir();
  const { status, out } = await config(dir, ["schema"]);
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ type: "object", properties: { server: {} } });
});
