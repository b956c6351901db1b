import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { describe, expect, it, vi } from "vitest";

import type { FbtrError } from "../../../../src/base/errors.ts";
import type { ChatModel } from "../../../../src/engine/models/chat-model.ts";
import { qwenCredentialFiles } from "../../../../src/engine/providers/qwen-credentials.ts";
import { openByLogin, QWEN_BY_LOGIN } from "../../../../src/engine/providers/qwen-oauth.ts";
import { startHttpServer } from "../../../support/http-server.ts";
import { startModelServer } from "../../../support/model-server/model-server.ts";
import { EMPTY_MACHINE } from "../../../support/provider-surroundings.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const NOW = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;
const CLOCK = { now: () => NOW, elapsed: () => NOW };

type Answer = readonly [status: number, body: unknown];

/** A token endpoint that counts who asks it, and with what. */
async function startTokens(tokensFor: (refreshToken: string) => Answer) {
  const asked: URLSearchParams[] = [];
  const server = await startHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      asked.push(form);
      const [status, body] = tokensFor(form.get("refresh_token") ?? "");
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    });
  });
  return {
    asked,
    endpoint: { url: `${server.url}/token`, clientId: "client", clientSecret: "s" },
    [Symbol.asyncDispose]: server[Symbol.asyncDispose],
  };
}

const NEW_TOKENS = { access_token: "access-2", refresh_token: "refresh-2", expires_in: 3600 };

async function answerOf(model: ChatModel): Promise<string> {
  let text = "";
  const request = { instructions: "Преведи.", prompt: "Дом.", maxOutputTokens: 9 };
  for await (const event of model.stream(request, new AbortController().signal)) {
    if (event.type === "text") text += event.text;
  }
  return text;
}

/** A login in a file, a Qwen that takes the tokens of `keys`, and a token endpoint. */
async function surroundings({
  keys = ["access-2"],
  expiry = NOW + HOUR_MS,
  tokens = () => [200, NEW_TOKENS] as Answer,
}: {
  keys?: string[];
  expiry?: number;
  tokens?: (refreshToken: string) => Answer;
} = {}) {
  const stack = new AsyncDisposableStack();
  const dir = stack.use(await tempDir());
  const file = dir.file("oauth_creds.json");
  const qwen = stack.use(await startModelServer({ answer: () => "Кућа.", keys }));
  const endpoint = stack.use(await startTokens(tokens));
  const login = {
    access_token: "access-1",
    refresh_token: "refresh-1",
    resource_url: qwen.url,
    expiry_date: expiry,
    token_type: "Bearer",
  };
  await writeFile(file, JSON.stringify(login), { mode: 0o644 });
  const files = [dir.file("absent.json"), file];
  const model = stack.use(
    await openByLogin({ files, endpoint: endpoint.endpoint, clock: CLOCK }, "qwen"),
  );
  return { dir, file, qwen, model, asked: endpoint.asked, stack };
}

const savedIn = async (file: string) =>
  JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;

describe("Qwen by the login of another program", () => {
  it("looks where the login is kept, and says what to do without one", async () => {
    expect(qwenCredentialFiles("/home/ana").map((path) => path.replaceAll("\\", "/"))).toEqual([
      "/home/ana/.translator/qwen_credentials.json",
      "/home/ana/.qwen/oauth_creds.json",
    ]);
    await using dir = await tempDir();
    const endpoint = { url: "http://127.0.0.1:9/token", clientId: "c", clientSecret: undefined };
    const files = [dir.file("absent.json")];
    const opened = openByLogin({ files, endpoint, clock: CLOCK }, "qwen");
    await expect(opened).rejects.toMatchObject({ code: "ENGINE_UNAUTHORIZED" });
  });

  it("uses a good token as it is", async () => {
    const { stack, model, asked } = await surroundings({ keys: ["access-1"] });
    await using _ = stack;
    expect(await answerOf(model)).toBe("Кућа.");
    expect(asked).toHaveLength(0);
  });

  it("renews a token that is about to expire, once for all calls, and keeps it", async () => {
    const { stack, model, asked, file, dir, qwen } = await surroundings({ expiry: NOW + 1000 });
    await using _ = stack;
    const answers = await Promise.all([answerOf(model), answerOf(model), answerOf(model)]);
    expect(answers).toEqual(["Кућа.", "Кућа.", "Кућа."]);
    expect(asked.map((form) => Object.fromEntries(form))).toEqual([
      {
        grant_type: "refresh_token",
        refresh_token: "refresh-1",
        client_id: "client",
        client_secret: "s",
      },
    ]);
    expect(await savedIn(file)).toEqual({
      access_token: "access-2",
      refresh_token: "refresh-2",
      resource_url: qwen.url,
      expiry_date: NOW + HOUR_MS,
      token_type: "Bearer",
    });
    expect(await readdir(dir.path)).toEqual(["oauth_creds.json"]);
  });

  it.skipIf(process.platform === "win32")("lets nobody else read what it keeps", async () => {
    const { stack, model, file } = await surroundings({ expiry: NOW });
    await using _ = stack;
    await answerOf(model);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("renews a token that is refused before its time, and makes the call again", async () => {
    const { stack, model, qwen, asked } = await surroundings();
    await using _ = stack;
    expect(await answerOf(model)).toBe("Кућа.");
    expect(qwen.requests.map(({ key }) => key)).toEqual(["access-1", "access-2"]);
    expect(asked).toHaveLength(1);
  });

  it("takes over what another program has renewed", async () => {
    const { stack, model, file, asked } = await surroundings({ keys: ["access-9"] });
    await using _ = stack;
    const login = { ...(await savedIn(file)), access_token: "access-9" };
    await writeFile(file, JSON.stringify(login));
    expect(await answerOf(model)).toBe("Кућа.");
    expect(asked).toHaveLength(0);
  });

  it("says that the login is over, without a token in the error", async () => {
    const quoting = { error: "invalid_grant", error_description: "refresh-1 is worthless" };
    const { stack, model } = await surroundings({ tokens: () => [400, quoting] });
    await using _ = stack;
    const error = await answerOf(model).then(
      () => undefined,
      (thrown: FbtrError) => thrown,
    );
    expect(error).toMatchObject({ code: "ENGINE_UNAUTHORIZED" });
    expect(error?.hint).toContain("QWEN_API_KEY");
    expect(`${error?.message} ${error?.stack} ${String(error?.cause)}`).not.toContain("refresh-1");
  });

  it("does not take a token endpoint that is down for a login that is over", async () => {
    const { stack, model } = await surroundings({ tokens: () => [503, {}] });
    await using _ = stack;
    await expect(answerOf(model)).rejects.toMatchObject({ code: "ENGINE_UNREACHABLE" });
  });

  it("names a file that holds no login, without its text", async () => {
    await using dir = await tempDir();
    const file = dir.file("oauth_creds.json");
    await writeFile(file, '{"access_token": "planted-token"');
    const endpoint = { url: "http://127.0.0.1:9/token", clientId: "c", clientSecret: undefined };
    const found = openByLogin({ files: [file], endpoint, clock: CLOCK }, "qwen");
    const error = await found.then(
      () => undefined,
      (thrown: FbtrError) => thrown,
    );
    expect(error?.code).toBe("CONFIG_INVALID");
    expect(error?.message).toBe(`${file} holds no login of Qwen`);
    expect(error?.cause).toBeUndefined();
  });

  it("is renewed by the client that the user names, at Qwen's own address", async () => {
    await using home = await tempDir();
    await mkdir(home.file(".qwen"));
    const login = { access_token: "access-1", refresh_token: "refresh-1", expiry_date: 1 };
    await writeFile(home.file(".qwen/oauth_creds.json"), JSON.stringify(login));
    const asked: (readonly [url: string, form: string])[] = [];
    vi.stubGlobal("fetch", (url: string | URL, { body }: RequestInit) => {
      asked.push([String(url), String(body as URLSearchParams)]);
      return Promise.resolve(Response.json({ error: "invalid_grant" }, { status: 400 }));
    });
    const access = {
      apiKey: undefined,
      baseUrl: "",
      model: "qwen",
      login: { clientId: "own", clientSecret: "planted", isSkipped: false },
    };
    try {
      await using model = await QWEN_BY_LOGIN.open(access, { ...EMPTY_MACHINE, home: home.path });
      await expect(answerOf(model)).rejects.toMatchObject({ code: "ENGINE_UNAUTHORIZED" });
    } finally {
      vi.unstubAllGlobals();
    }
    expect(asked).toEqual([
      [
        "https://chat.qwen.ai/api/v1/oauth2/token",
        "grant_type=refresh_token&refresh_token=refresh-1&client_id=own&client_secret=planted",
      ],
    ]);
  });
});
