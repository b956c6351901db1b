import { execFile, type ExecFileException } from "node:child_process";
import { once } from "node:events";
import { readFile, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import type { FbtrEvent } from "../../src/base/events.ts";
import { bookOf } from "../support/cli-surroundings.ts";
import { environmentIn, eventsUntil, startDaemon } from "../support/daemon.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const SLOW = fileURLToPath(new URL("../support/slow-fbtr.ts", import.meta.url));
const BOOK = bookOf("Повесть", ["Дверь открылась.", "Вошёл старик."], ["Он сел."]);

interface Run {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `fbtr` in a process of its own, with everything in `dir`. */
async function fbtr(
  dir: TempDir,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Run> {
  const options = { env: await environmentIn(dir, env), cwd: dir.path };
  return new Promise((resolve) => {
    const command = [MAIN, ...args];
    execFile(process.execPath, command, options, (error: ExecFileException | null, out, err) => {
      resolve({ status: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

/** A daemon that was started with `fbtr daemon start`; disposing stops it with `fbtr daemon stop`. */
async function started(dir: TempDir): Promise<AsyncDisposable> {
  const { status, err } = await fbtr(dir, ["daemon", "start"]);
  expect(err).toBe("");
  expect(status).toBe(0);
  return {
    [Symbol.asyncDispose]: async () => {
      await fbtr(dir, ["daemon", "stop"]);
    },
  };
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("the life of the daemon", () => {
  it("begins when it answers, is one in a folder, and ends when it is asked to", async () => {
    await using dir = await tempDir();
    expect(await fbtr(dir, ["daemon", "status"])).toMatchObject({ status: 19 });
    {
      await using _daemon = await started(dir);
      const status = await fbtr(dir, ["daemon", "status", "--json"]);
      const { pid, socket } = JSON.parse(status.out) as { pid: number; socket: string };
      expect(process.kill(pid, 0)).toBe(true);
      expect((await stat(socket)).mode & 0o777).toBe(0o600);
      const second = await fbtr(dir, ["daemon", "start"]);
      expect(second).toMatchObject({ status: 19, err: expect.stringContaining("runs already") });
      expect(await fbtr(dir, ["daemon", "stop"])).toMatchObject({ status: 0 });
      // Whoever buries it may take a while.
      await expect.poll(() => isThere(pid), { timeout: 10_000 }).toBe(false);
    }
    expect(await fbtr(dir, ["daemon", "stop"])).toMatchObject({ status: 19 });
    expect((await fbtr(dir, ["daemon", "logs"])).out).toContain("fbtr listens on");
  }, 30_000);

  it("does not begin with a configuration that is wrong, and says why", async () => {
    await using dir = await tempDir();
    await writeFile(dir.file("bad.json"), '{"translation": {"max_batch_chars": -4}}');
    const run = await fbtr(dir, ["daemon", "start"], { CONFIG_FILE: dir.file("bad.json") });
    expect(run.status).toBe(10);
    expect(run.err).toContain("`translation.max_batch_chars` to be a whole number above 0");
  }, 30_000);

  it("translates for the command line, with the bytes of a run without it", async () => {
    await using dir = await tempDir();
    await using _daemon = await started(dir);
    await writeFile(dir.file("povest.fb2"), BOOK);
    const remote = await fbtr(dir, ["translate", "--daemon", "povest.fb2", "-o", "a.fb2"]);
    expect(remote).toMatchObject({ status: 0, err: expect.stringContaining("Output      a.fb2") });
    const local = await fbtr(dir, ["translate", "povest.fb2", "-o", "b.fb2"], {
      XDG_STATE_HOME: dir.file("other"),
    });
    expect(local.status).toBe(0);
    const bytes = await readFile(dir.file("a.fb2"));
    expect(bytes.equals(await readFile(dir.file("b.fb2")))).toBe(true);
    const watched = await fbtr(dir, ["jobs", "watch", "--json", ""]);
    expect(watched.status).toBe(0);
    const types = watched.out
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).toEqual(expect.arrayContaining(["translation_started", "translation_completed"]));
  }, 30_000);

  it("writes both scripts, keeps a zip a zip, and refuses what is no book", async () => {
    await using dir = await tempDir();
    await using _daemon = await started(dir);
    await writeFile(dir.file("povest.fb2"), BOOK);
    const both = ["translate", "--daemon", "povest.fb2", "--script", "both", "-o", "k.fb2.zip"];
    expect(await fbtr(dir, both)).toMatchObject({ status: 0 });
    const head = (await readFile(dir.file("k.latin.fb2.zip"))).subarray(0, 2).toString();
    expect(head).toBe("PK");
    await writeFile(dir.file("text.fb2"), "no book");
    const text = await fbtr(dir, ["translate", "--daemon", "text.fb2"]);
    expect(text.status).toBe(11);
  }, 30_000);

  it("drains on SIGTERM: what is begun is saved, and goes on in the next one", async () => {
    await using dir = await tempDir();
    const paragraphs = Array.from({ length: 300 }, (_, number) => `Он сел ${number}.`);
    const env = { SEGMENT_MS: "15" };
    let id: string;
    {
      const daemon = await startDaemon(dir, { main: SLOW, env });
      const answer = await daemon.fetch("/api/v1/jobs?name=long.fb2", {
        method: "POST",
        headers: { "content-type": "application/octet-stream" },
        body: bookOf("Роман", paragraphs),
      });
      ({ id } = (await answer.json()) as { id: string });
      const client = daemon.webSocket(`/ws?session_id=${id}&since=0`);
      await eventsUntil(client, ({ type }) => type === "translation_progress");
      const closed = once(client, "close");
      expect(await daemon.kill("SIGTERM")).toBe(0);
      expect(((await closed) as [number])[0]).toBe(1001);
    }
    await using daemon = await startDaemon(dir, { main: SLOW, env });
    const isEnd = ({ type, data }: FbtrEvent) => type === "status_update" && data.status === "done";
    const client = daemon.webSocket(`/ws?session_id=${id}&since=0`);
    const events = await eventsUntil(client, isEnd);
    client.terminate();
    const resumed = events.flatMap((event) =>
      event.type === "translation_started" ? [event.data.items_resumed] : [],
    );
    expect(resumed[0]).toBe(0);
    expect(resumed.at(-1)).toBeGreaterThan(0);
  }, 60_000);

  it("ends at once on a second signal, and the book is not lost", async () => {
    await using dir = await tempDir();
    const env = { SEGMENT_MS: "500" };
    const daemon = await startDaemon(dir, { main: SLOW, env });
    const answer = await daemon.fetch("/api/v1/jobs?name=long.fb2", {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: bookOf(
        "Роман",
        Array.from({ length: 40 }, (_, number) => `Он сел ${number}.`),
      ),
    });
    const { id } = (await answer.json()) as { id: string };
    const client = daemon.webSocket(`/ws?session_id=${id}&since=0`);
    await eventsUntil(client, ({ type }) => type === "translation_started");
    daemon.process.kill("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 1200));
    const began = performance.now();
    await daemon.kill("SIGTERM");
    expect(performance.now() - began).toBeLessThan(5000);
    await using next = await startDaemon(dir, { main: SLOW, env: { SEGMENT_MS: "1" } });
    const again = next.webSocket(`/ws?session_id=${id}&since=0`);
    const isEnd = ({ type, data }: FbtrEvent) => type === "status_update" && data.status === "done";
    expect((await eventsUntil(again, isEnd)).length).toBeGreaterThan(0);
    again.terminate();
  }, 60_000);

  it("reads its configuration anew on SIGHUP, and keeps the old one if that is wrong", async () => {
    await using dir = await tempDir();
    const path = dir.file("fbtr.config.json");
    await writeFile(path, '{"translation": {"max_batch_chars": 3000}}');
    await using daemon = await startDaemon(dir);
    const chars = async () => {
      const { config } = (await daemon.json("/api/v1/config")) as {
        config: { translation: { max_batch_chars: number } };
      };
      return config.translation.max_batch_chars;
    };
    await writeFile(path, '{"translation": {"max_batch_chars": 2000}}');
    daemon.process.kill("SIGHUP");
    await expect.poll(chars, { timeout: 5000 }).toBe(2000);
    await writeFile(path, '{"translation": {"max_batch_chars": -1}}');
    const audit = dir.file("state/fbtr/audit.jsonl");
    daemon.process.kill("SIGHUP");
    await expect
      .poll(() => readFile(audit, "utf8"), { timeout: 5000 })
      .toContain("config_reloaded_refused");
    expect(await chars()).toBe(2000);
  }, 30_000);
});
