import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { FbtrEvent } from "../../src/base/events.ts";
import { eventsUntil, startDaemon } from "../support/daemon.ts";
import { hasSshd } from "../support/ssh-programs.ts";
import {
  generateKey,
  knownHostsLine,
  startSshServer,
  type SshServer,
} from "../support/ssh-server.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";
import { configure, jsonLines, machineIn, type Machine } from "../support/worker-machines.ts";

const BOOK = fileURLToPath(new URL("../../examples/vechernij-poezd.fb2", import.meta.url));

describe.skipIf(!hasSshd)("workers behind a real SSH server", { timeout: 60_000 }, () => {
  const dirs: TempDir[] = [];
  let server: SshServer;
  let a: Machine;
  let b: Machine;

  async function machine(more: NodeJS.ProcessEnv = {}): Promise<Machine> {
    const dir = await tempDir();
    dirs.push(dir);
    return machineIn(dir, more);
  }

  /** A root of its own, whose configuration names workers. */
  async function rootOf(workers: Record<string, Machine>, more: object = {}): Promise<Machine> {
    const root = await machine();
    configure(root, server, workers, more);
    return root;
  }

  beforeAll(async () => {
    server = await startSshServer();
    [a, b] = await Promise.all([machine(), machine()]);
    await Promise.all([a.fbtr(["daemon", "start"]), b.fbtr(["daemon", "start"])]);
  });

  afterAll(async () => {
    await Promise.all([a, b].map((one) => one.fbtr(["daemon", "stop"])));
    await server[Symbol.asyncDispose]();
    for (const dir of dirs) await dir[Symbol.asyncDispose]();
  });

  it("tells of each what it has found, and what to do", async () => {
    const asleep = await machine();
    const bare = await machine();
    const root = await rootOf({ a, asleep, bare });
    rmSync(bare.dir.file("fbtr"));
    const { out, status } = await root.quickly(["workers", "discover", "--json"]);
    expect(status).toBe(0);
    expect(jsonLines(out)).toMatchObject([
      {
        worker_id: "a",
        state: "ready",
        paired: false,
        version: "0.1.0",
        capabilities: { providers: ["draft"] },
        advice: "Pair with `fbtr workers pair a`.",
      },
      {
        worker_id: "asleep",
        state: "daemon down",
        advice: "Start it with `fbtr workers discover asleep --start`.",
      },
      { worker_id: "bare", state: "no fbtr", problem: "there is no fbtr on 127.0.0.1" },
    ]);
  });

  it("says where no SSH server answers", async () => {
    const root = await rootOf({}, { enabled: false });
    const add = ["workers", "add", "gone", "127.0.0.1:9"];
    expect(await root.quickly(add)).toMatchObject({ status: 0 });
    const { out, status } = await root.quickly(["workers", "discover"]);
    expect(status).toBe(20);
    expect(out).toContain("gone: no ssh: 127.0.0.1:9 cannot be reached");
  });

  it("refuses a host whose key is not known without the user's word, and takes it with it", async () => {
    const root = await rootOf({ a });
    const config = JSON.parse(readFileSync(root.dir.file("config/fbtr/config.json"), "utf8")) as {
      distributed: { ssh_config: object };
    };
    config.distributed.ssh_config = { known_hosts_path: root.dir.file("known_hosts") };
    writeFileSync(root.dir.file("config/fbtr/config.json"), JSON.stringify(config));
    const refused = await root.quickly(["workers", "pair", "a"]);
    expect(refused.status).toBe(23);
    expect(refused.error).toMatch(/the key of 127\.0\.0\.1:\d+ is not known: ED25519 SHA256:/);
    expect(await root.quickly(["workers", "pair", "a", "--accept-new"])).toMatchObject({
      status: 0,
    });
    // From now on it is known.
    expect(await root.quickly(["workers", "discover"])).toMatchObject({ status: 0 });
  });

  it("refuses a host whose key has changed, with both fingerprints", async () => {
    const root = await rootOf({ a });
    const other = generateKey(root.dir, "other_host", "ed25519");
    const line = knownHostsLine(server.port, readFileSync(`${other}.pub`, "utf8"));
    writeFileSync(root.dir.file("known_hosts"), line);
    configure(root, { ...server, knownHosts: root.dir.file("known_hosts") }, { a });
    const { out } = await root.quickly(["workers", "discover"]);
    expect(out).toMatch(/a: host changed: .* it shows ED25519 SHA256:\S+, known is .*SHA256:\S+/);
    const pairing = await root.quickly(["workers", "pair", "a", "--accept-new"]);
    expect(pairing.status).toBe(23);
  });

  it("pairs, shows how the worker is reached, translates on it, and unpairs", async () => {
    const root = await rootOf({ a });
    const paired = await root.quickly(["workers", "pair", "a", "--json"]);
    expect(jsonLines(paired.out)).toMatchObject([{ type: "paired", ways: ["tunnel"] }]);
    const shown = await root.quickly(["workers", "show", "a", "--json"]);
    const [facts] = jsonLines(shown.out);
    expect(facts).toMatchObject({ status: "paired", transport: "tunnel", version: "0.1.0" });
    const tried = await root.quickly(["workers", "test", "a"]);
    expect(tried.out).toMatch(/^draft \(tunnel, \d+ ms\): Врата су се отворила/);
    // What was known before the end of the pairing is worth nothing afterwards.
    const path = root.dir.file("state/fbtr/paired-workers.json");
    copyFileSync(path, root.dir.file("kept.json"));
    expect((await root.quickly(["workers", "unpair", "a"])).out).toBe("Unpaired from a\n");
    copyFileSync(root.dir.file("kept.json"), path);
    const [after] = jsonLines((await root.quickly(["workers", "list", "--json"])).out);
    expect(after).toMatchObject({
      status: "offline",
      error: "the machine does not know us (any more)",
    });
  });

  it("changes its key: the new one is let in, the old one no longer", async () => {
    const root = await rootOf({ a });
    await root.quickly(["workers", "pair", "a"]);
    const path = root.dir.file("state/fbtr/identity.json");
    copyFileSync(path, root.dir.file("old.json"));
    expect(await root.quickly(["workers", "rotate"])).toMatchObject({
      status: 0,
      out: "The new key is in use\n",
    });
    expect((await root.quickly(["workers", "list"])).out).toMatch(/^a +paired/m);
    copyFileSync(root.dir.file("old.json"), path);
    expect((await root.quickly(["workers", "list"])).out).toMatch(/^a +offline/m);
  });

  it("gives no work to a drained worker", async () => {
    const root = await rootOf({ a });
    await root.quickly(["workers", "pair", "a"]);
    await root.quickly(["workers", "drain", "a"]);
    expect((await root.quickly(["workers", "list"])).out).toMatch(/^a +drained/m);
    await root.quickly(["workers", "drain", "a", "--undo"]);
    expect((await root.quickly(["workers", "list"])).out).toMatch(/^a +paired/m);
  });

  it("finds, pairs and uses all workers for `fbtr translate` alone; the book is the same", async () => {
    const alone = await machine();
    const root = await rootOf({ a, b });
    const output = root.dir.file("out.fb2");
    const args = ["translate", BOOK, "--output", output, "--json"];
    const [{ out, status }] = await Promise.all([
      root.quickly(args),
      alone.fbtr(["translate", BOOK, "--output", alone.dir.file("out.fb2"), "--quiet"]),
    ]);
    expect(status).toBe(0);
    expect(readFileSync(output, "utf8")).toBe(readFileSync(alone.dir.file("out.fb2"), "utf8"));
    const events = jsonLines(out) as unknown as FbtrEvent[];
    const workers = events.flatMap((event) =>
      event.type === "distributed_translation_success" ? [event.data.worker_id] : [],
    );
    expect(new Set(workers)).toEqual(new Set(["a", "b"]));
    // What the workers say of it is told here, too, with their names.
    const own = events.filter((event) => event.type === "translation_success");
    expect(own.map(({ data }) => "worker_id" in data)).toContain(true);
  });

  it("is driven over the API by the calls of the mission", async () => {
    const root = await rootOf({ "worker-1": a });
    await using daemon = await startDaemon(root.dir, { env: root.environment });
    const events = eventsUntil(
      daemon.webSocket("/ws?session_id=user-session-123"),
      ({ type }) => type === "distributed_worker_unpaired",
    );
    const discovered = await daemon.post("/api/v1/distributed/workers/discover", {});
    expect(await discovered.json()).toMatchObject({ message: "Worker discovery completed" });
    expect(await daemon.json("/api/v1/distributed/status")).toMatchObject({
      initialized: true,
      enabled: true,
      workers: { "worker-1": { name: "Machine worker-1", enabled: true, status: "paired" } },
      active_connections: 1,
      remote_instances: 2,
      paired_workers: 1,
    });
    const request = {
      text: "Старый дом.",
      context_hint: "greeting",
      session_id: "user-session-123",
    };
    const translated = await daemon.post("/api/v1/distributed/translate", request);
    expect(await translated.json()).toEqual({
      translated_text: "Стара кућа.",
      session_id: "user-session-123",
    });
    const unpaired = await daemon.fetch("/api/v1/distributed/workers/worker-1/pair", {
      method: "DELETE",
      headers: { "content-type": "application/json" },
    });
    expect(await unpaired.json()).toEqual({ message: "Worker worker-1 unpaired" });
    expect(await events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: "distributed_worker_discovered", session_id: "system" }),
        expect.objectContaining({ type: "distributed_worker_paired", session_id: "system" }),
        expect.objectContaining({
          type: "distributed_translation_attempt",
          session_id: "user-session-123",
          message: "Attempting distributed translation with worker-1/draft",
          data: expect.objectContaining({
            instance_id: "worker-1/draft",
            worker_id: "worker-1",
          }) as object,
        }),
      ]),
    );
    const paired = await daemon.post("/api/v1/distributed/workers/worker-1/pair", {});
    expect(await paired.json()).toEqual({ message: "Worker worker-1 paired" });
  });

  it("adds a worker by the mission's own call, and refuses one that it must not reach", async () => {
    const root = await rootOf({ a });
    await using daemon = await startDaemon(root.dir, { env: root.environment });
    const worker = {
      id: "new-worker",
      name: "New GPU Worker",
      host: "127.0.0.1",
      port: 22,
      user: "translator",
      max_capacity: 20,
      tags: ["gpu", "high-memory"],
    };
    const added = await daemon.post("/api/v1/distributed/workers", worker);
    expect(added.status).toBe(201);
    expect(await daemon.json("/api/v1/distributed/status")).toMatchObject({
      workers: { "new-worker": { name: "New GPU Worker", status: "configured", capacity: 20 } },
    });
    expect((await daemon.post("/api/v1/distributed/workers", worker)).status).toBe(409);
    const metadata = { ...worker, id: "evil", host: "169.254.169.254" };
    expect((await daemon.post("/api/v1/distributed/workers", metadata)).status).toBe(403);
  });
});
