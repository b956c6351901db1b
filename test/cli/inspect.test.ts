import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { run } from "../../src/cli/program.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";
import { corpusMissing, corpusPath } from "../support/corpus.ts";
import { tempDir } from "../support/temp-dir.ts";

describe.skipIf(corpusMissing)("fbtr inspect on real books", () => {
  it.each([
    ["ariadna.fb2", "utf-8"],
    ["ariadna.cp1251.fb2", "windows-1251"],
    ["ariadna.koi8_r.fb2", "koi8-r"],
    ["ariadna.iso8859_5.fb2", "iso-8859-5"],
    ["ariadna.utf-16-le.fb2", "utf-16le"],
    ["ariadna.utf-16-be.fb2", "utf-16be"],
  ])("reads %s as %s and finds the same book", async (name, encoding) => {
    const terminal = capturedTerminal();
    expect(await run(["inspect", "--json", corpusPath(`books/${name}`)], terminal)).toBe(0);
    expect(JSON.parse(terminal.out)).toMatchObject({
      title: "Ариадна",
      encoding: { found: encoding },
      segments: { total: 134, kept: { "no letters": 6 } },
    });
  });
});

describe("fbtr inspect on bad input", () => {
  const zipHead = Buffer.from("504b0304140000000800", "hex");
  const bad: [what: string, content: string | Uint8Array, says: string][] = [
    ["an empty file", "", "is empty"],
    ["a text", "Просто текст", "is not a FictionBook 2 file"],
    ["a web page", "<!DOCTYPE html><html></html>", "is not a FictionBook 2 file"],
    ["a truncated zip", zipHead, "is a damaged zip"],
    [
      "declared entities",
      '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><FictionBook/>',
      "declares entities",
    ],
  ];

  it.each(bad)("names the fault of %s in one line and what to do", async (_, content, says) => {
    await using dir = await tempDir();
    await writeFile(dir.file("book.fb2"), content);
    const terminal = capturedTerminal();
    expect(await run(["inspect", dir.file("book.fb2")], terminal)).toBe(11);
    expect(terminal.error).toMatch(/^fbtr: .*book\.fb2.*\n[A-Z].*\.\n$/);
    expect(terminal.error).toContain(says);
    expect(terminal.out).toBe("");
  });

  it("tells a folder and a missing file apart", async () => {
    await using dir = await tempDir();
    await mkdir(dir.file("folder.fb2"));
    const terminal = capturedTerminal();
    expect(await run(["inspect", dir.file("folder.fb2")], terminal)).toBe(11);
    expect(await run(["inspect", dir.file("none.fb2")], terminal)).toBe(11);
    expect(terminal.error).toContain("it is a folder");
    expect(terminal.error).toContain("there is no such file");
  });
});

describe("fbtr inspect on the example", () => {
  const path = join(import.meta.dirname, "../../examples/vechernij-poezd.fb2");

  it("prints a page", async () => {
    const terminal = capturedTerminal();
    expect(await run(["inspect", path], terminal)).toBe(0);
    expect(terminal.out.replace(path, "vechernij-poezd.fb2")).toBe(
      [
        "Title       Вечерний поезд",
        "Author      fbtr",
        "Sequence    Истории маленькой станции, 1",
        "Genre       short_story",
        "Date        2026-01-01",
        "Language    declared ru; in the text: ru 98 %, unclear 2 %",
        "File        vechernij-poezd.fb2, fb2, 13 kB",
        "Encoding    utf-8 (by valid UTF-8, declared utf-8)",
        "Segments    81: 2 metadata, 60 text, 3 attribute, 8 title, 8 verse",
        "Kept        9 no letters",
        "Words       877 (5354 characters)",
        "Notes       2 references",
        "Images      2, 1 in the file",
        "Links       2",
        "Translation about 13 kB in Cyrillic, 9 kB in Latin; seconds with the draft engine",
        "Sections    4",
        "     1  Станция",
        "     2  Дом с зелёной крышей",
        "        notes: 2",
        "",
      ].join("\n"),
    );
  });

  it("says the same as JSON", async () => {
    const terminal = capturedTerminal();
    expect(await run(["inspect", "--json", path], terminal)).toBe(0);
    expect(terminal.out.endsWith("}\n")).toBe(true);
    expect(JSON.parse(terminal.out)).toMatchObject({
      title: "Вечерний поезд",
      authors: ["fbtr"],
      language: "ru",
      sections: [{ depth: 1, title: "Станция" }, {}, { body: "notes" }, { body: "notes" }],
      references: { notes: 2, images: 2, binaries: 1, missingImages: 0, danglingLinks: 0 },
      draftTime: "seconds",
    });
  });
});

describe("fbtr inspect -", () => {
  it("reads the book from standard input", async () => {
    const terminal = capturedTerminal(
      "<FictionBook><body><p>Мама мыла раму.</p></body></FictionBook>",
    );
    expect(await run(["inspect", "--json", "-"], terminal)).toBe(0);
    expect(JSON.parse(terminal.out)).toMatchObject({ path: "Standard input", words: 3 });
  });

  it("calls it standard input when it cannot be read", async () => {
    const terminal = capturedTerminal("Просто текст");
    expect(await run(["inspect", "-"], terminal)).toBe(11);
    expect(terminal.error).toMatch(/^fbtr: Standard input is not a FictionBook 2 file\n/);
  });
});

describe("fbtr", () => {
  it("answers wrong usage with status 2 and a guess", async () => {
    const terminal = capturedTerminal();
    expect(await run(["inspct", "x"], terminal)).toBe(2);
    expect(terminal.error).toContain("Did you mean inspect?");
  });

  it("explains each command with its exit statuses", async () => {
    for (const command of ["inspect", "convert"]) {
      const terminal = capturedTerminal();
      expect(await run([command, "--help"], terminal)).toBe(0);
      expect(terminal.out).toContain("Exit status:");
      expect(terminal.out).toContain("Examples:");
    }
  });
});
