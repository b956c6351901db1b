import { mkdir, readdir, readFile, truncate, writeFile } from "node:fs/promises";

import { describe, expect, it } from "vitest";

import { detectEncoding } from "../../../src/book/encoding.ts";
import { openBook } from "../../../src/book/source.ts";
import { writeBook, type Edition } from "../../../src/book/writing.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { textOfBook } from "../../support/rewriting.ts";

const BOOK = `<?xml version="1.0" encoding="utf-8"?>
<FictionBook><body><section><p>Мама мыла раму.</p></section></body></FictionBook>`;
const date = new Date("2026-01-02T00:00:00Z");
const edition: Edition = {
  sourceLanguage: "ru",
  translationOf: () => "Мама је прала <прозор>.",
};

describe("opening a book", () => {
  it.each([
    ["an empty file", "", /is empty/],
    ["plain text", "Мама мыла раму.", /not a FictionBook 2/],
    ["a page of the web", "<!DOCTYPE html><html></html>", /not a FictionBook 2/],
    ["entity declarations", '<!DOCTYPE a [<!ENTITY b "c">]><FictionBook/>', /declares entities/],
    ["a zip cut off", "PK\u0003\u0004rest", /damaged zip/],
  ])("refuses %s in one line", async (_what, content, message) => {
    await using dir = await tempDir();
    await writeFile(dir.file("a.fb2"), content);
    const opening = openBook(dir.file("a.fb2"));
    await expect(opening).rejects.toMatchObject({ code: "BOOK_UNREADABLE" });
    await expect(opening).rejects.toThrow(message);
  });

  it("refuses a folder and a file that is missing", async () => {
    await using dir = await tempDir();
    await expect(openBook(dir.path)).rejects.toThrow(/it is a folder/);
    await expect(openBook(dir.file("none.fb2"))).rejects.toThrow(/there is no such file/);
  });

  it("accepts a fragment without declaration and without body", async () => {
    await using dir = await tempDir();
    await writeFile(dir.file("a.fb2"), "<p>Да</p>");
    expect(await textOfBook(dir.file("a.fb2"))).toBe("<p>Да</p>");
  });
});

describe("the encoding of a book", () => {
  async function* bytesOf(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
    yield* parts;
  }
  /** "Мама мыла раму" in windows-1251. */
  const CP1251 = Buffer.from("cce0ece020ecfbebe020f0e0ecf3", "hex");

  it("is not the declared UTF-8 when the bytes are not", async () => {
    const head = Buffer.from('<?xml version="1.0" encoding="UTF-8"?>');
    const found = await detectEncoding(bytesOf(head, CP1251));
    expect(found).toEqual({ label: "windows-1251", declared: "utf-8", reason: "letters" });
  });

  it("is UTF-8 when all bytes are, even a letter cut by the end of a chunk", async () => {
    const bytes = Buffer.from(BOOK.replace("utf-8", "windows-1251"));
    const cut = bytes.indexOf("М") + 1;
    const found = await detectEncoding(bytesOf(bytes.subarray(0, cut), bytes.subarray(cut)));
    expect(found.label).toBe("utf-8");
  });

  it("is the declared one under a name that decoders do not know", async () => {
    const head = Buffer.from('<?xml version="1.0" encoding="win-1251"?>');
    const found = await detectEncoding(bytesOf(head, CP1251));
    expect(found).toMatchObject({ label: "windows-1251", reason: "declared" });
  });
});

describe("writing a book", () => {
  it("escapes the translation and leaves all else as it came", async () => {
    await using dir = await tempDir();
    await writeFile(dir.file("a.fb2"), BOOK);
    const target = { path: dir.file("b.fb2"), format: "fb2", date } as const;
    await writeBook(await openBook(dir.file("a.fb2")), target, edition);
    const expected = BOOK.replace("Мама мыла раму.", "Мама је прала &lt;прозор&gt;.");
    expect(await readFile(target.path, "utf8")).toBe(expected);
  });

  it("gives a zip that opens as a book again, and refuses it when it is cut", async () => {
    await using dir = await tempDir();
    await writeFile(dir.file("a.fb2"), BOOK);
    const target = { path: dir.file("b.fb2.zip"), format: "fb2.zip", date } as const;
    await writeBook(await openBook(dir.file("a.fb2")), target, edition);
    expect(await textOfBook(target.path)).toContain("Мама је прала &lt;прозор&gt;.");
    await truncate(target.path, 60);
    await expect(openBook(target.path)).rejects.toThrow(/damaged zip/);
  });

  it("stops when the source has been changed, and leaves no file behind", async () => {
    await using dir = await tempDir();
    await writeFile(dir.file("a.fb2"), BOOK);
    const source = await openBook(dir.file("a.fb2"));
    await writeFile(dir.file("a.fb2"), BOOK.replace("раму", "окно"));
    const target = { path: dir.file("b.fb2"), format: "fb2", date } as const;
    await expect(writeBook(source, target, edition)).rejects.toMatchObject({
      code: "BOOK_CHANGED",
    });
    expect(await readdir(dir.path)).toEqual(["a.fb2"]);
  });

  it("stops when it is aborted, and leaves no file behind", async () => {
    await using dir = await tempDir();
    await writeFile(dir.file("a.fb2"), BOOK);
    const source = await openBook(dir.file("a.fb2"));
    const target = { path: dir.file("b.fb2"), format: "fb2", date } as const;
    const reason = new Error("enough");
    await expect(writeBook(source, target, edition, AbortSignal.abort(reason))).rejects.toBe(
      reason,
    );
    expect(await readdir(dir.path)).toEqual(["a.fb2"]);
  });

  it("names the reason when the target cannot be written", async () => {
    await using dir = await tempDir();
    await writeFile(dir.file("a.fb2"), BOOK);
    await mkdir(dir.file("folder"));
    const source = await openBook(dir.file("a.fb2"));
    const write = (path: string) => writeBook(source, { path, format: "fb2", date }, edition);
    await expect(write(dir.file("none/b.fb2"))).rejects.toThrow(/the folder does not exist/);
    await expect(write(dir.file("folder"))).rejects.toThrow(/it is a folder/);
    expect((await readdir(dir.path)).sort()).toEqual(["a.fb2", "folder"]);
  });
});
