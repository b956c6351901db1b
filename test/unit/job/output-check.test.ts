import { link, mkdir, symlink, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";

import { checkOutputs } from "../../../src/job/output-check.ts";
import { tempDir } from "../../support/temp-dir.ts";

async function folderWithBook() {
  const dir = await tempDir();
  await writeFile(dir.file("book.fb2"), "<FictionBook/>");
  await mkdir(dir.file("folder"));
  await symlink(dir.file("folder"), dir.file("other-name"));
  await link(dir.file("book.fb2"), dir.file("twin.fb2"));
  await writeFile(dir.file("old.fb2"), "an earlier translation");
  const check = (outputs: readonly string[], force = true) =>
    checkOutputs({
      input: { path: dir.file("book.fb2") },
      outputs: outputs.map((name) => ({ path: dir.file(name) })),
      force,
    });
  return { check, [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose]() };
}

it.each([
  ["the book itself", ["book.fb2"], "USAGE_INVALID", "is the book that is to be translated"],
  ["another link to the book", ["twin.fb2"], "USAGE_INVALID", "is the book"],
  ["the same file twice", ["a.fb2", "folder/../a.fb2"], "USAGE_INVALID", "the same file"],
  ["a file by two ways", ["folder/a", "other-name/a"], "USAGE_INVALID", "the same file"],
  ["a folder", ["a.fb2", "folder"], "OUTPUT_UNWRITABLE", "it is a folder"],
  ["a folder that is not there", ["none/a.fb2"], "OUTPUT_UNWRITABLE", "there is no folder"],
  ["a folder that is a file", ["old.fb2/a.fb2"], "OUTPUT_UNWRITABLE", "there is no folder"],
])("refuses %s", async (_, outputs, code, message) => {
  await using folder = await folderWithBook();
  const error = { code, message: expect.stringContaining(message) };
  await expect(folder.check(outputs)).rejects.toMatchObject(error);
});

it("refuses a file that exists, unless it is to be replaced", async () => {
  await using folder = await folderWithBook();
  await expect(folder.check(["old.fb2"], false)).rejects.toMatchObject({ code: "OUTPUT_EXISTS" });
  await folder.check(["old.fb2"], true);
  await folder.check(["new.fb2", "folder/new.fb2"], false);
});
