import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { expect, it } from "vitest";

import { packageFiles } from "../../../../src/worker/provision/package-files.ts";
import { tempDir, type TempDir } from "../../../support/temp-dir.ts";

function write(dir: TempDir, files: Readonly<Record<string, object>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(dir.file(name)), { recursive: true });
    writeFileSync(dir.file(name), JSON.stringify(content));
  }
}

const MANIFEST = { name: "fbtr", files: ["dist", "LICENSE"] };

it("hands on what the package says, and the packages that it needs, wherever npm has put them", async () => {
  await using dir = await tempDir();
  write(dir, {
    "package.json": { ...MANIFEST, dependencies: { a: "1" }, devDependencies: { test: "1" } },
    "dist/cli/main.js": {},
    "src/main.ts": {},
    "node_modules/a/package.json": { name: "a", dependencies: { b: "1", c: "1" } },
    "node_modules/a/node_modules/b/package.json": { name: "b", dependencies: { a: "1" } },
    "node_modules/c/package.json": { name: "c", optionalDependencies: { absent: "1" } },
    "node_modules/test/package.json": { name: "test" },
  });
  expect(packageFiles(dir.path, "linux-x64")).toEqual([
    "dist/cli/main.js",
    "node_modules/a/node_modules/b/package.json",
    "node_modules/a/package.json",
    "node_modules/c/package.json",
    "package.json",
  ]);
});

it("leaves out what is native to other platforms, or never run", async () => {
  await using dir = await tempDir();
  write(dir, {
    "package.json": { ...MANIFEST, dependencies: { a: "1" } },
    "node_modules/a/package.json": { name: "a" },
    "node_modules/a/index.js": {},
    "node_modules/a/index.d.ts": {},
    "node_modules/a/index.js.map": {},
    "node_modules/a/a.linux-x64-gnu.node": {},
    "node_modules/a/a.darwin-arm64.node": {},
  });
  expect(packageFiles(dir.path, "darwin-arm64")).toEqual([
    "node_modules/a/a.darwin-arm64.node",
    "node_modules/a/index.js",
    "node_modules/a/package.json",
    "package.json",
  ]);
});

it("says so where a package that it needs stands outside its folder", async () => {
  await using dir = await tempDir();
  write(dir, {
    "node_modules/fbtr/package.json": { ...MANIFEST, dependencies: { a: "1" } },
    "node_modules/a/package.json": { name: "a" },
  });
  expect(() => packageFiles(dir.file("node_modules/fbtr"), "linux-x64")).toThrow(
    "fbtr needs a, which stands elsewhere",
  );
});
