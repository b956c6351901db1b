import { mkdir } from "node:fs/promises";

import { describe, expect, it } from "vitest";

import { planOutputs, type OutputWishes } from "../../src/cli/output-plan.ts";
import { tempDir } from "../support/temp-dir.ts";

type Wishes = Partial<Omit<OutputWishes, "books">> & { readonly books: readonly string[] };

async function pathsOf({ books, ...wishes }: Wishes) {
  const planned = await planOutputs({
    script: "cyrillic",
    to: "sr",
    stdout: "book",
    temporaryFolder: "/temporary",
    books: books.map((path) => ({ path, argument: path, below: "" })),
    ...wishes,
  });
  return planned.flatMap(({ outputs }) => outputs.map(({ path, format }) => `${path} ${format}`));
}

describe("outputs", () => {
  it.each([
    ["a/b.fb2", "cyrillic", ["a/b.sr.fb2 fb2"]],
    ["a/b.fb2", "latin", ["a/b.sr-Latn.fb2 fb2"]],
    ["b.fb2.zip", "both", ["b.sr.fb2.zip fb2.zip", "b.sr-Latn.fb2.zip fb2.zip"]],
    ["b.zip", "cyrillic", ["b.sr.fb2.zip fb2.zip"]],
  ] as const)("stand beside %s in the same container (%s)", async (book, script, paths) => {
    expect(await pathsOf({ books: [book], script })).toEqual(paths);
  });

  it.each([
    ["x.fb2", "latin", ["x.fb2 fb2"]],
    ["x.fb2.zip", "cyrillic", ["x.fb2.zip fb2.zip"]],
    ["x.fb2", "both", ["x.fb2 fb2", "x.latin.fb2 fb2"]],
    ["x.fb2.zip", "both", ["x.fb2.zip fb2.zip", "x.latin.fb2.zip fb2.zip"]],
    ["out/", "cyrillic", ["out/b.sr.fb2 fb2"]],
  ] as const)("are what -o %s says (%s)", async (output, script, paths) => {
    expect(await pathsOf({ books: ["a/b.fb2"], output, script })).toEqual(paths);
  });

  it("stand in a folder that exists", async () => {
    await using dir = await tempDir();
    await mkdir(dir.file("out"));
    const output = dir.file("out");
    expect(await pathsOf({ books: ["a.fb2", "z/b.zip"], output })).toEqual([
      `${output}/a.sr.fb2 fb2`,
      `${output}/b.sr.fb2.zip fb2.zip`,
    ]);
  });

  it("need a folder if there are several books", async () => {
    await expect(pathsOf({ books: ["a.fb2", "b.fb2"], output: "x.fb2" })).rejects.toThrow(
      "x.fb2 is not a folder",
    );
  });

  it("go by the folders of the books, into a folder that will be made", async () => {
    const books = ["b/x.fb2", "b/c/y.fb2"].map((path) => {
      return { path, argument: "b", below: path.startsWith("b/c") ? "c" : "" };
    });
    const wishes = { script: "cyrillic", to: "sr", stdout: "book", temporaryFolder: "/t" } as const;
    const planned = await planOutputs({ ...wishes, books, output: "new" });
    expect(planned).toMatchObject([
      { outputs: [{ path: "new/x.sr.fb2" }], makesFolder: true, argument: "b" },
      { outputs: [{ path: "new/c/y.sr.fb2" }], makesFolder: true, argument: "b" },
    ]);
  });

  it("never are one file for two books", async () => {
    await expect(pathsOf({ books: ["a/x.fb2", "b/x.fb2"], output: "out/" })).rejects.toThrow(
      "a/x.fb2 and b/x.fb2 would both become out/x.sr.fb2",
    );
    await expect(pathsOf({ books: ["x.fb2", "./x.fb2"] })).rejects.toThrow("would both become");
  });
});
