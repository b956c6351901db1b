import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { expect, it } from "vitest";

import { localDaemon } from "../../../src/client/daemon-address.ts";
import { DaemonClient } from "../../../src/client/daemon-client.ts";
import { watchJob } from "../../../src/client/job-watch.ts";
import { allOf } from "../../support/collecting.ts";
import { tempDir } from "../../support/temp-dir.ts";

const event = (id: string, session: string, status: string) =>
  `${JSON.stringify({ id, type: "status_update", session_id: session, data: { status } })}\n`;

/** A daemon that gives these answers one after the other, and then none; it notes what is asked. */
async function scripted(socket: string, answers: readonly ((response: ServerResponse) => void)[]) {
  const asked: (string | null)[] = [];
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "", "http://daemon");
    asked.push(searchParams.get("since"));
    const answer = answers[asked.length - 1];
    if (answer === undefined) response.destroy();
    else answer(response);
  });
  await once(server.listen(socket), "listening");
  const client = new DaemonClient(
    localDaemon({
      pid: 1,
      version: "1",
      startedAt: "",
      socket,
      addresses: [],
      peers: { socket: "", network: [] },
    }),
  );
  return {
    asked,
    client,
    [Symbol.asyncDispose]: async () => {
      await client[Symbol.asyncDispose]();
      server.closeAllConnections();
      server.close();
    },
  };
}

it("a book is watched to its end over connections that break, each event once", async () => {
  await using dir = await tempDir();
  await using daemon = await scripted(dir.file("d.sock"), [
    (response) => {
      response.write(event("1", "s", "queued"));
      response.write(event("2", "system", "done"));
      response.write('{"id":"3","type":"sta', () => response.destroy());
    },
    (response) => response.destroy(),
    (response) => response.end(event("3", "s", "running")),
    (response) => response.end(event("4", "s", "done") + event("5", "s", "queued")),
  ]);
  const watched = watchJob(daemon.client, "s", new AbortController().signal);
  const events = await allOf(watched);
  expect(events.map(({ id }) => id)).toEqual(["1", "3", "4"]);
  expect(daemon.asked).toEqual(["0", "2", "2", "3"]);
});

it("what the daemon refuses is not asked again", async () => {
  await using dir = await tempDir();
  const refusal = JSON.stringify({ error: "a token is needed", code: "AUTH_REQUIRED" });
  await using daemon = await scripted(dir.file("d.sock"), [
    (response) => response.writeHead(401).end(refusal),
  ]);
  const watched = watchJob(daemon.client, "s", new AbortController().signal);
  await expect(allOf(watched)).rejects.toMatchObject({ code: "AUTH_REQUIRED" });
  expect(daemon.asked).toEqual(["0"]);
});

it("watching ends when the watcher leaves, with their reason", async () => {
  await using dir = await tempDir();
  await using daemon = await scripted(dir.file("d.sock"), [
    (response) => response.write(event("1", "s", "running")),
  ]);
  const leaving = new AbortController();
  const watched = watchJob(daemon.client, "s", leaving.signal);
  expect((await watched.next()).value?.id).toBe("1");
  leaving.abort(new Error("enough"));
  await expect(watched.next()).rejects.toThrow("enough");
});
