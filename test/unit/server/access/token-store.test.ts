import { chmod, readFile, rename, symlink } from "node:fs/promises";
import { expect, it } from "vitest";

import { systemClock } from "../../../../src/base/clock.ts";
import { TokenStore } from "../../../../src/server/access/token-store.ts";
import { tempDir } from "../../../support/temp-dir.ts";

it("a token is known by itself alone, and its file does not give it away", async () => {
  await using dir = await tempDir();
  const store = new TokenStore(dir.path, systemClock);
  const { token, id } = store.create("library", "submit");
  store.create("phone", "read");
  expect(token).toMatch(/^fbtr_[\w-]{43}$/);
  expect(store.find(token)).toMatchObject({ id, name: "library", scope: "submit" });
  for (const guess of [`${token}x`, token.slice(0, -1), "fbtr_", "", id]) {
    expect(store.find(guess)).toBeUndefined();
  }
  expect(await readFile(dir.file("tokens.json"), "utf8")).not.toContain(token);
});

it("a token with an end is worth nothing from then on", async () => {
  await using dir = await tempDir();
  let now = 1_000_000;
  const store = new TokenStore(dir.path, { now: () => now, elapsed: () => 0 });
  const { token } = store.create("phone", "read", 5000);
  now += 4999;
  expect(store.find(token)).toBeDefined();
  now += 1;
  expect(store.find(token)).toBeUndefined();
});

it("what another process makes and revokes counts at once", async () => {
  await using dir = await tempDir();
  const daemon = new TokenStore(dir.path, systemClock);
  const shell = new TokenStore(dir.path, systemClock);
  expect(daemon.find("fbtr_none")).toBeUndefined();
  const made = Array.from({ length: 20 }, (_, number) => shell.create(`t${number}`, "read"));
  for (const { token, id } of made) {
    expect(daemon.find(token)?.id).toBe(id);
    shell.revoke(id);
    expect(daemon.find(token)).toBeUndefined();
  }
});

it("only a token that is there can be revoked", async () => {
  await using dir = await tempDir();
  const store = new TokenStore(dir.path, systemClock);
  expect(() => store.revoke("nobody")).toThrow("there is no token nobody");
});

it.skipIf(process.platform === "win32")(
  "a file of tokens that others may read, or a link to one, is refused",
  async () => {
    await using dir = await tempDir();
    const { token } = new TokenStore(dir.path, systemClock).create("phone", "admin");
    await chmod(dir.file("tokens.json"), 0o640);
    const store = new TokenStore(dir.path, systemClock);
    expect(() => store.find(token)).toThrow("others may read it");
    await chmod(dir.file("tokens.json"), 0o600);
    expect(store.find(token)).toBeDefined();
    await rename(dir.file("tokens.json"), dir.file("elsewhere.json"));
    await symlink(dir.file("elsewhere.json"), dir.file("tokens.json"));
    expect(() => new TokenStore(dir.path, systemClock).find(token)).toThrow("symbolic link");
  },
);
