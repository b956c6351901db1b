import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { systemClock } from "../../src/base/clock.ts";
import type { FbtrEvent } from "../../src/base/events.ts";
import { loadIdentity } from "../../src/transport/identity.ts";
import { PairedRoots } from "../../src/worker/paired-roots.ts";
import { PairedWorkers } from "../../src/worker/paired-workers.ts";
import { corpusMissing, corpusPath } from "../support/corpus.ts";
import { environmentIn, freePort, startDaemon } from "../support/daemon.ts";
import { pairedWith } from "../support/fleet.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";
import { cableTo } from "../support/unpluggable.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const BOOK = corpusPath("books/onegin.fb2");

/** Translates the book in `dir`; `onDone` hears how many segments are done. */
async function translate(
  dir: TempDir,
  onDone: (segments: number) => void = () => undefined,
): Promise<FbtrEvent[]> {
  const args = [MAIN, "translate", BOOK, "--output", dir.file("out.fb2"), "--json"];
  const child = spawn(process.execPath, args, {
    env: await environmentIn(dir),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  const events: FbtrEvent[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as FbtrEvent;
    events.push(event);
    if (event.type === "translation_progress") onDone(event.data.items_completed);
  }
  expect(await closed).toEqual([0, null]);
  return events;
}

/** A daemon that has paired with the root, which knows it by another port. */
async function pairedDaemon(id: string, root: TempDir) {
  const dir = await tempDir();
  const stateOf = (machine: TempDir) => machine.file("state/fbtr");
  const [own, its] = [
    await loadIdentity(stateOf(root), systemClock),
    await loadIdentity(stateOf(dir), systemClock),
  ];
  new PairedRoots(stateOf(dir)).put({
    machine: own.id,
    name: "root",
    certificates: [own.current.certificate],
    pairedAt: new Date().toISOString(),
    from: "",
  });
  const port = await freePort();
  const env = { FBTR_PEER_HOST: "127.0.0.1", FBTR_PEER_PORT: String(port) };
  const daemon = await startDaemon(dir, { env });
  const cable = await cableTo(port);
  new PairedWorkers(stateOf(root)).put(
    pairedWith(id, its.id, {
      certificates: [its.current.certificate],
      endpoints: [{ kind: "h2", host: "127.0.0.1", port: cable.port }],
    }),
  );
  return {
    daemon,
    cable,
    [Symbol.asyncDispose]: async () => {
      daemon.process.kill("SIGCONT");
      await cable[Symbol.asyncDispose]();
      await daemon[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

describe.skipIf(corpusMissing)("a book that is translated on four workers", () => {
  it("is finished and the same when one is killed, one stands still and one is unplugged", async () => {
    await using root = await tempDir();
    await using alone = await tempDir();
    await using killed = await pairedDaemon("killed", root);
    await using stopped = await pairedDaemon("stopped", root);
    await using unplugged = await pairedDaemon("unplugged", root);
    await using _sound = await pairedDaemon("sound", root);
    const ids = ["killed", "stopped", "unplugged", "sound"];
    const workers = Object.fromEntries(
      ids.map((id) => [id, { host: "127.0.0.1", user: "nobody" }]),
    );
    mkdirSync(root.file("config/fbtr"), { recursive: true });
    const config = { distributed: { enabled: true, workers } };
    writeFileSync(root.file("config/fbtr/config.json"), JSON.stringify(config));
    const faults = [
      () => killed.daemon.process.kill("SIGKILL"),
      () => stopped.daemon.process.kill("SIGSTOP"),
      () => unplugged.cable.unplug(),
    ];
    const events = await translate(root, (done) => {
      if (done > 500 * (4 - faults.length)) faults.shift()?.();
    });
    expect(faults).toHaveLength(0);
    const offline = events.flatMap((event) =>
      event.type === "distributed_worker_offline" ? [event.data.worker_id] : [],
    );
    expect(new Set(offline)).toEqual(new Set(["killed", "stopped", "unplugged"]));
    await translate(alone);
    expect(readFileSync(root.file("out.fb2")).equals(readFileSync(alone.file("out.fb2")))).toBe(
      true,
    );
  }, 120_000);
});
