import { chmod, mkdir } from "node:fs/promises";
import { resolve } from "node:path";

import { describe, expect, it } from "vitest";

import { loadConfig, readConfig, type ConfigRequest } from "../../../src/config/load.ts";
import { put, readContent, requestIn } from "../../support/configuration.ts";
import { tempDir } from "../../support/temp-dir.ts";

const portOf = async (request: ConfigRequest) => (await loadConfig(request)).config.server.port;

describe("the configuration file", () => {
  it("may be missing: then everything has its default", async () => {
    await using dir = await tempDir();
    const { config, file, warnings } = await loadConfig(requestIn(dir));
    expect({ file, warnings }).toEqual({ file: undefined, warnings: [] });
    expect(config.server).toEqual({
      host: "0.0.0.0",
      port: 8443,
      peer_host: undefined,
      peer_port: 8444,
      enable_http3: true,
      tls_cert_file: "certs/server.crt",
      tls_key_file: "certs/server.key",
      read_timeout: 30,
      write_timeout: 30,
      max_upload_size: 104_857_600,
    });
    expect(config.distributed).toMatchObject({
      enabled: false,
      workers: {},
      ssh_timeout: 30,
      ssh_max_retries: 3,
      health_check_interval: 30,
      max_remote_instances: 20,
    });
  });

  it.each([
    ["fbtr.config.json", '{"server": {"port": 1}}'],
    ["fbtr.config.yaml", "server:\n  port: 1 # one"],
    ["fbtr.config.yml", "server: { port: 1 }"],
    ["fbtr.config.ts", "const port: number = 1;\nexport default { server: { port } };"],
    ["fbtr.config.js", "export default { server: { port: 1 } };"],
    [".fbtrrc", "server:\n  port: 1"],
    [".fbtrrc", '{"server": {"port": ${NONE:-1}}}'],
    ["user/config.json", '{"server": {"port": 1}}'],
    ["user/config.yaml", "server:\n  port: 1"],
    ["user/config.yml", "server:\n  port: 1"],
  ])("is found as %s", async (name, content) => {
    await using dir = await tempDir();
    const path = await put(dir, name, content);
    const { config, file } = await loadConfig(requestIn(dir));
    expect({ port: config.server.port, file }).toEqual({ port: 1, file: path });
  });

  it("is taken from the command line, the environment, the folder, the user, in this order", async () => {
    await using dir = await tempDir();
    await put(dir, "user/config.json", { server: { port: 5 } });
    expect(await portOf(requestIn(dir))).toBe(5);
    await put(dir, "fbtr.config.json", { server: { port: 4 } });
    expect(await portOf(requestIn(dir))).toBe(4);
    await put(dir, "three.json", { server: { port: 3 } });
    const third = { TRANSLATOR_CONFIG: "three.json" };
    expect(await portOf(requestIn(dir, { environment: third }))).toBe(3);
    await put(dir, "two.conf", { server: { port: 2 } });
    const environment = { ...third, CONFIG_FILE: "two.conf" };
    expect(await portOf(requestIn(dir, { environment }))).toBe(2);
    await put(dir, "one.yaml", "server: { port: 1 }");
    expect(await portOf(requestIn(dir, { environment, path: "one.yaml" }))).toBe(1);
  });

  it("is not looked for above the current folder", async () => {
    await using dir = await tempDir();
    await put(dir, "fbtr.config.json", { server: { port: 4 } });
    await mkdir(dir.file("below"));
    expect(await portOf(requestIn(dir, { cwd: dir.file("below") }))).toBe(8443);
  });

  it.each([
    ["none.json", "there is no such file"],
    [".", "it is a folder"],
  ])("must be there if it is named: %s", async (path, says) => {
    await using dir = await tempDir();
    await expect(loadConfig(requestIn(dir, { path }))).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      verdict: { exit: 10 },
      message: `${resolve(dir.path, path)}: ${says}`,
    });
  });

  it.each([
    ["json", '{\n"server": {"port": 1},\n"api_key" "sk-hush"}', "line 3: is no valid JSON"],
    ["yaml", 'server:\n  port: 1\napi_key: "sk-hush" "sk-hush"\n', /line 3: .+/],
    ["ts", "export default {\n", /.+/],
  ])(
    "in damaged %s is told by its line, never by what stands there",
    async (type, content, says) => {
      await using dir = await tempDir();
      const path = await put(dir, `fbtr.config.${type}`, content);
      const { faults } = await readConfig(requestIn(dir));
      expect(faults).toHaveLength(1);
      expect(faults[0]?.startsWith(`${path}: `)).toBe(true);
      expect(faults[0]).toMatch(says);
      expect(faults[0]).not.toMatch(/hush|\n/);
    },
  );

  it.each([["[1]"], ['"text"'], ["5"]])("must hold keys: %s does not", async (content) => {
    expect((await readContent(content)).faults).toEqual([
      "Expected keys and values, such as a JSON object",
    ]);
  });

  it.each([[""], ["{}"], ["null"], ['{"server": null, "logging": {"level": null}}']])(
    "may say nothing: %j",
    async (content) => {
      const { config, faults, warnings } = await readContent(content);
      expect({ faults, warnings }).toEqual({ faults: [], warnings: [] });
      expect(config.logging.level).toBe("info");
    },
  );
});

describe.skipIf(process.platform === "win32")("a file that others may read", () => {
  async function warningsFor(content: string, mode: number) {
    await using dir = await tempDir();
    const path = await put(dir, "fbtr.config.yaml", content);
    await chmod(path, mode);
    const environment = { JWT: "hush" };
    return (await loadConfig(requestIn(dir, { environment }))).warnings;
  }

  it("is warned of if a secret is in it", async () => {
    const [warning, ...others] = await warningsFor("security: { jwt_secret: hush }", 0o640);
    expect(warning).toContain("`security.jwt_secret` in it is secret; run chmod 600 on it");
    expect(others).toEqual([]);
  });

  it("is fine if the secret is in the environment, or nobody else may read it", async () => {
    expect(await warningsFor('security: { jwt_secret: "${JWT}" } # hush', 0o644)).toEqual([]);
    expect(await warningsFor("security: { jwt_secret: hush }", 0o600)).toEqual([]);
    expect(await warningsFor("server: { port: 1 }", 0o644)).toEqual([]);
  });
});
