import { Validator } from "@seriousme/openapi-schema-validator";
import { FormData } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { FbtrEvent } from "../../src/base/events.ts";
import { bookOf } from "../support/cli-surroundings.ts";
import { DAEMON_ANSWERS } from "../support/daemon-answers.ts";
import { eventsUntil, startDaemon, type Daemon } from "../support/daemon.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";

const BOOK = bookOf("Повесть", ["Дверь открылась.", "Вошёл старик."], ["Он сел."]);

let dir: TempDir;
let daemon: Daemon;

beforeAll(async () => {
  dir = await tempDir();
  daemon = await startDaemon(dir);
});

afterAll(async () => {
  await daemon[Symbol.asyncDispose]();
  await dir[Symbol.asyncDispose]();
});

async function posted(path: string, body: unknown) {
  const answer = await daemon.post(path, body);
  return { status: answer.status, body: await answer.json() };
}

describe("the API of the daemon", () => {
  it.each(DAEMON_ANSWERS)(
    "answers %s %s as existing clients expect",
    async (method, path, body, wanted) => {
      const answer = method === "GET" ? await daemon.fetch(path) : await daemon.post(path, body);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual(wanted);
    },
  );

  it("is described by an OpenAPI document that an independent validator takes", async () => {
    const document = (await daemon.json("/api/v1/openapi.json")) as { paths: object };
    const validator = new Validator();
    const { valid, errors } = await validator.validate(document);
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe("3.1");
    for (const [method, path] of DAEMON_ANSWERS) {
      expect(document.paths).toHaveProperty([path, method.toLowerCase()]);
    }
  });

  it("tells what is wrong with a request in one line, with a code and a hint", async () => {
    expect(await posted("/api/v1/translate/string", { text: 1 })).toEqual({
      status: 400,
      body: {
        error: "text: Invalid input: expected string, received number",
        code: "USAGE_INVALID",
        hint: "GET /api/v1/openapi.json describes every request.",
      },
    });
    expect(
      await posted("/api/v1/translate/string", { text: "Он.", provider: "nix" }),
    ).toMatchObject({
      status: 400,
      body: { code: "ENGINE_UNKNOWN", error: "there is no engine nix" },
    });
    expect(await posted("/api/v1/nothing", {})).toMatchObject({
      status: 404,
      body: { code: "NOT_FOUND" },
    });
    expect(await posted("/api/v1/translate/validate", { text: "" })).toEqual({
      status: 400,
      body: { valid: false, errors: ["text is empty"] },
    });
  });

  it("says that no worker can be used while none is configured", async () => {
    const unavailable = { status: 503, body: { error: "Distributed work not available" } };
    const text = { text: "Привет", context_hint: "greeting", session_id: "x" };
    expect(await posted("/api/v1/distributed/translate", text)).toMatchObject(unavailable);
    expect(await posted("/api/v1/distributed/workers/discover", {})).toMatchObject(unavailable);
    expect(await posted("/api/v1/distributed/workers/w/pair", {})).toMatchObject(unavailable);
  });

  it("gives back the book that was uploaded in a form, named as existing clients expect", async () => {
    const form = new FormData();
    form.set("provider", "draft");
    form.set("script", "latin");
    form.set("file", new File([BOOK], "Повесть.fb2"));
    const answer = await daemon.fetch("/api/v1/translate/fb2", {
      method: "POST",
      body: form,
    });
    expect(answer.status).toBe(200);
    const name = encodeURIComponent("Повесть_sr_draft.fb2");
    expect(answer.headers.get("content-disposition")).toContain(`filename*=UTF-8''${name}`);
    expect(await answer.text()).toContain("<p>Vrata su se otvorila.</p>");
  });

  it("takes a book, tells its events in the session of the client, and hands it out", async () => {
    const submitted = await daemon.fetch("/api/v1/jobs?name=povest.fb2&provider=draft", {
      method: "POST",
      headers: { "content-type": "application/octet-stream", "x-session-id": "mine" },
      body: BOOK,
    });
    expect(submitted.status).toBe(201);
    const { id } = (await submitted.json()) as { id: string };
    const client = daemon.webSocket("/ws?session_id=mine&since=0");
    const isDone = ({ type, data }: FbtrEvent) =>
      type === "status_update" && data.status === "done";
    const events = await eventsUntil(client, isDone);
    client.terminate();
    for (const event of events) {
      expect(event).toEqual({
        id: expect.any(String),
        type: expect.any(String),
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        session_id: "mine",
        message: expect.any(String),
        data: expect.any(Object),
      });
    }
    expect(await daemon.json("/api/v1/status/mine")).toEqual({
      session_id: "mine",
      status: "done",
      job_id: id,
    });
    const result = await daemon.fetch(`/api/v1/jobs/${id}/result`);
    expect(await result.text()).toContain("<p>Врата су се отворила.</p>");
    expect(await daemon.json(`/api/v1/jobs/${id}/report`)).toMatchObject({ flagged: [] });
    const removed = await daemon.fetch(`/api/v1/jobs/${id}`, { method: "DELETE" });
    expect(removed.status).toBe(200);
    expect((await daemon.fetch(`/api/v1/jobs/${id}`)).status).toBe(404);
  });

  it("refuses what is no book at once, and keeps nothing of it", async () => {
    const answer = await daemon.fetch("/api/v1/jobs?name=text.fb2", {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: "no book",
    });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: "BOOK_UNREADABLE" });
  });

  it("changes its configuration whole or not at all", async () => {
    const changed = await daemon.fetch("/api/v1/config", {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ "translation.max_batch_chars": 3000 }),
    });
    expect(await changed.json()).toMatchObject({
      file: dir.file("config/fbtr/config.json"),
      config: { translation: { max_batch_chars: 3000 } },
    });
    const wrong = await daemon.fetch("/api/v1/config", {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ "translation.max_batch_chars": -1, "translation.to": "hr" }),
    });
    expect(wrong.status).toBe(400);
    expect(await daemon.json("/api/v1/config")).toMatchObject({
      config: { translation: { max_batch_chars: 3000, to: "sr" } },
    });
  });
});
