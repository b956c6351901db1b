import { describe, expect, it } from "vitest";

import { exampleConfig } from "../../../src/config/example.ts";
import { explain, noSuchKey } from "../../../src/config/explanation.ts";
import { fieldRows } from "../../../src/config/fields/all.ts";
import { configSchema } from "../../../src/config/json-schema.ts";
import { loadConfig, readConfig } from "../../../src/config/load.ts";
import { put, readContent, requestIn } from "../../support/configuration.ts";
import { tempDir } from "../../support/temp-dir.ts";

const keysOf = async (key: string, content: object = {}) =>
  explain(key, (await readContent(content)).values).map((explanation) => explanation.key);

describe("an explanation", () => {
  const workers = { distributed: { workers: { one: { host: "1" }, two: { host: "2" } } } };

  it.each<[string, readonly string[]]>([
    ["server.port", ["server.port"]],
    [
      "distributed.workers.<id>.host",
      ["distributed.workers.one.host", "distributed.workers.two.host"],
    ],
    [
      "distributed.workers.*.host",
      ["distributed.workers.one.host", "distributed.workers.two.host"],
    ],
    ["distributed.workers.two.host", ["distributed.workers.two.host"]],
    ["distributed.workers.three.host", ["distributed.workers.three.host"]],
    ["translation.providers.<name>.api_key", ["translation.providers.<name>.api_key"]],
    ["target_language", ["translation.to"]],
    ["server.prt", []],
    ["server.port.x", []],
  ])("of %s is of %j", async (key, keys) => {
    expect(await keysOf(key, workers)).toEqual(keys);
  });

  it("of a group is of all keys in it, of nothing of all keys", async () => {
    expect(await keysOf("distributed.workers.two.llamacpp_config", workers)).toHaveLength(5);
    expect(await keysOf("")).toEqual(fieldRows().map(({ shownAs }) => shownAs));
  });

  it("names only the variables that set this very key", async () => {
    const variables = async (key: string) =>
      explain(key, (await readContent({})).values).flatMap(({ environment }) => environment);
    expect(await variables("translation.providers.qwen.api_key")).toEqual(["QWEN_API_KEY"]);
    expect(await variables("translation.providers.other.api_key")).toEqual([]);
    expect(await variables("translation.providers.<name>.api_key")).toContain("ZHIPU_API_KEY");
  });

  it("of what is no key says what may be meant", () => {
    expect(noSuchKey("server.prt")).toMatchObject({
      code: "USAGE_INVALID",
      hint: "Did you mean server.port?",
    });
  });
});

describe("the example", () => {
  it("is a configuration that says the same as none", async () => {
    await using dir = await tempDir();
    const defaults = (await loadConfig(requestIn(dir))).config;
    await put(dir, "fbtr.config.yaml", exampleConfig());
    const { config, file, faults, warnings } = await readConfig(requestIn(dir));
    expect({ faults, warnings }).toEqual({ faults: [], warnings: [] });
    expect(file).toBeDefined();
    expect(config).toEqual(defaults);
  });

  it("holds only keys and values that are valid once they are no comments", async () => {
    await using dir = await tempDir();
    const text = exampleConfig().replaceAll(/^( *)#(?=\S)/gm, "$1");
    await put(dir, "fbtr.config.yaml", text);
    const environment = { JWT_SECRET: "hush", OPENAI_API_KEY: "sk" };
    const { values, faults, warnings } = await readConfig(requestIn(dir, { environment }));
    expect({ faults, warnings }).toEqual({ faults: [], warnings: [] });
    const set = values.filter(({ source }) => source !== "default").map(({ key }) => key);
    expect(set).toContain("distributed.workers.worker-1.max_capacity");
    expect(set).toHaveLength(text.match(/^ *[\w-]+: [^#]/gm)?.length ?? 0);
  });
});

describe("the JSON Schema", () => {
  interface Node {
    readonly properties?: Readonly<Record<string, Node>>;
    readonly additionalProperties?: Node;
    readonly deprecated?: boolean;
    readonly default?: unknown;
    readonly description?: string;
  }

  const nodeAt = (path: readonly string[]): Node | undefined => {
    let node: Node | undefined = configSchema();
    for (const part of path) {
      node = part === "*" ? node?.additionalProperties : node?.properties?.[part];
    }
    return node;
  };

  it.each(fieldRows().map((row) => [row.shownAs, row] as const))("has %s", (_, { path, field }) => {
    expect(nodeAt(path)).toMatchObject({ description: field.facts.about });
    expect(nodeAt(path)?.default).toEqual(field.default);
    for (const alias of field.facts.aliases ?? []) {
      expect(nodeAt(alias.split("."))?.deprecated).toBe(true);
    }
  });

  it("lets a number be a reference to the environment, too", () => {
    expect(nodeAt(["server", "port"])).toMatchObject({
      anyOf: [{ type: "integer", minimum: 1, maximum: 65_535 }, { type: "string" }],
    });
  });
});
