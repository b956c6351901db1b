import { readdir, readFile, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";

import { FbtrError } from "../../../src/base/errors.ts";
import { LiveSettings } from "../../../src/server/live-settings.ts";
import type { DaemonSettings } from "../../../src/server/settings.ts";
import { tempDir, type TempDir } from "../../support/temp-dir.ts";

/** Settings of a file whose only rule is that numbers are positive. */
async function liveIn(dir: TempDir) {
  const file = dir.file("config.json");
  const load = async (path = file) => {
    const numbers = JSON.parse(await readFile(path, "utf8")) as Record<
      string,
      Record<string, number>
    >;
    const isFine = Object.values(numbers).every((group) =>
      Object.values(group).every((n) => n > 0),
    );
    if (!isFine) throw new FbtrError("CONFIG_INVALID", `${path}: a number is not positive`);
    return { file, config: numbers } as unknown as DaemonSettings;
  };
  await writeFile(file, '{"a":{"b":1}}');
  const heard: unknown[] = [];
  const live = new LiveSettings(await load(), load, async ({ config }) => void heard.push(config));
  const text = async () => JSON.parse(await readFile(file, "utf8")) as unknown;
  return { live, heard, text, write: (next: string) => writeFile(file, next) };
}

it("a change stands in the file, and is gone by from then on", async () => {
  await using dir = await tempDir();
  const { live, heard, text } = await liveIn(dir);
  await live.change({ "a.b": 2, "c.d": 3 });
  const expected = { a: { b: 2 }, c: { d: 3 } };
  expect(live.current.config).toEqual(expected);
  expect(await text()).toEqual(expected);
  expect(heard).toEqual([expected]);
});

it("a change of which a part is invalid leaves file and settings as they were", async () => {
  await using dir = await tempDir();
  const { live, heard, text } = await liveIn(dir);
  const before = live.current;
  await expect(live.change({ "a.b": 5, "c.d": -3 })).rejects.toThrow("not positive");
  expect(live.current).toBe(before);
  expect(await text()).toEqual({ a: { b: 1 } });
  expect(heard).toEqual([]);
  expect(await readdir(dir.path)).toEqual(["config.json"]);
});

it("what is wrong with a change is told of the user's file", async () => {
  await using dir = await tempDir();
  const { live } = await liveIn(dir);
  await expect(live.change({ "a.b": -1 })).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    message: `${dir.file("config.json")}: a number is not positive`,
  });
});

it("of changes at the same time none is lost", async () => {
  await using dir = await tempDir();
  const { live, text } = await liveIn(dir);
  await Promise.all([1, 2, 3, 4].map((n) => live.change({ [`c.n${n}`]: n })));
  const expected = { a: { b: 1 }, c: { n1: 1, n2: 2, n3: 3, n4: 4 } };
  expect(live.current.config).toEqual(expected);
  expect(await text()).toEqual(expected);
});

it("an invalid change does not stand in the way of the next one", async () => {
  await using dir = await tempDir();
  const { live, text } = await liveIn(dir);
  const ends = await Promise.allSettled([live.change({ "a.b": -1 }), live.change({ "a.b": 7 })]);
  expect(ends.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect(await text()).toEqual({ a: { b: 7 } });
});

it("a file that has become invalid is not taken by a reload", async () => {
  await using dir = await tempDir();
  const { live, write } = await liveIn(dir);
  await write('{"a":{"b":-1}}');
  await expect(live.reload()).rejects.toThrow("not positive");
  expect(live.current.config).toEqual({ a: { b: 1 } });
  await write('{"a":{"b":9}}');
  await live.reload();
  expect(live.current.config).toEqual({ a: { b: 9 } });
});
