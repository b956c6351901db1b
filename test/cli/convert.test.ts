import { readdir, readFile, writeFile } from "node:fs/promises";

import { expect, it } from "vitest";

import { run } from "../../src/cli/program.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";
import { tempDir } from "../support/temp-dir.ts";

const book = `<?xml version="1.0" encoding="utf-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><body><section>
<p id="p1">Њена <emphasis>љубав</emphasis> &amp; џеп<a type="note">[1]</a></p>
</section></body></FictionBook>`;

it("converts standard input to standard output", async () => {
  const terminal = capturedTerminal("ЉУБАВ и мржња");
  expect(await run(["convert", "--to", "latin"], terminal)).toBe(0);
  expect(terminal).toMatchObject({ out: "LJUBAV i mržnja", error: "" });
});

it("converts the text of a book and leaves its markup as it came", async () => {
  await using dir = await tempDir();
  const output = dir.file("knjiga.latin.fb2");
  await writeFile(dir.file("knjiga.fb2"), book);
  const terminal = capturedTerminal();
  const args = ["convert", dir.file("knjiga.fb2"), "--to", "latin", "-o", output];
  expect(await run(args, terminal)).toBe(0);
  expect(await readFile(output, "utf8")).toBe(
    book.replace("Њена", "Njena").replace("љубав", "ljubav").replace("џеп", "džep"),
  );
});

it("refuses to replace a file, and leaves nothing beside it", async () => {
  await using dir = await tempDir();
  await writeFile(dir.file("a.fb2"), book);
  await writeFile(dir.file("b.fb2"), "mine");
  const terminal = capturedTerminal();
  const args = ["convert", dir.file("a.fb2"), "--to", "latin", "-o", dir.file("b.fb2")];
  expect(await run(args, terminal)).toBe(12);
  expect(terminal.error).toContain("b.fb2 exists already\nUse --force");
  expect(await readFile(dir.file("b.fb2"), "utf8")).toBe("mine");
  expect(await run([...args, "--force"], terminal)).toBe(0);
  expect((await readdir(dir.path)).sort()).toEqual(["a.fb2", "b.fb2"]);
});

it("refuses to write over its input even with --force", async () => {
  await using dir = await tempDir();
  await writeFile(dir.file("a.fb2"), book);
  const terminal = capturedTerminal();
  const args = ["convert", dir.file("a.fb2"), "--to", "latin", "--force", "-o", dir.file("a.fb2")];
  expect(await run(args, terminal)).toBe(2);
  expect(await readFile(dir.file("a.fb2"), "utf8")).toBe(book);
});

it("says which folder is missing", async () => {
  await using dir = await tempDir();
  await writeFile(dir.file("a.fb2"), book);
  const terminal = capturedTerminal();
  const args = ["convert", dir.file("a.fb2"), "--to", "latin", "-o", dir.file("none/a.fb2")];
  expect(await run(args, terminal)).toBe(13);
  expect(terminal.error).toContain("the folder does not exist");
});

it("refuses to write over a folder, even when it is forced", async () => {
  await using dir = await tempDir();
  await writeFile(dir.file("a.fb2"), book);
  const terminal = capturedTerminal();
  const args = ["convert", dir.file("a.fb2"), "--to", "latin", "--force", "-o", dir.path];
  expect(await run(args, terminal)).toBe(13);
  expect(terminal.error).toMatch(/^fbtr: Cannot write .*: it is a folder\nName a file/);
  expect(await readdir(dir.path)).toEqual(["a.fb2"]);
});

it("refuses text in another encoding instead of destroying it", async () => {
  await using dir = await tempDir();
  await writeFile(dir.file("a.txt"), Buffer.from("d5ebe5e1", "hex"));
  const terminal = capturedTerminal();
  expect(await run(["convert", dir.file("a.txt"), "--to", "latin"], terminal)).toBe(11);
  expect(terminal.error).toMatch(/a\.txt is not UTF-8 text\n.*iconv/);
  expect(terminal.out).toBe("");
});

it.each([
  ["UTF-8", Buffer.from(book)],
  ["UTF-16", Buffer.from(`\ufeff${book.replace("utf-8", "utf-16")}`, "utf16le")],
])("converts a book in %s on standard input and leaves its tags", async (_, bytes) => {
  const terminal = capturedTerminal(bytes);
  expect(await run(["convert", "-", "--to", "latin"], terminal)).toBe(0);
  expect(terminal.out).toBe(
    book.replace("Њена", "Njena").replace("љубав", "ljubav").replace("џеп", "džep"),
  );
});

it("knows a book by its content, whatever its file is called", async () => {
  await using dir = await tempDir();
  await writeFile(dir.file("knjiga.txt"), book);
  const terminal = capturedTerminal();
  expect(await run(["convert", dir.file("knjiga.txt"), "--to", "latin"], terminal)).toBe(0);
  expect(terminal.out).toContain("<FictionBook xmlns=");
  expect(terminal.out).toContain("<emphasis>ljubav</emphasis>");
});

it("converts a zipped book on standard input", async () => {
  await using dir = await tempDir();
  await writeFile(dir.file("a.fb2"), book);
  const zip = ["convert", dir.file("a.fb2"), "--to", "latin", "-o", dir.file("a.fb2.zip")];
  expect(await run(zip, capturedTerminal())).toBe(0);
  const terminal = capturedTerminal(await readFile(dir.file("a.fb2.zip")));
  expect(await run(["convert", "--to", "cyrillic"], terminal)).toBe(0);
  expect(terminal.out).toBe(book);
});

it("writes to standard output for -o -", async () => {
  const terminal = capturedTerminal("књига");
  expect(await run(["convert", "--to", "latin", "-o", "-"], terminal)).toBe(0);
  expect(terminal.out).toBe("knjiga");
});

it("says of a folder that it is no file", async () => {
  await using dir = await tempDir();
  const terminal = capturedTerminal();
  expect(await run(["convert", dir.path, "--to", "latin"], terminal)).toBe(11);
  expect(terminal.error).toContain("Check that it is a file");
});
