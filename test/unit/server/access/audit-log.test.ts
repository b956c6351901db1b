import { appendFile, chmod, readFile, writeFile } from "node:fs/promises";

import fc from "fast-check";
import { expect, it } from "vitest";

import { systemClock } from "../../../../src/base/clock.ts";
import { AuditLog, verifyAudit } from "../../../../src/server/access/audit-log.ts";
import { tempDir, type TempDir } from "../../../support/temp-dir.ts";

const ENTRIES = 6;

/** A log with some entries in `dir`, and its lines. */
async function written(dir: TempDir): Promise<string[]> {
  const log = new AuditLog(dir.path, systemClock);
  for (let number = 0; number < ENTRIES; number += 1) {
    log.add("user", "token_created", { id: `t${number}`, number });
  }
  return (await readFile(dir.file("audit.jsonl"), "utf8")).trimEnd().split("\n");
}

const overwrite = (dir: TempDir, lines: readonly string[]) =>
  writeFile(dir.file("audit.jsonl"), lines.map((line) => `${line}\n`).join(""));

it("a log that nobody has touched is whole, also over several processes", async () => {
  await using dir = await tempDir();
  await written(dir);
  await written(dir);
  expect(verifyAudit(dir.path)).toEqual({ entries: 2 * ENTRIES, faults: [] });
});

it("nothing at all is whole", async () => {
  await using dir = await tempDir();
  expect(verifyAudit(dir.path)).toEqual({ entries: 0, faults: [] });
});

/** What somebody may do to the lines of a log, who does not have its key. */
const place = fc.nat(ENTRIES - 1);
const TAMPERING: readonly (readonly [string, fc.Arbitrary<(lines: string[]) => string[]>])[] = [
  [
    "a letter that is changed",
    fc.tuple(place, fc.nat()).map(([line, at]) => (lines) => {
      const text = lines[line] ?? "";
      const index = at % text.length;
      const letter = text[index] === "0" ? "1" : "0";
      return lines.with(line, text.slice(0, index) + letter + text.slice(index + 1));
    }),
  ],
  ["a line that is taken out", place.map((line) => (lines) => lines.toSpliced(line, 1))],
  [
    "a line that is put elsewhere",
    fc
      .tuple(place, place)
      .filter(([from, to]) => from !== to)
      .map(([from, to]) => (lines) => {
        const [moved = ""] = lines.slice(from, from + 1);
        return lines.toSpliced(from, 1).toSpliced(to, 0, moved);
      }),
  ],
  ["a line that is there twice", place.map((line) => (lines) => [...lines, lines[line] ?? ""])],
  ["an end that is cut off", place.map((line) => (lines) => lines.slice(0, line))],
  ["a line that is no entry", place.map((line) => (lines) => lines.toSpliced(line, 0, "null"))],
];

it.each(TAMPERING)("%s is found", async (_, tampering) => {
  await using dir = await tempDir();
  const lines = await written(dir);
  await fc.assert(
    fc.asyncProperty(tampering, async (tamper) => {
      await overwrite(dir, tamper(lines));
      expect(verifyAudit(dir.path).faults).toHaveLength(1);
    }),
    { numRuns: 30 },
  );
});

it("a line that a crash cut off is told, and the next process goes on before it", async () => {
  await using dir = await tempDir();
  await written(dir);
  await appendFile(dir.file("audit.jsonl"), '{"seq":7,"t":"20');
  expect(verifyAudit(dir.path).faults).toEqual(["the last line was cut off while it was written"]);
  new AuditLog(dir.path, systemClock).add("user", "reloaded");
  expect(verifyAudit(dir.path)).toEqual({ entries: ENTRIES + 1, faults: [] });
});

it("what was cut off stays missing when the log goes on", async () => {
  await using dir = await tempDir();
  const lines = await written(dir);
  await overwrite(dir, lines.slice(0, -2));
  await written(dir);
  expect(verifyAudit(dir.path).faults).toEqual(["line 5: it does not follow line 4"]);
});

it("goes on behind a line that is no entry, which stays to be found", async () => {
  await using dir = await tempDir();
  const lines = await written(dir);
  await overwrite(dir, [...lines, "no entry"]);
  await written(dir);
  expect(verifyAudit(dir.path).faults).toEqual([`line ${ENTRIES + 1}: it is no entry`]);
});

it("several who write by turns, as daemon and command line do, write one chain", async () => {
  await using dir = await tempDir();
  const [daemon, shell] = [1, 2].map(() => new AuditLog(dir.path, systemClock));
  for (let round = 0; round < 3; round += 1) {
    daemon?.add("127.0.0.1", "auth_failed", { path: "/" });
    shell?.add("user", "token_created", { id: "t" });
  }
  expect(verifyAudit(dir.path)).toEqual({ entries: 6, faults: [] });
});

it.skipIf(process.platform === "win32")("a key that others may read is refused", async () => {
  await using dir = await tempDir();
  await written(dir);
  await chmod(dir.file("audit.key"), 0o644);
  expect(() => verifyAudit(dir.path)).toThrow("others may read it");
  expect(() => new AuditLog(dir.path, systemClock)).toThrow("others may read it");
});
