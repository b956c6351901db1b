import { existsSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { Releases } from "../../../../src/worker/provision/releases.ts";
import { tempDir, type TempDir } from "../../../support/temp-dir.ts";

const [FIRST, SECOND, THIRD] = ["1.0.0-00000001", "1.1.0-00000002", "2.0.0-rc.1-00000003"] as const;

const works = () => Promise.resolve();

function unpack(releases: Releases, name: string): void {
  const folder = join(releases.folder, name);
  mkdirSync(folder, { recursive: true });
  const version = name.slice(0, name.lastIndexOf("-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ version }));
}

/** A machine to which releases have been brought, one after the other. */
async function machineWith(home: TempDir, ...names: readonly string[]): Promise<Releases> {
  const releases = new Releases(home.path);
  for (const name of names) {
    unpack(releases, name);
    await releases.activate(name, works);
  }
  return releases;
}

it("keeps the release in use and the one before, and no older one", async () => {
  await using home = await tempDir();
  const releases = await machineWith(home, FIRST, SECOND, THIRD);
  expect(releases).toMatchObject({ current: THIRD, previous: SECOND, version: "2.0.0-rc.1" });
  expect(existsSync(join(releases.folder, FIRST))).toBe(false);
  expect(existsSync(join(releases.folder, SECOND))).toBe(true);
});

it("stays as it is when a release is put in use again", async () => {
  await using home = await tempDir();
  const releases = await machineWith(home, FIRST, SECOND, SECOND);
  expect(releases).toMatchObject({ current: SECOND, previous: FIRST });
});

it("is as it was, and runs, when a new release does not start", async () => {
  await using home = await tempDir();
  const releases = await machineWith(home, FIRST, SECOND);
  const started: (string | undefined)[] = [];
  const startsNoThird = async () => {
    started.push(releases.current);
    if (releases.current === THIRD) throw new Error("it does not start");
  };
  unpack(releases, THIRD);
  await expect(releases.activate(THIRD, startsNoThird)).rejects.toThrow("it does not start");
  expect(started).toEqual([THIRD, SECOND]);
  expect(releases).toMatchObject({ current: SECOND, previous: FIRST, version: "1.1.0" });
  expect(existsSync(join(releases.folder, FIRST))).toBe(true);
});

it("has none in use when the first one does not start", async () => {
  await using home = await tempDir();
  const releases = await machineWith(home);
  unpack(releases, FIRST);
  const fails = () => Promise.reject(new Error("it does not start"));
  await expect(releases.activate(FIRST, fails)).rejects.toThrow("it does not start");
  expect(releases).toMatchObject({ current: undefined, previous: undefined });
  expect(existsSync(home.file(".local/bin/fbtr"))).toBe(false);
});

it("goes back to the release before, and forth again", async () => {
  await using home = await tempDir();
  const releases = await machineWith(home, FIRST);
  await expect(releases.rollBack(works)).rejects.toThrow("there is no version before this one");
  unpack(releases, SECOND);
  await releases.activate(SECOND, works);
  await releases.rollBack(works);
  expect(releases).toMatchObject({ current: FIRST, previous: SECOND, version: "1.0.0" });
  await releases.rollBack(works);
  expect(releases).toMatchObject({ current: SECOND, previous: FIRST });
});

it("touches nothing in its folder that is no release", async () => {
  await using home = await tempDir();
  const releases = await machineWith(home, FIRST);
  writeFileSync(join(releases.folder, "notes"), "mine");
  await releases.activate(FIRST, works);
  expect(existsSync(join(releases.folder, "notes"))).toBe(true);
});

it("offers the program in the user's folder of programs, unless another one stands there", async () => {
  await using home = await tempDir();
  const releases = await machineWith(home, FIRST);
  expect(readlinkSync(home.file(".local/bin/fbtr"))).toBe(releases.program);

  await using other = await tempDir();
  mkdirSync(other.file(".local/bin"), { recursive: true });
  writeFileSync(other.file(".local/bin/fbtr"), "own");
  await machineWith(other, FIRST);
  expect(readFileSync(other.file(".local/bin/fbtr"), "utf8")).toBe("own");
});
