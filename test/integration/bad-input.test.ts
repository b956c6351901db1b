import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, link, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterEach, describe, expect, it, vi } from "vitest";

import { run } from "../../src/cli/program.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";
import { surroundingsIn } from "../support/cli-surroundings.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";
import { withFalseEntry, zipOf } from "../support/zips.ts";

/** Commands that make a book of a book. What follows holds for each of them. */
const COMMANDS: readonly { readonly name: string; readonly options: readonly string[] }[] = [
  { name: "convert", options: ["--to", "latin"] },
  { name: "translate", options: ["--quiet"] },
];

const BOOK = `<?xml version="1.0" encoding="utf-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><body><section>
<p>Мама мыла раму.</p></section></body></FictionBook>`;

const MAIN = join(import.meta.dirname, "../../src/cli/main.ts");

/** One line that names the file, one that says what to do. */
const says = (name: string) => new RegExp(`^fbtr: [^\\n]*${name}[^\\n]*\\n[A-Z][^\\n]*\\.\\n$`);

afterEach(() => {
  vi.unstubAllEnvs();
});

interface Outcome {
  readonly status: number;
  readonly error: string;
  /** Names in the folder afterwards. */
  readonly files: readonly string[];
}

describe.each(COMMANDS)("fbtr $name", ({ name, options }) => {
  async function outcomeOf(
    dir: TempDir,
    book: string,
    output: string,
    ...more: string[]
  ): Promise<Outcome> {
    await using state = await tempDir();
    const terminal = capturedTerminal();
    const args = [name, dir.file(book), ...options, "-o", dir.file(output), ...more];
    const status = await run(args, terminal, surroundingsIn(state));
    return { status, error: terminal.error, files: (await readdir(dir.path)).sort() };
  }

  describe("refuses to read", () => {
    const plain = (content: string | Uint8Array) => () => Promise.resolve(Buffer.from(content));
    const spaces = Buffer.alloc(17 * 1024 * 1024, " ");
    const bad: readonly [what: string, content: () => Promise<Buffer>, message: RegExp][] = [
      ["plain text", plain("Мама мыла раму."), /is not a FictionBook 2 file/],
      ["a web page", plain("<!doctype html><html></html>"), /is not a FictionBook 2 file/],
      ["a picture", plain(Buffer.from("89504e470d0a1a0a", "hex")), /is not a FictionBook 2 file/],
      ["an empty file", plain(""), /is empty/],
      [
        "entities declared in a DTD",
        plain(
          '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><FictionBook><p>&a;</p></FictionBook>',
        ),
        /declares entities in a DTD/,
      ],
      [
        "a zip that was cut off",
        async () => (await zipOf({ "book.fb2": BOOK })).subarray(0, 150),
        /is a damaged zip/,
      ],
      [
        "a zip whose content is damaged",
        async () => {
          const zip = await zipOf({ "book.fb2": BOOK });
          return zip.fill(0xff, 60, 120);
        },
        /is a damaged zip/,
      ],
      [
        "a zip without an FB2",
        () => zipOf({ "readme.txt": "нет", "__MACOSX/._book.fb2": "Mac" }),
        /is a zip without an FB2/,
      ],
      ["a zip with nothing in it", () => zipOf({}), /is a zip without an FB2/],
      [
        "a zip with a password",
        async () => withFalseEntry(await zipOf({ "book.fb2": BOOK }), { flags: 1 }),
        /is a zip with a password/,
      ],
      [
        "a zip that grows a thousand times",
        () => zipOf({ "book.fb2": spaces }),
        /is refused: it unzips to \d+ times its size/,
      ],
      [
        "a zip that says it is huge",
        async () => withFalseEntry(await zipOf({ "book.fb2": BOOK }), { size: 0xf0000000 }),
        /is refused: it unzips to over 1 GiB/,
      ],
      [
        "a zip that lies about its size",
        async () => withFalseEntry(await zipOf({ "book.fb2": spaces }), { size: 1000 }),
        /is a damaged zip: too many bytes/,
      ],
      [
        "a zip of a thousand files",
        () => zipOf(Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`${n}.txt`, ""]))),
        /is refused: it has 1001 entries/,
      ],
    ];

    it.each(bad)("%s", async (_what, content, message) => {
      await using dir = await tempDir();
      await writeFile(dir.file("book.fb2"), await content());
      const { status, error, files } = await outcomeOf(dir, "book.fb2", "out.fb2");
      expect(error).toMatch(message);
      expect(error).toMatch(says("book.fb2"));
      expect(status).toBe(11);
      expect(files).toEqual(["book.fb2"]);
    });

    it("a zip on standard input that was cut off, and keeps nothing of it", async () => {
      await using dir = await tempDir();
      await using state = await tempDir();
      vi.stubEnv("TMPDIR", dir.path);
      const zip = await zipOf({ "book.fb2": BOOK });
      const terminal = capturedTerminal(zip.subarray(0, 150));
      const args = [name, "-", ...options, "-o", dir.file("out.fb2")];
      expect(await run(args, terminal, surroundingsIn(state))).toBe(11);
      expect(terminal.error).toMatch(says("Standard input is a damaged zip"));
      expect(await readdir(dir.path)).toEqual([]);
    });

    it("a missing file and a folder without books", async () => {
      await using dir = await tempDir();
      await mkdir(dir.file("book.fb2"));
      const folder = await outcomeOf(dir, "book.fb2", "out.fb2");
      expect(folder).toMatchObject({ status: 11, files: ["book.fb2"] });
      const reason = name === "translate" ? "there is no book in it" : "it is a folder";
      expect(folder.error).toMatch(says(`book.fb2: ${reason}`));
      const missing = await outcomeOf(dir, "none.fb2", "out.fb2");
      expect(missing).toMatchObject({ status: 11, files: ["book.fb2"] });
      expect(missing.error).toMatch(says("none.fb2: there is no such file"));
    });
  });

  describe("refuses to write", () => {
    it("over a file that is there, until it is forced", async () => {
      await using dir = await tempDir();
      await writeFile(dir.file("book.fb2"), BOOK);
      await writeFile(dir.file("out.fb2"), "mine");
      const { status, error, files } = await outcomeOf(dir, "book.fb2", "out.fb2");
      expect(error).toMatch(says("out.fb2"));
      expect(error).toContain("--force");
      expect(status).toBe(12);
      expect(files).toEqual(["book.fb2", "out.fb2"]);
      expect(await readFile(dir.file("out.fb2"), "utf8")).toBe("mine");
      expect(await outcomeOf(dir, "book.fb2", "out.fb2", "--force")).toMatchObject({ status: 0 });
    });

    it.each([
      ["by its own name", (dir: TempDir) => Promise.resolve(dir.file("book.fb2")), "book.fb2"],
      [
        "by a symbolic link",
        (dir: TempDir) => symlink("book.fb2", dir.file("same.fb2")),
        "same.fb2",
      ],
      [
        "by a hard link",
        (dir: TempDir) => link(dir.file("book.fb2"), dir.file("same.fb2")),
        "same.fb2",
      ],
    ])("over the book itself %s, even when it is forced", async (_how, prepare, output) => {
      await using dir = await tempDir();
      await writeFile(dir.file("book.fb2"), BOOK);
      await prepare(dir);
      const before = (await readdir(dir.path)).sort();
      const { status, error, files } = await outcomeOf(dir, "book.fb2", output, "--force");
      expect(error).toMatch(says(output));
      expect(status).toBe(2);
      expect(files).toEqual(before);
      expect(await readFile(dir.file("book.fb2"), "utf8")).toBe(BOOK);
    });

    it.each([
      ["into a folder that is missing", "none/out.fb2"],
      ["into a file as if it were a folder", "book.fb2/out.fb2"],
    ])("%s", async (_what, output) => {
      await using dir = await tempDir();
      await writeFile(dir.file("book.fb2"), BOOK);
      const { status, error, files } = await outcomeOf(dir, "book.fb2", output, "--force");
      expect(error).toMatch(says(output));
      expect(status).toBe(13);
      expect(files).toEqual(["book.fb2"]);
    });

    it.skipIf(!existsSync("/dev/full"))("on a full disk", async () => {
      await using dir = await tempDir();
      await writeFile(dir.file("book.fb2"), BOOK);
      await symlink("/dev/full", dir.file("out.fb2"));
      const { status, error, files } = await outcomeOf(dir, "book.fb2", "out.fb2", "--force");
      expect(error).toMatch(says("out.fb2: the disk is full"));
      expect(status).toBe(13);
      expect(files).toEqual(["book.fb2", "out.fb2"]);
      expect((await stat("/dev/full")).isCharacterDevice()).toBe(true);
    });
  });

  describe("of a user without rights", () => {
    /** Root may do everything: then the command runs as another user, if that one can reach it. */
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const start = (args: readonly string[], state: string) =>
      spawnSync(process.execPath, [MAIN, ...args], {
        ...user,
        encoding: "utf8",
        env: { PATH: process.env["PATH"], HOME: state, TMPDIR: state },
      });
    const unreachable = start(["--version"], "/").status !== 0;

    it.skipIf(unreachable)("refuses to read a book that the user may not read", async () => {
      await using dir = await tempDir();
      await using state = await tempDir();
      await chmod(state.path, 0o777);
      await chmod(dir.path, 0o777);
      await writeFile(dir.file("book.fb2"), BOOK);
      await chmod(dir.file("book.fb2"), 0o000);
      const args = [name, dir.file("book.fb2"), ...options, "-o", dir.file("out.fb2")];
      const { status, stderr } = start(args, state.path);
      expect(stderr).toMatch(says("book.fb2: no permission to read it"));
      expect(status).toBe(11);
      expect(await readdir(dir.path)).toEqual(["book.fb2"]);
    });

    it.skipIf(unreachable)("refuses to write into a folder that is not the user's", async () => {
      await using dir = await tempDir();
      await using state = await tempDir();
      await chmod(state.path, 0o777);
      await writeFile(dir.file("book.fb2"), BOOK);
      await mkdir(dir.file("locked"));
      await chmod(dir.file("locked"), 0o555);
      await chmod(dir.path, 0o777);
      const args = [name, dir.file("book.fb2"), ...options, "-o", dir.file("locked/out.fb2")];
      const { status, stderr } = start(args, state.path);
      expect(stderr).toMatch(says("locked/out.fb2: no permission"));
      expect(status).toBe(13);
      expect(await readdir(dir.file("locked"))).toEqual([]);
    });
  });
});

// fbtr translate reads books the same way; it would draft this one for a minute.
it("fbtr convert reads a paragraph of 16 MB that nobody closes in little memory", async () => {
  await using dir = await tempDir();
  const beginning = "<?xml version='1.0'?><FictionBook><body><section><p>";
  await writeFile(dir.file("book.fb2"), beginning + "Мама мыла раму. ".repeat(585_000));
  expect((await stat(dir.file("book.fb2"))).size).toBeGreaterThan(16_000_000);
  await writeFile(dir.file("small.fb2"), BOOK);
  const report = "process.on('exit',()=>console.error(process.resourceUsage().maxRSS))";
  const peakOf = (book: string) => {
    const command = ["convert", dir.file(book), "--to", "latin", "-o", dir.file(`out.${book}`)];
    const args = ["--import", `data:text/javascript,${report}`, MAIN, ...command];
    const { status, stderr } = spawnSync(process.execPath, args, {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], HOME: dir.file("home") },
    });
    expect(status).toBe(0);
    return Number(stderr.trim().split("\n").at(-1)) / 1000;
  };
  const more = peakOf("book.fb2") - peakOf("small.fb2");
  expect(more).toBeLessThan(100);
  expect((await stat(dir.file("out.book.fb2"))).size).toBeGreaterThan(8_000_000);
});
