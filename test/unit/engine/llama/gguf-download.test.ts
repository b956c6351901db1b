import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import type { RequestListener, ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";

import { downloadGguf, type DownloadProgress } from "../../../../src/engine/llama/gguf-download.ts";
import { startHttpServer } from "../../../support/http-server.ts";
import { tempDir, type TempDir } from "../../../support/temp-dir.ts";

const MODEL = Buffer.concat([Buffer.from("GGUF\u0003\0\0\0"), Buffer.alloc(300_000, "weights ")]);
const SHA256 = createHash("sha256").update(MODEL).digest("hex");

/** Serves MODEL, ranges too; `misbehave` may answer a request in its place. */
async function startFiles(misbehave: RequestListener = () => undefined) {
  const ranges: (string | undefined)[] = [];
  const server = await startHttpServer((request, response) => {
    ranges.push(request.headers.range);
    misbehave(request, response);
    if (response.headersSent || response.destroyed) return;
    const begin = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    if (begin >= MODEL.length) {
      response.writeHead(416).end();
      return;
    }
    const rest = MODEL.subarray(begin);
    response.writeHead(begin > 0 ? 206 : 200, { "content-length": rest.length });
    response.end(rest);
  });
  return {
    url: `${server.url}/model.gguf?token=planted`,
    ranges,
    [Symbol.asyncDispose]: server[Symbol.asyncDispose],
  };
}

const never = () => new AbortController().signal;
const placeIn = (dir: TempDir) => ({ folder: dir.path, name: "m.gguf" });
const quietly = () => undefined;

describe("the download of a model", () => {
  it("puts the file in its place, and tells how far it is", async () => {
    await using files = await startFiles();
    await using dir = await tempDir();
    const heard: DownloadProgress[] = [];
    const source = { url: files.url, sha256: SHA256.toUpperCase() };
    await downloadGguf(source, placeIn(dir), (news) => heard.push(news), never());
    expect(MODEL.equals(await readFile(dir.file("m.gguf")))).toBe(true);
    expect(await readdir(dir.path)).toEqual(["m.gguf"]);
    expect(heard[0]).toEqual({ doneBytes: 0, totalBytes: MODEL.length });
    expect(heard.at(-1)).toEqual({ doneBytes: MODEL.length, totalBytes: MODEL.length });
  });

  it("goes on after a cut where it was", async () => {
    const answers: ServerResponse[] = [];
    await using files = await startFiles((_request, response) => {
      answers.push(response);
      if (answers.length > 1) return;
      response.writeHead(200, { "content-length": MODEL.length });
      response.write(MODEL.subarray(0, 100_000));
    });
    await using dir = await tempDir();
    const source = { url: files.url, sha256: SHA256 };
    const cut = ({ doneBytes }: DownloadProgress) => {
      if (doneBytes > 0) answers[0]?.destroy();
    };
    const first = downloadGguf(source, placeIn(dir), cut, never());
    await expect(first).rejects.toMatchObject({
      code: "ENGINE_UNREACHABLE",
      hint: "Run the command again: it goes on where it was.",
    });
    expect(await readdir(dir.path)).toEqual(["m.gguf.part"]);
    await downloadGguf(source, placeIn(dir), quietly, never());
    expect(files.ranges[1]).toMatch(/^bytes=[1-9]\d*-$/);
    expect(MODEL.equals(await readFile(dir.file("m.gguf")))).toBe(true);
  });

  it("begins anew without a checksum, since the file may be another one now", async () => {
    await using files = await startFiles();
    await using dir = await tempDir();
    await writeFile(dir.file("m.gguf.part"), "of another file");
    const source = { url: files.url, sha256: undefined };
    await downloadGguf(source, placeIn(dir), quietly, never());
    expect(files.ranges).toEqual([undefined]);
    expect(MODEL.equals(await readFile(dir.file("m.gguf")))).toBe(true);
  });

  it("finishes a part that is complete already", async () => {
    await using files = await startFiles();
    await using dir = await tempDir();
    await writeFile(dir.file("m.gguf.part"), MODEL);
    await downloadGguf({ url: files.url, sha256: SHA256 }, placeIn(dir), quietly, never());
    expect(await readdir(dir.path)).toEqual(["m.gguf"]);
  });

  it("is not made again where the file is there with its checksum", async () => {
    await using files = await startFiles();
    await using dir = await tempDir();
    const source = { url: files.url, sha256: SHA256 };
    await downloadGguf(source, placeIn(dir), quietly, never());
    await downloadGguf(source, placeIn(dir), quietly, never());
    expect(files.ranges).toHaveLength(1);
  });

  it("refuses a file with another checksum, or one that is no model, and keeps nothing", async () => {
    await using files = await startFiles((_request, response) => {
      response.end("<html>Log in</html>");
    });
    await using dir = await tempDir();
    for (const sha256 of [SHA256, undefined]) {
      const got = downloadGguf({ url: files.url, sha256 }, placeIn(dir), quietly, never());
      await expect(got).rejects.toMatchObject({ code: "ENGINE_REJECTED" });
      expect(await readdir(dir.path)).toEqual([]);
    }
  });

  it("shows a token to the server that is asked, and not to the one that it leads to", async () => {
    const tokens: (string | undefined)[] = [];
    await using files = await startFiles((request) => {
      tokens.push(request.headers.authorization);
    });
    await using hub = await startHttpServer((request, response) => {
      tokens.push(request.headers.authorization);
      response.writeHead(302, { location: files.url }).end();
    });
    await using dir = await tempDir();
    const source = { url: hub.url, sha256: SHA256, token: "planted" };
    await downloadGguf(source, placeIn(dir), quietly, never());
    expect(tokens).toEqual(["Bearer planted", undefined]);
  });

  it.each([
    [401, "ENGINE_UNAUTHORIZED"],
    [404, "ENGINE_REJECTED"],
    [503, "ENGINE_UNREACHABLE"],
  ])("says what a server of status %i did, without the query of the URL", async (status, code) => {
    await using files = await startFiles((_request, response) => {
      response.writeHead(status).end();
    });
    await using dir = await tempDir();
    const source = { url: files.url, sha256: SHA256, token: "planted" };
    const error: unknown = await downloadGguf(source, placeIn(dir), quietly, never()).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code });
    expect(String(error)).toContain("/model.gguf");
    expect(String(error)).not.toContain("planted");
  });

  it("stops with the signal's reason and keeps what it has", async () => {
    await using files = await startFiles((_request, response) => {
      response.writeHead(200, { "content-length": MODEL.length });
      response.write(MODEL.subarray(0, 100_000));
    });
    await using dir = await tempDir();
    const stop = new AbortController();
    const reason = new Error("enough");
    const onProgress = ({ doneBytes }: DownloadProgress) => {
      if (doneBytes > 0) stop.abort(reason);
    };
    const source = { url: files.url, sha256: SHA256 };
    const got = downloadGguf(source, placeIn(dir), onProgress, stop.signal);
    await expect(got).rejects.toBe(reason);
    expect(await readdir(dir.path)).toEqual(["m.gguf.part"]);
  });
});
