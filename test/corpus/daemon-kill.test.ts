import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

import type { FbtrEvent } from "../../src/base/events.ts";
import { corpusMissing, corpusPath } from "../support/corpus.ts";
import { eventsUntil, startDaemon, type Daemon } from "../support/daemon.ts";
import { tempDir } from "../support/temp-dir.ts";

const isEnd = ({ type, data }: FbtrEvent) =>
  type === "status_update" && ["done", "incomplete", "failed"].includes(data.status);

const statusOf = (event: FbtrEvent | undefined) =>
  event?.type === "status_update" ? event.data.status : undefined;

/** Hands the book to the daemon; returns the id of the job. */
async function submit(daemon: Daemon, book: Buffer): Promise<string> {
  const answer = await daemon.fetch("/api/v1/jobs?name=voskresenie.fb2", {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: book,
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

/** Watches a job from `since` on; kills the daemon after some milliseconds if told to. */
async function watch(daemon: Daemon, job: string, since: string, killAfterMs?: number) {
  const client = daemon.webSocket(`/ws?session_id=${job}&since=${since}`);
  const timer =
    killAfterMs === undefined
      ? undefined
      : setTimeout(() => daemon.process.kill("SIGKILL"), killAfterMs);
  const events = await eventsUntil(client, isEnd);
  clearTimeout(timer);
  client.terminate();
  return events;
}

describe.skipIf(corpusMissing)("a novel that was handed to the daemon", () => {
  it("survives five kills: the same bytes, and a watcher who comes back hears each event once", async () => {
    await using dir = await tempDir();
    await using other = await tempDir();
    const book = await readFile(corpusPath("books/voskresenie.fb2"));
    const heard: FbtrEvent[] = [];
    let job: string | undefined;
    for (let kill = 0; kill < 5; kill += 1) {
      const daemon = await startDaemon(dir);
      job ??= await submit(daemon, book);
      const moment = 300 + Math.random() * 900;
      heard.push(...(await watch(daemon, job, heard.at(-1)?.id ?? "0", moment)));
      await daemon.kill("SIGKILL");
      expect(heard.some(isEnd), `killed after ${moment} ms`).toBe(false);
    }
    await using daemon = await startDaemon(dir);
    heard.push(...(await watch(daemon, job ?? "", heard.at(-1)?.id ?? "0")));
    const all = await eventsUntil(daemon.webSocket(`/ws?session_id=${job}&since=0`), isEnd);
    expect(heard.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    const killed = Buffer.from(await (await daemon.fetch(`/api/v1/jobs/${job}/result`)).bytes());
    await using undisturbed = await startDaemon(other);
    const twin = await submit(undisturbed, book);
    const [end] = (await watch(undisturbed, twin, "0")).slice(-1);
    expect(["done", "incomplete"]).toContain(statusOf(end));
    expect(statusOf(heard.at(-1))).toBe(statusOf(end));
    const whole = await (await undisturbed.fetch(`/api/v1/jobs/${twin}/result`)).bytes();
    expect(killed.equals(whole)).toBe(true);
  }, 120_000);
});
