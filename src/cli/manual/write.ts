/**
 * Writes what is generated from the program: the pages of `man/`, their list in
 * package.json and the tables of README.md.
 * `npm run man` calls it; a test compares what is committed with what this would write.
 */
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";

import { commandTree } from "../program.ts";
import { manPages } from "./man-pages.ts";
import { updatedReadme } from "./readme.ts";

const root = new URL("../../../", import.meta.url);
const program = commandTree();

const folder = new URL("man/", root);
const pages = manPages(program);
await mkdir(folder, { recursive: true });
for (const name of await readdir(folder)) {
  if (!pages.has(name)) await rm(new URL(name, folder));
}
for (const [name, text] of pages) await writeFile(new URL(name, folder), text);

const manifest = new URL("package.json", root);
const man = [...pages.keys()].map((name) => `man/${name}`);
const updated: unknown = { ...JSON.parse(await readFile(manifest, "utf8")), man };
await writeFile(manifest, `${JSON.stringify(updated, undefined, 2)}\n`);

const readme = new URL("README.md", root);
await writeFile(readme, updatedReadme(await readFile(readme, "utf8"), program));
