import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { Releases } from "../../src/worker/provision/releases.ts";
import { hasSshd } from "../support/ssh-programs.ts";
import { startSshServer, type SshServer } from "../support/ssh-server.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";
import { jsonLines, machineIn, type Machine } from "../support/worker-machines.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
/** Session variables with which everything of fbtr goes into the folder of the machine. */
const OWN = ["HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TRANSLATOR_PORT"];

describe.skipIf(!hasSshd)("`fbtr workers provision`", () => {
  let home: TempDir;
  let bare: TempDir;
  let server: SshServer;
  let root: Machine;
  let releases: Releases;

  beforeAll(async () => {
    [home, bare] = await Promise.all([tempDir(), tempDir()]);
    // The packages that it needs stand beside it on both machines: they would take long to bring.
    for (const part of ["bin", "dist"]) {
      cpSync(join(PROJECT, part), home.file(`package/${part}`), { recursive: true });
    }
    symlinkSync(join(PROJECT, "node_modules"), home.file("node_modules"));
    releases = new Releases(bare.path);
    mkdirSync(releases.folder, { recursive: true });
    symlinkSync(join(PROJECT, "node_modules"), join(releases.folder, "node_modules"));
    const { environment } = await machineIn(bare);
    const session = [...OWN.map((name) => `${name}=${environment[name]}`), "OLLAMA_ENABLED=false"];
    const path = `PATH=${dirname(process.execPath)}:/usr/bin:/bin`;
    server = await startSshServer([`SetEnv SHLVL=2 ${path} ${session.join(" ")}`]);
    const manifest = { name: "fbtr", version: "0.2.0", type: "module", files: ["bin", "dist"] };
    writeFileSync(home.file("package/package.json"), JSON.stringify(manifest));
    root = await machineIn(home, {}, home.file("package/dist/cli/main.js"));
    mkdirSync(home.file("config/fbtr"), { recursive: true });
    const { host, port, user } = server.target;
    const distributed = {
      enabled: true,
      ssh_config: { known_hosts_path: server.knownHosts, key_path: server.key },
      workers: { bare: { host, port, user } },
    };
    const settings = home.file("config/fbtr/config.json");
    writeFileSync(settings, JSON.stringify({ distributed }), { mode: 0o600 });
  });

  afterAll(async () => {
    if (existsSync(releases.program)) {
      const { environment } = await machineIn(bare);
      execFileSync(process.execPath, [releases.program, "daemon", "stop"], { env: environment });
    }
    await server[Symbol.asyncDispose]();
    await bare[Symbol.asyncDispose]();
    await home[Symbol.asyncDispose]();
  });

  it("brings fbtr to a machine that has none and starts it, and goes back when it is told to", async () => {
    const { out, error, status } = await root.fbtr(["workers", "provision", "bare", "--json"]);
    expect({ error, status }).toEqual({ error: "", status: 0 });
    const { current = "" } = releases;
    expect(jsonLines(out)).toEqual([
      { type: "provisioned", worker_id: "bare", version: "0.2.0", release: current },
    ]);
    // Nothing is left of the way there.
    expect(readdirSync(releases.folder).sort()).toEqual([current, "current", "node_modules"]);

    const before = join(releases.folder, "0.1.9-00000000");
    cpSync(join(releases.folder, current), before, { recursive: true });
    writeFileSync(
      join(before, "package.json"),
      JSON.stringify({ version: "0.1.9", type: "module" }),
    );
    symlinkSync("0.1.9-00000000", join(releases.folder, "previous"));
    const back = await root.fbtr(["workers", "provision", "bare", "--rollback"]);
    expect(back).toMatchObject({
      status: 0,
      out: "bare has fbtr 0.1.9 now (0.1.9-00000000)\n",
    });
    const [found] = jsonLines((await root.fbtr(["workers", "discover", "--json"])).out);
    expect(found).toMatchObject({
      state: "ready",
      problem: "it has fbtr 0.1.9, this machine has 0.2.0",
      advice: "Bring it up to date with `fbtr workers provision bare`.",
    });
  }, 60_000);
});
