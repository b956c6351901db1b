import { existsSync } from "node:fs";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";

import { expect, it } from "vitest";

import { spoolBook } from "../../../src/book/spool.ts";
import { tempDir } from "../../support/temp-dir.ts";

async function* streamOf(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

it("keeps a stream in a file that only the owner may read, until it is disposed of", async () => {
  await using dir = await tempDir();
  const spooled = await spoolBook(streamOf("<Fiction", "Book/>"), dir.file("new/folder"));
  expect(await readFile(spooled.path, "utf8")).toBe("<FictionBook/>");
  expect((await stat(spooled.path)).mode & 0o777).toBe(0o600);
  expect((await stat(dir.file("new/folder"))).mode & 0o777).toBe(0o700);
  await spooled[Symbol.asyncDispose]();
  await spooled[Symbol.asyncDispose]();
  expect(existsSync(spooled.path)).toBe(false);
});

it("refuses an empty stream, and leaves no file", async () => {
  await using dir = await tempDir();
  const spooling = spoolBook(streamOf(), dir.path);
  await expect(spooling).rejects.toMatchObject({
    code: "BOOK_UNREADABLE",
    message: "Standard input is empty",
  });
  expect(await readdir(dir.path)).toEqual([]);
});

it("takes as many bytes as are allowed and not one more", async () => {
  await using dir = await tempDir();
  await using exact = await spoolBook(streamOf("12", "345"), dir.path, { maxBytes: 5 });
  expect(await readFile(exact.path, "utf8")).toBe("12345");
  let asked = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      asked += 1;
      yield Buffer.from("123");
    }
  }
  const spooling = spoolBook(endless(), dir.path, { maxBytes: 5 });
  await expect(spooling).rejects.toMatchObject({ code: "BOOK_TOO_LARGE" });
  expect(asked).toBe(2);
  expect(await readdir(dir.path)).toHaveLength(1);
});

it("ends with the signal's reason, and leaves no file", async () => {
  await using dir = await tempDir();
  const reason = new Error("enough");
  const signal = AbortSignal.abort(reason);
  await expect(spoolBook(streamOf("<p/>"), dir.path, { signal })).rejects.toBe(reason);
  expect(await readdir(dir.path)).toEqual([]);
});

it("says why the folder cannot take the book", async () => {
  await using dir = await tempDir();
  await writeFile(dir.file("file"), "");
  const spooling = spoolBook(streamOf("<p/>"), dir.file("file/folder"));
  await expect(spooling).rejects.toMatchObject({ code: "OUTPUT_UNWRITABLE" });
  await expect(spooling).rejects.toThrow(/a part of the path is not a folder/);
});
