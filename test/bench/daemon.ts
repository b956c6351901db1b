import { spawn } from "node:child_process";
import { on, once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { Pool } from "undici";
import { WebSocket } from "ws";

import { startDaemon } from "../support/daemon.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";
import { median, type Measurement } from "./measurement.ts";
import { TEXT, TRANSLATION } from "./texts.ts";

const CONNECTIONS = 16;
const ROUND_MS = 1000;
/** Until all code of a request has been compiled for good, which takes some ten thousand of them. */
const WARM_UP_ROUNDS = 8;
const ROUNDS = 7;
const READERS = 100;
/** Each is two events: it is tried, it is done. */
const TEXTS_FOR_READERS = 300;

const scriptOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** How one second of asking went. */
interface Round {
  readonly perSecond: number;
  readonly p99Ms: number;
}

/**
 * Texts of one sentence through a daemon whose engine needs no time, against a handler of Hono that
 * does nothing, asked in turns by the same client; then events to many readers.
 */
export async function measureDaemon(): Promise<Measurement[]> {
  await using dir = await tempDir();
  await using daemon = await startInstantDaemon(dir);
  await using bare = await startBareServer();
  const { ours, bares } = await roundsInTurns(daemon.address, bare.address);
  const events = await eventsPerSecond(daemon.address);
  return [
    {
      name: "texts a second through the daemon against bare Hono",
      value: medianOf(ours, "perSecond") / medianOf(bares, "perSecond"),
      unit: "times",
      atLeast: 0.4,
    },
    { name: "texts a second through the daemon", value: medianOf(ours, "perSecond"), unit: "/s" },
    { name: "requests a second to bare Hono", value: medianOf(bares, "perSecond"), unit: "/s" },
    { name: "a text through the daemon, p99", value: medianOf(ours, "p99Ms"), unit: "ms" },
    { name: "a request to bare Hono, p99", value: medianOf(bares, "p99Ms"), unit: "ms" },
    { name: `events a second to ${READERS} readers`, value: events, unit: "/s", atLeast: 100 },
  ];
}

function medianOf(rounds: readonly Round[], key: keyof Round): number {
  return median(rounds.map((round) => round[key]));
}

async function startInstantDaemon(dir: TempDir) {
  const config = { security: { enable_auth: false, rate_limit_rps: 0 } };
  await writeFile(dir.file("config.json"), JSON.stringify(config));
  const env = { CONFIG_FILE: dir.file("config.json") };
  return startDaemon(dir, { main: scriptOf("instant-fbtr.ts"), env });
}

async function startBareServer() {
  const child = spawn(process.execPath, [scriptOf("bare-server.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [address] = (await once(createInterface(child.stdout), "line")) as [string];
  const end = async () => {
    child.kill();
    await once(child, "exit");
  };
  return { address, [Symbol.asyncDispose]: end };
}

/** They take turns, so that a slow minute of the machine meets both. */
async function roundsInTurns(daemon: string, bare: string) {
  const ours: Round[] = [];
  const bares: Round[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    const own = await askForAWhile(daemon);
    const other = await askForAWhile(bare);
    if (round >= 0) ours.push(own);
    if (round >= 0) bares.push(other);
  }
  return { ours, bares };
}

async function askForAWhile(address: string): Promise<Round> {
  const pool = new Pool(address, { connections: CONNECTIONS, pipelining: 1 });
  const times: number[] = [];
  const began = performance.now();
  const askInTurn = async () => {
    while (performance.now() - began < ROUND_MS) {
      const asked = performance.now();
      await askOnce(pool);
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, askInTurn));
  const seconds = (performance.now() - began) / 1000;
  await pool.close();
  times.sort((a, b) => a - b);
  return {
    perSecond: times.length / seconds,
    p99Ms: times[Math.floor(times.length * 0.99)] ?? Number.NaN,
  };
}

async function askOnce(pool: Pool): Promise<void> {
  const { statusCode, body } = await pool.request({
    method: "POST",
    path: "/api/v1/translate/string",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text: TEXT }),
  });
  const answer = await body.text();
  const isRight = statusCode === 200 && answer.includes(TRANSLATION);
  if (!isRight) throw new Error(`answered ${statusCode}: ${answer}`);
}

/** How many events a second come out of the daemon while every one of them goes to all readers. */
async function eventsPerSecond(address: string): Promise<number> {
  const url = `${address.replace("http", "ws")}/ws`;
  const clients = Array.from({ length: READERS }, () => new WebSocket(url));
  await Promise.all(clients.map((client) => once(client, "open")));
  const expected = 2 * TEXTS_FOR_READERS;
  const heard = clients.map(async (client) => {
    let count = 0;
    for await (const _ of on(client, "message")) {
      count += 1;
      if (count === expected) return;
    }
  });
  const pool = new Pool(address, { connections: CONNECTIONS, pipelining: 1 });
  const began = performance.now();
  let left = TEXTS_FOR_READERS;
  const askInTurn = async () => {
    while (left > 0) {
      left -= 1;
      await askOnce(pool);
    }
  };
  await Promise.all([...heard, ...Array.from({ length: CONNECTIONS }, askInTurn)]);
  const seconds = (performance.now() - began) / 1000;
  for (const client of clients) client.terminate();
  await pool.close();
  return expected / seconds;
}
