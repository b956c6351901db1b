import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:tls";

import { afterAll, beforeAll, expect, it } from "vitest";

import { systemClock } from "../../src/base/clock.ts";
import type { FbtrEvent } from "../../src/base/events.ts";
import { readRecord } from "../../src/server/life/daemon-record.ts";
import { Http2Dialer } from "../../src/transport/http2/http2-dialer.ts";
import { loadIdentity, serverNameOf, type Identity } from "../../src/transport/identity.ts";
import { PeerLink } from "../../src/transport/peer-link.ts";
import { pinOf } from "../../src/transport/pin.ts";
import type { BatchRequest } from "../../src/worker/batch-wire.ts";
import { RemoteWorker } from "../../src/worker/fleet/remote-worker.ts";
import { PairedRoots } from "../../src/worker/paired-roots.ts";
import { freePort, startDaemon, type Daemon } from "../support/daemon.ts";
import { pairedWith } from "../support/fleet.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";

/** A worker daemon in a process of its own, which has paired with `root`. */
let dir: TempDir;
let daemon: Daemon;
let port: number;
let root: Identity;
let stranger: Identity;
let worker: Identity;
let stateFolder: string;

beforeAll(async () => {
  dir = await tempDir();
  root = await loadIdentity(dir.file("root"), systemClock);
  stranger = await loadIdentity(dir.file("stranger"), systemClock);
  stateFolder = dir.file("state/fbtr");
  worker = await loadIdentity(stateFolder, systemClock);
  port = await freePort();
  const env = { FBTR_PEER_HOST: "127.0.0.1", FBTR_PEER_PORT: String(port) };
  daemon = await startDaemon(dir, { env });
  letIn(root);
});

afterAll(async () => {
  await daemon[Symbol.asyncDispose]();
  await dir[Symbol.asyncDispose]();
});

function letIn({ id, current }: Identity): void {
  new PairedRoots(stateFolder).put({
    machine: id,
    name: "root",
    certificates: [current.certificate],
    pairedAt: new Date().toISOString(),
    from: "",
  });
}

function linkAs(who: Identity, certificates = [worker.current.certificate]): PeerLink {
  const keys = { certificates, serverName: serverNameOf(worker.id) };
  const place = { host: "127.0.0.1", port };
  return new PeerLink({ dialers: [new Http2Dialer(place, { credentials: who.current, keys })] });
}

async function health(link: PeerLink): Promise<number> {
  const { signal } = new AbortController();
  const { status, body } = await link.request({ method: "GET", path: "/health", signal });
  for await (const _chunk of body);
  return status;
}

function request(...texts: string[]): BatchRequest {
  const segments = texts.map((text, index) => {
    return { index, kind: "text" as const, element: "p", section: 1, text, skip: undefined };
  });
  const batch = { id: texts.join(" "), segments };
  return { batch, engine: "draft", from: "ru", to: "sr", session: "my-book" };
}

it("listens for peers where the user says so, and through a socket", () => {
  expect(readRecord(stateFolder)?.peers).toEqual({
    socket: `${stateFolder}/peers.sock`,
    network: ["h2", "h3"].map((kind) => ({ kind, host: "127.0.0.1", port })),
  });
});

it("answers a paired machine, and says what it can do", async () => {
  await using paired = new RemoteWorker(pairedWith("w", worker.id), linkAs(root));
  expect(await paired.report(new AbortController().signal)).toMatchObject({
    machine: worker.id,
    capabilities: { providers: ["draft"], supports_batch: true },
    engines: [{ name: "draft", priority: 0, capacity: 1 }],
  });
});

it("translates a batch, and tells the root of it in the user's session", async () => {
  await using paired = new RemoteWorker(pairedWith("w", worker.id), linkAs(root));
  const end = new AbortController();
  const heard = hear(paired, end.signal);
  const answers = [];
  for await (const answer of paired.translate(request("Старый дом."), end.signal)) {
    answers.push(answer);
  }
  expect(answers).toMatchObject([{ index: 0, text: "Стара кућа." }]);
  expect(await heard).toMatchObject([
    { type: "translation_attempt", session_id: "my-book", data: { provider: "draft" } },
    { type: "translation_success", session_id: "my-book" },
  ]);
  end.abort();
});

async function hear(paired: RemoteWorker, signal: AbortSignal): Promise<FbtrEvent[]> {
  const events: FbtrEvent[] = [];
  for await (const line of paired.events(undefined, signal)) {
    if (line !== "") events.push(JSON.parse(line) as FbtrEvent);
    if (events.length === 2) break;
  }
  return events;
}

it("works once on a batch that is asked for again", async () => {
  await using paired = new RemoteWorker(pairedWith("w", worker.id), linkAs(root));
  const { signal } = new AbortController();
  const texts = [];
  for (let time = 0; time < 2; time += 1) {
    for await (const { text } of paired.translate(request("Новый дом."), signal)) texts.push(text);
  }
  expect(texts).toEqual(["Нова кућа.", "Нова кућа."]);
  const metrics = await (await daemon.fetch("/api/v1/events?since=0-0")).body?.getReader().read();
  const lines = new TextDecoder().decode(metrics?.value as Uint8Array);
  expect(lines.match(/"translation_attempt"/g)).toHaveLength(2);
});

it("cuts a machine that is not paired before it has said anything", async () => {
  await using link = linkAs(stranger);
  await expect(health(link)).rejects.toMatchObject({ code: "WORKER_REFUSED" });
  const audit = readFileSync(`${stateFolder}/audit.jsonl`, "utf8");
  expect(audit).toContain(`"ev":"peer_refused","pin":"${pinOf(stranger.current.certificate)}"`);
});

it("cuts who shows no certificate at all", async () => {
  const socket = connect({
    host: "127.0.0.1",
    port,
    rejectUnauthorized: false,
    ALPNProtocols: ["h2"],
  });
  socket.on("error", () => undefined);
  await once(socket, "close");
  expect(socket.bytesRead).toBe(0);
});

it("speaks TLS 1.3 alone", async () => {
  const socket = connect({
    host: "127.0.0.1",
    port,
    maxVersion: "TLSv1.2",
    rejectUnauthorized: false,
  });
  const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
  expect(error.code).toBe("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION");
});

it("is not asked anything when it shows another key than the pinned one", async () => {
  await using link = linkAs(root, [stranger.current.certificate]);
  await expect(health(link)).rejects.toMatchObject({ code: "WORKER_KEY_CHANGED" });
});

it("lets no paired machine change the daemon", async () => {
  await using link = linkAs(root);
  const { signal } = new AbortController();
  const headers = { "content-type": "application/json" };
  const path = "/api/v1/daemon/stop";
  const { status } = await link.request({ method: "POST", path, headers, signal });
  expect(status).toBe(403);
});

it("cuts live connections of a machine that is unpaired, and lets it in no more", async () => {
  await using link = linkAs(root);
  expect(await health(link)).toBe(200);
  const { signal } = new AbortController();
  const { body } = await link.request({ method: "GET", path: "/api/v1/events", signal });
  const reading = (async () => {
    for await (const _chunk of body);
  })();
  new PairedRoots(stateFolder).remove(root.id);
  await expect(reading).rejects.toMatchObject({ code: "WORKER_LOST" });
  await expect(health(link)).rejects.toMatchObject({ code: "WORKER_REFUSED" });
  letIn(root);
});
