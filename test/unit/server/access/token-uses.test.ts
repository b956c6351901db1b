import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

import { readTokenUses, TokenUses } from "../../../../src/server/access/token-uses.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const NOON = Date.parse("2026-11-24T12:00:00Z");
const none = (fault: unknown) => expect.unreachable(String(fault));

it("the last use of a token is told to the minute, and not written for each request", async () => {
  await using dir = await tempDir();
  let now = NOON;
  const uses = new TokenUses(dir.path, { now: () => now, elapsed: () => 0 }, none);
  expect(readTokenUses(dir.path)).toEqual({});
  uses.note("a", () => ["a", "b"]);
  const written = await readFile(dir.file("token-uses.json"), "utf8");
  now += 59_999;
  uses.note("a", () => ["a", "b"]);
  expect(await readFile(dir.file("token-uses.json"), "utf8")).toBe(written);
  uses.note("b", () => ["a", "b"]);
  now += 1;
  uses.note("a", () => ["a", "b"]);
  expect(readTokenUses(dir.path)).toEqual({
    a: "2026-11-24T12:01:00.000Z",
    b: "2026-11-24T12:00:59.999Z",
  });
});

it("the uses of tokens that are revoked are forgotten", async () => {
  await using dir = await tempDir();
  const uses = new TokenUses(dir.path, { now: () => NOON, elapsed: () => 0 }, none);
  uses.note("a", () => ["a", "b"]);
  uses.note("b", () => ["b"]);
  expect(Object.keys(readTokenUses(dir.path))).toEqual(["b"]);
});

it("a file that cannot be written is told, and fails no request", async () => {
  await using dir = await tempDir();
  const faults: unknown[] = [];
  const clock = { now: () => NOON, elapsed: () => 0 };
  const uses = new TokenUses(dir.file("state"), clock, (fault) => faults.push(fault));
  uses.note("a", () => ["a"]);
  expect(faults).toEqual([expect.objectContaining({ code: "ENOENT" })]);
});
