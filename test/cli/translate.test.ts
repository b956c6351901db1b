import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";

import { describe, expect, it } from "vitest";

import { FbtrError } from "../../src/base/errors.ts";
import type { FbtrEvent } from "../../src/base/events.ts";
import { run } from "../../src/cli/program.ts";
import { ReaderGone, type Terminal } from "../../src/cli/terminal.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";
import { SMALL_ENGINE, bookOf, surroundingsIn } from "../support/cli-surroundings.ts";
import { FakeTty } from "../support/fake-tty.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";

const GOOD = bookOf("Дверь", ["Мама мыла раму.", "***"], ["Он видел фелонь."]);
const FLAGGED = bookOf("Подвал", ["Мой дом.", "Тёмный подъезд."]);

async function translate(dir: TempDir, args: readonly string[], terminal = capturedTerminal()) {
  const status = await run(["translate", ...args], terminal, surroundingsIn(dir));
  return { status, terminal };
}

async function withBook(dir: TempDir, name: string, content: string): Promise<string> {
  await writeFile(dir.file(name), content);
  return dir.file(name);
}

const eventsIn = (lines: string) =>
  lines
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as FbtrEvent);

describe("fbtr translate", () => {
  it("writes the translation beside the book and reports on standard error", async () => {
    await using dir = await tempDir();
    const { status, terminal } = await translate(dir, [await withBook(dir, "dver.fb2", GOOD)]);
    expect(status).toBe(0);
    const book = await readFile(dir.file("dver.sr.fb2"), "utf8");
    expect(book).toContain("<p>Мама мила раму.</p>");
    expect(terminal.out).toBe("");
    expect(terminal.error).toContain("Translating Дверь (");
    expect(terminal.error).toContain("Segments    3 of 4 translated, 1 kept (1 no letters)\n");
    expect(terminal.error).toContain("Unknown     фелонь 1\n");
    expect(terminal.error).toContain(`Output      ${dir.file("dver.sr.fb2")}\n`);
  });

  it("ends with status 3 and shows the place when a segment is not translated", async () => {
    await using dir = await tempDir();
    const { status, terminal } = await translate(dir, [await withBook(dir, "a.fb2", FLAGGED)]);
    expect(status).toBe(3);
    expect(terminal.error).toContain(
      "Flagged     section 1, paragraph 2: letters that Serbian does not have: Тёмный, подъезд: Тёмный подъезд.\n",
    );
    expect(await readFile(dir.file("a.sr.fb2"), "utf8")).toContain("Мој дом.");
  });

  it("writes both scripts from one translation", async () => {
    await using dir = await tempDir();
    const book = await withBook(dir, "dver.fb2", GOOD);
    const { status } = await translate(dir, [book, "--script", "both", "-o", dir.file("x.fb2")]);
    expect(status).toBe(0);
    expect(await readFile(dir.file("x.fb2"), "utf8")).toContain("Мама мила раму.");
    expect(await readFile(dir.file("x.latin.fb2"), "utf8")).toContain("Mama mila ramu.");
  });

  it.each([
    [
      "--bilingual",
      '<p><style name="original" xml:lang="ru">Мама мыла раму.</style></p><p>Мама мила раму.</p>',
    ],
    [
      "--bilingual=translation-first",
      '<p>Мама мила раму.</p><p><style name="original" xml:lang="ru">Мама',
    ],
  ])("writes both languages into a book of its own name with %s", async (option, expected) => {
    await using dir = await tempDir();
    const book = await withBook(dir, "dver.fb2", GOOD);
    expect((await translate(dir, [option, book])).status).toBe(0);
    expect(await readFile(dir.file("dver.bilingual.sr.fb2"), "utf8")).toContain(expected);
  });

  it("translates the sections asked for and keeps the others", async () => {
    await using dir = await tempDir();
    const book = await withBook(dir, "dver.fb2", GOOD);
    const { status, terminal } = await translate(dir, [book, "--only", "2"]);
    expect(status).toBe(0);
    expect(terminal.error).toContain("1 of 4 translated, 3 kept (3 not chosen)");
    expect(await readFile(dir.file("dver.sr.fb2"), "utf8")).toContain("<p>Мама мыла раму.</p>");
    const wrong = await translate(dir, [book, "--force", "--only", "9"]);
    expect(wrong.status).toBe(2);
    expect(wrong.terminal.error).toContain("the book has no section 9\nThe last one is 2.\n");
    expect((await translate(dir, [book, "--only", ","])).status).toBe(2);
  });

  it("goes on with other books when one fails, and ends with the highest status", async () => {
    await using dir = await tempDir();
    await mkdir(dir.file("out"));
    const books = [
      await withBook(dir, "a.fb2", FLAGGED),
      dir.file("none.fb2"),
      await withBook(dir, "b.fb2", GOOD),
    ];
    const { status, terminal } = await translate(dir, [...books, "-o", dir.file("out")]);
    expect(status).toBe(11);
    expect((await readdir(dir.file("out"))).sort()).toEqual(["a.sr.fb2", "b.sr.fb2"]);
    expect(terminal.error).toContain("none.fb2: there is no such file\nCheck the path.\n");
  });

  it("refuses an output that exists, and replaces it with --force", async () => {
    await using dir = await tempDir();
    const book = await withBook(dir, "dver.fb2", GOOD);
    const output = await withBook(dir, "dver.sr.fb2", "precious");
    const { status, terminal } = await translate(dir, [book]);
    expect(status).toBe(12);
    expect(terminal.error).toContain("--force");
    expect(await readFile(output, "utf8")).toBe("precious");
    expect((await translate(dir, [book, "--force", "--quiet"])).status).toBe(0);
    expect(await readFile(output, "utf8")).toContain("Мама мила раму.");
  });

  it("goes on with what an earlier run did, and with --fresh begins again", async () => {
    await using dir = await tempDir();
    const book = await withBook(dir, "dver.fb2", GOOD);
    await translate(dir, [book]);
    const again = await translate(dir, [book, "--script", "latin"]);
    expect(again.terminal.error).toContain("3 of 4 translated, 3 of them earlier");
    const fresh = await translate(dir, [book, "--force", "--fresh"]);
    expect(fresh.terminal.error).toContain("3 of 4 translated, 1 kept");
  });

  it("tells an unknown engine by its name", async () => {
    await using dir = await tempDir();
    const book = await withBook(dir, "dver.fb2", GOOD);
    const { status, terminal } = await translate(dir, [book, "--engine", "nope"]);
    expect(status).toBe(14);
    expect(terminal.error).toMatch(/nope.*\n.*draft/);
  });

  it("says nothing with --quiet but errors", async () => {
    await using dir = await tempDir();
    const books = [await withBook(dir, "dver.fb2", GOOD), dir.file("none.fb2")];
    const { status, terminal } = await translate(dir, ["--quiet", ...books]);
    expect(status).toBe(11);
    expect(terminal.out).toBe("");
    expect(terminal.error).toMatch(/^fbtr: .*none\.fb2.*\n.*\n$/);
  });
});

describe("fbtr translate --json", () => {
  it("prints the events of a book, from started to completed with the report", async () => {
    await using dir = await tempDir();
    const book = await withBook(dir, "dver.fb2", GOOD);
    const { status, terminal } = await translate(dir, ["--json", book]);
    expect([status, terminal.error]).toEqual([0, ""]);
    const events = eventsIn(terminal.out);
    expect(events[0]).toMatchObject({
      type: "translation_started",
      data: { book_title: "Дверь", items_total: 4, provider: "draft" },
    });
    expect(events.at(-2)).toMatchObject({
      type: "translation_progress",
      data: { items_completed: 4, unknown_words: 1, percent_complete: 100 },
    });
    const unknownWords = [{ word: "фелонь", count: 1 }];
    const sentences = { total: 3, doubtful: [{ section: 2, score: 0.45 }] };
    expect(events.at(-1)).toMatchObject({
      type: "translation_completed",
      data: { report: { snapshot: { state: "done" }, unknownWords, sentences } },
    });
  });

  it("tells errors as JSON on both streams, those of usage on standard error", async () => {
    await using dir = await tempDir();
    const { status, terminal } = await translate(dir, ["--json", dir.file("none.fb2")]);
    expect(status).toBe(11);
    const error = { code: "BOOK_UNREADABLE", hint: "Check the path." };
    expect(eventsIn(terminal.out)).toMatchObject([{ type: "translation_error", data: error }]);
    expect(eventsIn(terminal.error)).toMatchObject([{ type: "error", ...error, exit_status: 11 }]);
    const usage = await translate(dir, ["--json", "--nope", "x"]);
    expect(usage.status).toBe(2);
    expect(JSON.parse(usage.terminal.error)).toMatchObject({
      code: "USAGE_INVALID",
      exit_status: 2,
    });
  });

  it("finishes the book when nobody reads the lines any more", async () => {
    await using dir = await tempDir();
    const book = await withBook(dir, "dver.fb2", GOOD);
    const terminal = capturedTerminal();
    terminal.writeOut = () => Promise.reject(new ReaderGone("head has had enough"));
    expect((await translate(dir, ["--json", book], terminal)).status).toBe(0);
    expect(await readdir(dir.path)).toContain("dver.sr.fb2");
  });

  it("fails when the lines cannot be written, though the book is finished", async () => {
    await using dir = await tempDir();
    const book = await withBook(dir, "dver.fb2", GOOD);
    const terminal = capturedTerminal();
    const full = new FbtrError("OUTPUT_UNWRITABLE", "Cannot write to standard output");
    terminal.writeOut = () => Promise.reject(full);
    expect((await translate(dir, ["--json", book], terminal)).status).toBe(13);
    expect(await readdir(dir.path)).toContain("dver.sr.fb2");
  });
});

describe("fbtr translate with standard streams", () => {
  it("reads the book from standard input and writes it to standard output", async () => {
    await using dir = await tempDir();
    const { status, terminal } = await translate(dir, ["-"], capturedTerminal(GOOD));
    expect(status).toBe(0);
    expect(terminal.out).toContain("<p>Мама мила раму.</p>");
    expect(terminal.out.trim().endsWith("</FictionBook>")).toBe(true);
    expect(terminal.error).toContain("Output      standard output\n");
    expect(terminal.error).toContain("Дверь (standard input)");
  });

  it("writes a named book to standard output with -o -", async () => {
    await using dir = await tempDir();
    const args = [await withBook(dir, "dver.fb2", GOOD), "-o", "-", "--script", "latin"];
    expect((await translate(dir, args)).terminal.out).toContain("Mama mila ramu.");
  });

  it("writes a book from standard input into a folder", async () => {
    await using dir = await tempDir();
    await mkdir(dir.file("out"));
    await translate(dir, ["-", "-o", dir.file("out")], capturedTerminal(GOOD));
    expect(await readdir(dir.file("out"))).toEqual(["book.sr.fb2"]);
  });

  it.each([
    ["both scripts", ["--script", "both"], "both scripts"],
    ["events", ["--json"], "events of --json"],
    ["another book", ["x.fb2"], "x.fb2"],
  ])("refuses to send %s there as well", async (_, args, says) => {
    await using dir = await tempDir();
    const { status, terminal } = await translate(dir, ["-o", "-", "-", ...args]);
    expect(status).toBe(2);
    expect(terminal.error).toContain(says === "x.fb2" ? "several books" : says);
    expect(terminal.out).toBe("");
  });

  it("does not write a book to a person's terminal unless told to", async () => {
    await using dir = await tempDir();
    const terminal = (): ReturnType<typeof capturedTerminal> => ({
      ...capturedTerminal(GOOD),
      showsOutput: true,
    });
    expect((await translate(dir, ["-"], terminal())).status).toBe(2);
    expect((await translate(dir, ["-", "-o", "-"], terminal())).status).toBe(0);
  });

  it("is content when the reader of the book has had enough", async () => {
    await using dir = await tempDir();
    const terminal = capturedTerminal(GOOD);
    terminal.writeOut = () => Promise.reject(new ReaderGone("head has had enough"));
    const { status } = await translate(dir, ["-"], terminal);
    expect(status).toBe(0);
  });
});

describe("fbtr translate on a terminal", () => {
  it("draws the live screen on standard error and leaves the report below it", async () => {
    await using dir = await tempDir();
    const tty = new FakeTty();
    const terminal: Terminal = {
      ...capturedTerminal(),
      screen: tty as unknown as NodeJS.WriteStream,
      writeError: (text) => void tty.write(text),
    };
    const book = await withBook(dir, "dver.fb2", GOOD);
    expect(await run(["translate", book], terminal, surroundingsIn(dir))).toBe(0);
    expect(tty.drawn).toContain("✓ Дверь: ");
    expect(tty.drawn.indexOf("Segments    3 of 4")).toBeGreaterThan(tty.drawn.indexOf("✓ Дверь"));
  });
});

describe("Ctrl-C", () => {
  const LONG = bookOf(
    "Долго",
    Array.from({ length: 200 }, (_, n) => `Глава ${n}`),
  );

  it("once saves what is done and ends with 130; the same command finishes the book", async () => {
    await using dir = await tempDir();
    await using calm = await tempDir();
    const book = await withBook(dir, "dolgo.fb2", LONG);
    let segments = 0;
    const surroundings = surroundingsIn(dir, {
      loadDraftEngine: () =>
        Promise.resolve({
          ...SMALL_ENGINE,
          translate: (text) => {
            segments += 1;
            if (segments === 20) surroundings.signals.emit("SIGINT", "SIGINT");
            return SMALL_ENGINE.translate(text);
          },
        }),
    });
    const terminal = capturedTerminal();
    expect(await run(["translate", "--fresh", book], terminal, surroundings)).toBe(130);
    expect(segments).toBeLessThan(200);
    expect(terminal.error).toContain("Ctrl-C again stops at once");
    expect(terminal.error).toContain(`Go on with  fbtr translate ${book}\n`);
    expect(surroundings.signals.listenerCount("SIGINT")).toBe(0);
    const again = await translate(dir, [book]);
    expect(again.status).toBe(0);
    expect(again.terminal.error).toContain("of them earlier");
    await translate(calm, [await withBook(calm, "dolgo.fb2", LONG)]);
    expect(await readFile(dir.file("dolgo.sr.fb2"), "utf8")).toBe(
      await readFile(calm.file("dolgo.sr.fb2"), "utf8"),
    );
  });

  it("begins no other book, and says which ones wait", async () => {
    await using dir = await tempDir();
    const books = [await withBook(dir, "a.fb2", GOOD), await withBook(dir, "b.fb2", LONG)];
    const surroundings = surroundingsIn(dir, {
      loadDraftEngine: () => {
        surroundings.signals.emit("SIGTERM", "SIGTERM");
        return Promise.resolve(SMALL_ENGINE);
      },
    });
    const terminal = capturedTerminal();
    expect(await run(["translate", ...books], terminal, surroundings)).toBe(143);
    expect(terminal.error).toContain(`fbtr translate ${books.join(" ")}\n`);
  });
});
