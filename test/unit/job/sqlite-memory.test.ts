import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";

import { SqliteMemory } from "../../../src/job/sqlite-memory.ts";
import type { RememberedTranslation } from "../../../src/plan/memory.ts";
import { tempDir } from "../../support/temp-dir.ts";

const ONE: RememberedTranslation = {
  text: "један",
  unknownWords: ["х"],
  words: { total: 2, known: 1 },
};
const entries = (...keys: string[]) => new Map(keys.map((key) => [key, ONE]));

function open(folder: string, time: { now: number }, maxEntries = 100) {
  const clock = { now: () => time.now, elapsed: () => time.now };
  return new SqliteMemory(folder, { clock, ttlMs: 100, maxEntries });
}

it("remembers when it is opened again, in a folder of the user alone", async () => {
  await using dir = await tempDir();
  const folder = dir.file("cache");
  {
    using memory = open(folder, { now: 1 });
    memory.put(entries("a"));
  }
  using again = open(folder, { now: 1 });
  expect(again.get("a")).toEqual(ONE);
  expect(again.get("b")).toBeUndefined();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

it("hands out nothing that is too old, and takes a later translation for an earlier", async () => {
  await using dir = await tempDir();
  const time = { now: 1000 };
  using memory = open(dir.path, time);
  memory.put(entries("a"));
  time.now = 1100;
  expect(memory.get("a")).toEqual(ONE);
  time.now = 1101;
  expect(memory.get("a")).toBeUndefined();
  memory.put(new Map([["a", { ...ONE, text: "два" }]]));
  expect(memory.get("a")?.text).toBe("два");
});

it("removes what turned out to be wrong", async () => {
  await using dir = await tempDir();
  using memory = open(dir.path, { now: 1 });
  memory.put(entries("a", "b"));
  memory.remove(["a"]);
  expect(memory.get("a")).toBeUndefined();
  expect(memory.get("b")).toEqual(ONE);
});

it("forgets the oldest when there are too many", async () => {
  await using dir = await tempDir();
  const time = { now: 1 };
  {
    using memory = open(dir.path, time, 2);
    for (const key of ["a", "b", "c"]) {
      memory.put(entries(key));
      time.now += 1;
    }
  }
  using again = open(dir.path, time, 2);
  expect(["a", "b", "c"].map((key) => again.get(key)?.text)).toEqual([undefined, "један", "један"]);
});

it("hands out no entry that was changed behind its back", async () => {
  await using dir = await tempDir();
  using memory = open(dir.path, { now: 1 });
  memory.put(entries("a", "b"));
  const other = new DatabaseSync(dir.file("memory.sqlite"));
  other.exec("UPDATE translation SET value = replace(value, 'један', 'једам') WHERE key = 'a'");
  other.close();
  expect(memory.get("a")).toBeUndefined();
  expect(memory.get("b")).toEqual(ONE);
});
