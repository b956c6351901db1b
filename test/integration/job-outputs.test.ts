import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { listJobs } from "../../src/job/jobs.ts";
import { translateWith, type TranslateOutput } from "../../src/job/pipeline.ts";
import {
  bookOf,
  choosing,
  requestFor,
  scriptedTranslator,
  surroundingsIn,
} from "../support/job-surroundings.ts";
import { tempDir } from "../support/temp-dir.ts";

const PARAGRAPHS = Array.from(
  { length: 400 },
  (_, at) => `Моя мама дома номер ${at}, и твоя тётя.`,
);
const BOOK = bookOf("Дом", [["Дом", ...PARAGRAPHS]]);

function outputsIn(...folders: readonly [string, string]): TranslateOutput[] {
  return [
    { path: join(folders[0], "book.sr.fb2"), script: "cyrillic", format: "fb2" },
    { path: join(folders[1], "book.sr-Latn.fb2"), script: "latin", format: "fb2" },
  ];
}

async function run(folder: string, outputs: readonly TranslateOutput[]) {
  const translator = scriptedTranslator();
  const { environment } = surroundingsIn(folder);
  const request = await requestFor(folder, BOOK, { outputs, script: "both" });
  const ended = translateWith(choosing(translator), request, environment).then(
    ({ snapshot }) => snapshot.state,
    (error: unknown) => error,
  );
  return { end: await ended, asked: translator.asked.length, environment };
}

describe("two outputs of one translation", () => {
  it("are written from one translation, with the ids and dates of the job", async () => {
    await using dir = await tempDir();
    const first = await run(dir.path, outputsIn(dir.path, dir.path));
    expect(first).toMatchObject({ end: "done", asked: 402 });
    const latin = await readFile(dir.file("book.sr-Latn.fb2"), "utf8");
    const cyrillic = await readFile(dir.file("book.sr.fb2"), "utf8");
    expect(cyrillic).toContain("Моа мама дома номер 399");
    expect(latin).toContain("Moa mama doma nomer 399");
    const again = await run(dir.path, outputsIn(dir.path, dir.path));
    expect(again).toMatchObject({ end: "done", asked: 0 });
    expect(await readFile(dir.file("book.sr-Latn.fb2"), "utf8")).toBe(latin);
  });

  it("replace nothing when the second cannot be written", async () => {
    await using dir = await tempDir();
    await mkdir(dir.file("gone"));
    await writeFile(dir.file("book.sr.fb2"), "an earlier translation");
    const translator = scriptedTranslator({ before: () => rmSync(dir.file("gone"), removal) });
    const removal = { recursive: true, force: true };
    const { environment } = surroundingsIn(dir.path);
    const outputs = outputsIn(dir.path, dir.file("gone"));
    const request = await requestFor(dir.path, BOOK, { outputs, script: "both" });
    const running = translateWith(choosing(translator), request, environment);
    await expect(running).rejects.toMatchObject({ code: "OUTPUT_UNWRITABLE" });
    expect(await readFile(dir.file("book.sr.fb2"), "utf8")).toBe("an earlier translation");
    expect((await readdir(dir.path)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

const MOUNT = "mount";
const UNMOUNT = "umount";

/** Only root may mount, and not in every container. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "fbtr-mount-"));
  try {
    execFileSync(MOUNT, ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], { stdio: "ignore" });
    execFileSync(UNMOUNT, [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder on a disk of its own. */
function smallDisk(folder: string, kilobytes: number): Disposable {
  mkdirSync(folder);
  execFileSync(MOUNT, ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", folder]);
  return { [Symbol.dispose]: () => execFileSync(UNMOUNT, ["--lazy", folder]) };
}

describe.skipIf(!canMount())("a full disk (needs the right to mount)", () => {
  it("at the output: one line, nothing left behind, and the same command goes on", async () => {
    await using dir = await tempDir();
    using _disk = smallDisk(dir.file("disk"), 8);
    const outputs = outputsIn(dir.path, dir.file("disk"));
    const first = await run(dir.path, outputs);
    const path = dir.file("disk/book.sr-Latn.fb2");
    expect(first.end).toMatchObject({
      code: "OUTPUT_UNWRITABLE",
      message: `Cannot write ${path}: the disk is full`,
    });
    expect(readdirSync(dir.file("disk"))).toEqual([]);
    expect(await readdir(dir.path)).not.toContain("book.sr.fb2");
    expect(listJobs(first.environment.stateFolder)).toMatchObject([
      { state: "interrupted", segments: { translated: 402 } },
    ]);
    execFileSync(MOUNT, ["-o", "remount,size=1m", dir.file("disk")]);
    expect(await run(dir.path, outputs)).toMatchObject({ end: "done", asked: 0 });
  });

  it("at the job store: one line, and the same command goes on when there is room", async () => {
    await using dir = await tempDir();
    using _disk = smallDisk(dir.file("state"), 320);
    const ballast = dir.file("state/ballast");
    writeFileSync(ballast, Buffer.alloc(60_000));
    const first = await run(dir.path, outputsIn(dir.path, dir.path));
    expect(first.end).toMatchObject({ code: "JOB_STORE_FAILED" });
    expect(await readdir(dir.path)).not.toContain("book.sr.fb2");
    rmSync(ballast);
    execFileSync(MOUNT, ["-o", "remount,size=4m", dir.file("state")]);
    expect(await run(dir.path, outputsIn(dir.path, dir.path))).toMatchObject({ end: "done" });
  });
});
