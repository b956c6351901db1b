import { describe, expect, it } from "vitest";

import type { FbtrError } from "../../../src/base/errors.ts";
import { loadConfig, readConfig } from "../../../src/config/load.ts";
import { put, readContent, requestIn } from "../../support/configuration.ts";
import { tempDir } from "../../support/temp-dir.ts";

describe("a value", () => {
  it("comes from the flag, the environment, the file, the default, and says so", async () => {
    await using dir = await tempDir();
    const path = await put(dir, "fbtr.config.json", {
      translation: { from: "f", to: "f", script: "latin" },
    });
    const { values, config } = await loadConfig(
      requestIn(dir, {
        environment: { FBTR_FROM: "e", FBTR_TO: "e", FBTR_ENGINE: "" },
        flags: [
          { flag: "--from", key: "translation.from", value: "c" },
          { flag: "--engine", key: "translation.engine", value: undefined },
        ],
      }),
    );
    const { from, to, script, max_attempts } = config.translation;
    expect([from, to, script, max_attempts]).toEqual(["c", "e", "latin", 3]);
    const sources = new Map(values.map(({ key, source, origin }) => [key, [source, origin]]));
    expect(sources.get("translation.from")).toEqual(["flag", "--from"]);
    expect(sources.get("translation.to")).toEqual(["environment", "FBTR_TO"]);
    expect(sources.get("translation.script")).toEqual(["file", path]);
    expect(sources.get("translation.max_attempts")).toEqual(["default", undefined]);
    expect(sources.get("translation.engine")).toEqual(["default", undefined]);
  });

  it("is told with its file, its key, what is expected and what is there, all faults at once", async () => {
    await using dir = await tempDir();
    const path = await put(dir, "fbtr.config.json", {
      distributed: { ssh_timeout: "x", workers: { w: { port: 0, tags: ["a", ""] } } },
      server: "here",
      translation: { providers: { openai: { base_url: "openai", options: { top_p: 1.5 } } } },
    });
    const error = await loadConfig(requestIn(dir)).catch((reason: FbtrError) => reason);
    expect((error as FbtrError).message.split("\n")).toEqual([
      "The configuration has 6 faults:",
      `  ${path}: Expected \`distributed.ssh_timeout\` to be a whole number of seconds above 0, got "x"`,
      `  ${path}: Expected \`distributed.workers.w.port\` to be a whole number from 1 to 65535, got 0`,
      `  ${path}: Expected \`distributed.workers.w.tags\` to be a list of texts, none of them empty, got ["a",""]`,
      `  ${path}: Expected \`server\` to be a group of keys`,
      `  ${path}: Expected \`translation.providers.openai.base_url\` to be an http or https URL without user, password and query, got "openai"`,
      `  ${path}: Expected \`translation.providers.openai.options.top_p\` to be a number from 0 to 1, got 1.5`,
    ]);
  });

  it.each([
    [{ security: { jwt_secret: 31_337 } }],
    [{ distributed: { workers: { w: { password: ["31337"] } } } }],
    [{ translation: { providers: { a: { base_url: "http://31337:31337@host" } } } }],
  ])("that may be secret is not shown, not even where it is wrong: %j", async (content) => {
    const { faults } = await readContent(content);
    expect(faults).toHaveLength(1);
    expect(faults[0]).not.toContain("31337");
  });

  it("may be text that stands for a number or a truth value", async () => {
    const { config } = await readContent({
      server: { port: "9", enable_http3: "no" },
      security: { rate_limit_rps: "0.5" },
      distributed: { workers: { w: { tags: "gpu, fast" } } },
    });
    expect([config.server.port, config.server.enable_http3]).toEqual([9, false]);
    expect(config.security.rate_limit_rps).toBe(0.5);
    expect(config.distributed.workers["w"]?.tags).toEqual(["gpu", "fast"]);
  });
});

describe("a reference to the environment", () => {
  const environment = { HOST: "h", PORT: "7", EMPTY: "" };

  it("is filled in, inside of strings and, as in templates, in place of a value", async () => {
    const { config, warnings } = await readContent(
      '{"server": {"host": "${HOST}.${NONE:-local}", "port": ${PORT:-1}, "read_timeout": ${NONE:-5},' +
        ' "tls_cert_file": "${EMPTY:-a}"}, "security": {"cors_origins": ["${HOST}", "${NONE:-b}"]}}',
      { environment },
    );
    expect(config.server).toMatchObject({
      host: "h.local",
      port: 7,
      read_timeout: 5,
      tls_cert_file: "a",
    });
    expect(config.security.cors_origins).toEqual(["h", "b"]);
    expect(warnings).toEqual([]);
  });

  it("to a variable that is not set leaves the default, with a warning", async () => {
    const { config, warnings } = await readContent(
      { server: { host: "${NONE}" }, logging: { level: "${EMPTY}" } },
      { environment },
    );
    expect([config.server.host, config.logging.level]).toEqual(["0.0.0.0", "info"]);
    expect(warnings).toEqual(["`server.host` asks for NONE, which is not set"]);
  });
});

describe("an unknown key", () => {
  it.each([
    [{ servr: { port: 1 } }, "`servr` is no key of fbtr; did you mean `server`?"],
    [
      { distributed: { workers: { w: { hots: "a" } } } },
      "`distributed.workers.w.hots` is no key of fbtr; did you mean `distributed.workers.w.host`?",
    ],
    [{ kubernetes: {} }, "`kubernetes` is no key of fbtr"],
  ])("is warned of with what was meant: %j", async (content, warning) => {
    expect(await readContent(content)).toMatchObject({ faults: [], warnings: [warning] });
  });

  it("is no surprise if it is a comment", async () => {
    const content = { $schema: "x", "// a": 1, _b: 2, server: { "//": "the port", port: 1 } };
    expect(await readContent(content)).toMatchObject({ faults: [], warnings: [] });
  });
});

describe("another name of a key", () => {
  it("is read as the key", async () => {
    const { config, warnings } = await readContent({
      provider: "deepseek",
      model: "deepseek-chat",
      temperature: 0.3,
      max_tokens: 4000,
      target_language: "hr",
      script: "default",
      translation: { providers: { llamacpp: { gpu_layers: 35, context_size: 2048, threads: 8 } } },
      distributed: { ssh_config: { timeout: 9 } },
    });
    expect(warnings).toEqual([]);
    expect(config.translation).toMatchObject({
      default_provider: "deepseek",
      default_model: "deepseek-chat",
      temperature: 0.3,
      max_tokens: 4000,
      to: "hr",
      script: "cyrillic",
    });
    const { n_gpu_layers, n_ctx, n_threads } = config.translation.providers["llamacpp"] ?? {};
    expect([n_gpu_layers, n_ctx, n_threads]).toEqual([35, 2048, 8]);
    expect(config.distributed.ssh_timeout).toBe(9);
  });

  it("gives way to the key itself, with a warning", async () => {
    const content = { provider: "openai", translation: { default_provider: "zhipu" } };
    const { config, warnings } = await readContent(content);
    expect(config.translation.default_provider).toBe("zhipu");
    expect(warnings).toEqual(["`translation.default_provider` is given twice"]);
  });
});

describe("the environment", () => {
  it("sets keys, also those of providers", async () => {
    await using dir = await tempDir();
    const { config } = await loadConfig(
      requestIn(dir, {
        environment: {
          WORKER_SSH_KEY_PATH: "/w",
          SSH_PRIVATE_KEY_PATH: "/s",
          OPENAI_API_KEY: "sk-o",
          OLLAMA_ENABLED: "true",
          OLLAMA_MODEL: "llama3:8b",
          LOG_LEVEL: "debug",
          HUGGINGFACE_TOKEN: "hf",
        },
      }),
    );
    expect(config.distributed.ssh_config.key_path).toBe("/w");
    expect(Object.keys(config.translation.providers)).toEqual(["ollama", "openai"]);
    expect(config.translation.providers["openai"]?.api_key?.reveal()).toBe("sk-o");
    expect(config.translation.providers["ollama"]).toMatchObject({
      enabled: true,
      model: "llama3:8b",
    });
    expect(config.logging.level).toBe("debug");
    expect(config.setup.huggingface_token?.reveal()).toBe("hf");
  });

  it("fails where only fbtr can be meant, and warns where another program may be", async () => {
    await using dir = await tempDir();
    const environment = { FBTR_MAX_ATTEMPTS: "many", THREADS: "auto" };
    const { faults, warnings } = await readConfig(requestIn(dir, { environment }));
    expect(faults).toEqual([
      'Expected the environment variable FBTR_MAX_ATTEMPTS (`translation.max_attempts`) to be a whole number above 0, got "many"',
    ]);
    expect(warnings).toEqual([expect.stringMatching(/ THREADS .* got "auto"; it is passed over$/)]);
  });
});

describe("rules between keys", () => {
  const worker = { name: "One", host: "one.lan", user: "ana", max_capacity: 2 };
  const withWorkers = (workers: object) => ({ distributed: { enabled: true, workers } });
  const needsKey = (key: string) =>
    `Expected \`distributed.workers.w.${key}\` to be set, because \`distributed.enabled\` is true`;

  it.each<[object, readonly string[]]>([
    [{ security: { enable_auth: true, jwt_secret: "" } }, [expect.stringContaining("jwt_secret")]],
    [{ security: { enable_auth: true, jwt_secret: "s" } }, []],
    [{ security: { enable_auth: false } }, []],
    [{ server: { tls_key_file: "" } }, [expect.stringContaining("`server.tls_key_file`")]],
    [{ server: { tls_key_file: "", enable_http3: false } }, []],
    [withWorkers({}), [expect.stringContaining("`distributed.workers`")]],
    [withWorkers({ w: worker }), []],
    [withWorkers({ w: {} }), [needsKey("host")]],
    [withWorkers({ w: { ...worker, host: "" } }), [needsKey("host")]],
    [{ distributed: { enabled: false, workers: { w: {} } } }, []],
  ])("%j gives %j", async (content, faults) => {
    expect((await readContent(content)).faults).toEqual(faults);
  });

  it("name the file", async () => {
    await using dir = await tempDir();
    const path = await put(dir, "fbtr.config.json", withWorkers({}));
    expect((await readConfig(requestIn(dir))).faults[0]).toMatch(`${path}: Expected `);
  });
});

describe("the key of a worker", () => {
  it.each(["/home/ana/.ssh/id", "-----BEGIN OPENSSH PRIVATE KEY-----\nhush"])(
    "is a path or the key itself: %j",
    async (key) => {
      const { config } = await readContent({ distributed: { workers: { w: { key_file: key } } } });
      const read = config.distributed.workers["w"]?.key_file;
      expect(typeof read === "string" ? read : read?.reveal()).toBe(key);
      expect(JSON.stringify(config)).not.toContain("hush");
    },
  );
});

it("takes names from the user as names, whatever they are", async () => {
  const content =
    '{"distributed": {"workers": {"__proto__": {"host": "a"}, "w.1": {"host": "b"}}}}';
  const { config } = await readContent(content);
  expect(Object.keys(config.distributed.workers)).toEqual(["__proto__", "w.1"]);
  expect(config.distributed.workers["w.1"]?.host).toBe("b");
  expect(({} as { host?: string }).host).toBeUndefined();
});
