import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

import { findBooks } from "../../src/cli/book-folders.ts";
import { run } from "../../src/cli/program.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";
import { SMALL_ENGINE, bookOf, surroundingsIn } from "../support/cli-surroundings.ts";
import { FakeTty } from "../support/fake-tty.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";

const GOOD = bookOf("Дверь", ["Мама мыла раму."]);
const FLAGGED = bookOf("Подвал", ["Тёмный подъезд."]);

/** A folder with books, one of them in a folder of its own, and what is none. */
async function library(dir: TempDir): Promise<string> {
  await mkdir(dir.file("lib/sub"), { recursive: true });
  await mkdir(dir.file("lib/.trash"));
  const files = {
    "b10.fb2": GOOD,
    "b9.fb2": FLAGGED,
    "b9.sr.fb2": "an earlier translation",
    "b9.sr-Latn.fb2.zip": "another one",
    "notes.txt": "no book",
    "sub/Bad.FB2": "",
    ".trash/old.fb2": GOOD,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(dir.file(`lib/${name}`), text);
  return dir.file("lib");
}

function onTerminal(tty: FakeTty): Terminal {
  return {
    ...capturedTerminal(),
    screen: tty as unknown as NodeJS.WriteStream,
    writeError: (text) => void tty.write(text),
  };
}

describe("a folder", () => {
  it("stands for the books in it, sorted as people do, without translations of fbtr", async () => {
    await using dir = await tempDir();
    const lib = await library(dir);
    const found = await findBooks([`${lib}/b10.fb2`, lib], "sr");
    expect(found.map(({ path, below }) => [path.slice(lib.length + 1), below])).toEqual([
      ["b10.fb2", ""],
      ["b9.fb2", ""],
      ["sub/Bad.FB2", "sub"],
    ]);
  });

  it("is translated into another one; what fails stops nothing and is summed up", async () => {
    await using dir = await tempDir();
    const lib = await library(dir);
    await mkdir(dir.file("empty"));
    const terminal = capturedTerminal();
    const args = ["translate", dir.file("empty"), lib, "-o", dir.file("out")];
    expect(await run(args, terminal, surroundingsIn(dir))).toBe(11);
    expect(await readdir(dir.file("out"), { recursive: true })).toEqual([
      "b10.sr.fb2",
      "b9.sr.fb2",
      "sub",
    ]);
    const overview = terminal.error.slice(terminal.error.indexOf("4 books: "));
    expect(overview.replaceAll(dir.path, "")).toBe(
      [
        "4 books: 2 failed, 1 incomplete, 1 done",
        "  failed      /empty: Cannot read /empty: there is no book in it",
        "  incomplete  /lib/b9.fb2: 1 flagged, /out/b9.sr.fb2",
        "  done        /lib/b10.fb2: /out/b10.sr.fb2",
        "  failed      /lib/sub/Bad.FB2: /lib/sub/Bad.FB2 is empty",
        "",
      ].join("\n"),
    );
  });

  it("tells a folder without books to programs as well", async () => {
    await using dir = await tempDir();
    await mkdir(dir.file("empty"));
    const terminal = capturedTerminal();
    await run(["translate", "--json", dir.file("empty")], terminal, surroundingsIn(dir));
    expect(JSON.parse(terminal.out)).toMatchObject({
      type: "translation_error",
      data: { code: "BOOK_UNREADABLE" },
    });
  });
});

describe("several books on a terminal", () => {
  it("are a list of what is done and what failed, with the reports below", async () => {
    await using dir = await tempDir();
    const lib = await library(dir);
    const tty = new FakeTty();
    const args = ["translate", lib, "-o", dir.file("out")];
    expect(await run(args, onTerminal(tty), surroundingsIn(dir))).toBe(11);
    const last = tty.drawn.slice(tty.drawn.lastIndexOf("b9.fb2  "));
    expect(last).toMatch(/b9\.fb2 {2}Подвал: .*\n.*b10\.fb2 {2}Дверь: /u);
    expect(last).toContain("Bad.FB2 is empty");
    expect(last.indexOf("3 books: ")).toBeGreaterThan(last.indexOf("Segments"));
  });

  it("says which ones were not begun when the user stops", async () => {
    await using dir = await tempDir();
    const lib = await library(dir);
    const tty = new FakeTty();
    const surroundings = surroundingsIn(dir, {
      loadDraftEngine: () => {
        surroundings.signals.emit("SIGINT", "SIGINT");
        return Promise.resolve(SMALL_ENGINE);
      },
    });
    const args = ["translate", lib, "-o", dir.file("out")];
    expect(await run(args, onTerminal(tty), surroundings)).toBe(130);
    expect(tty.drawn).toContain("b9.fb2  Подвал: interrupted, ");
    expect(tty.drawn).toContain("b10.fb2  not begun");
    expect(tty.drawn).toContain(`fbtr translate --output ${dir.file("out")} ${lib}\n`);
    expect(tty.drawn).toContain("3 books: 1 interrupted, 2 not begun\n");
    await expect(readFile(dir.file("out/b10.sr.fb2"))).rejects.toThrow("ENOENT");
  });

  it("goes on with those that are left, not with the finished ones of their folder", async () => {
    await using dir = await tempDir();
    await mkdir(dir.file("lib"));
    for (const name of ["a", "b", "c"]) await writeFile(dir.file(`lib/${name}.fb2`), GOOD + name);
    let books = 0;
    const surroundings = surroundingsIn(dir, {
      loadDraftEngine: () => {
        books += 1;
        if (books === 2) surroundings.signals.emit("SIGINT", "SIGINT");
        return Promise.resolve(SMALL_ENGINE);
      },
    });
    const terminal = capturedTerminal();
    const args = ["translate", dir.file("lib"), "-o", dir.file("out")];
    expect(await run(args, terminal, surroundings)).toBe(130);
    const left = `${dir.file("lib/b.fb2")} ${dir.file("lib/c.fb2")}`;
    expect(terminal.error).toContain(`fbtr translate --output ${dir.file("out")} ${left}\n`);
  });

  it("are told by the live screen where the list is higher than the terminal", async () => {
    await using dir = await tempDir();
    const names = Array.from({ length: 30 }, (_, number) => dir.file(`none${number}.fb2`));
    const tty = new FakeTty();
    await run(["translate", ...names], onTerminal(tty), surroundingsIn(dir));
    expect(tty.drawn).toContain("✗ Cannot read");
    expect(tty.drawn).toContain("30 books: 30 failed\n");
  });
});
