import { spawnSync } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";

import { describe, expect, it } from "vitest";

import { variablesOfKeys } from "../../src/config/environment-layer.ts";
import { fieldRows } from "../../src/config/fields/all.ts";
import { GENERAL_VARIABLES } from "../../src/config/variables.ts";
import { manPages } from "../../src/cli/manual/man-pages.ts";
import { updatedReadme } from "../../src/cli/manual/readme.ts";
import { commandTree } from "../../src/cli/program.ts";

// `npm run man` writes anew what is compared here.
const root = new URL("../../", import.meta.url);
const committed = (name: string) => readFile(new URL(name, root), "utf8");

const program = commandTree();
const pages = manPages(program);
const names = [...pages.keys()];

describe("man/", () => {
  it("holds a page for each command, and no other", async () => {
    const files = await readdir(new URL("man/", root));
    expect(files.sort()).toEqual(names.toSorted());
    const manifest = JSON.parse(await committed("package.json")) as {
      man: readonly string[];
      files: readonly string[];
    };
    expect(manifest.man).toEqual(names.map((name) => `man/${name}`));
    expect(manifest.files).toContain("man");
  });

  it.each(names)("%s says what the program says", async (name) => {
    expect(await committed(`man/${name}`)).toBe(pages.get(name));
  });

  it.each(names.filter((name) => name.endsWith(".1")))("%s has all sections", (name) => {
    const titles = Array.from(
      pages.get(name)?.matchAll(/^\.SH "(.*)"$/gm) ?? [],
      ([, title]) => title,
    );
    expect(titles.filter((title) => title !== "COMMANDS" && title !== "EXAMPLES")).toEqual([
      "NAME",
      "SYNOPSIS",
      "DESCRIPTION",
      "OPTIONS",
      "EXIT STATUS",
      "ENVIRONMENT",
      "FILES",
      "SEE ALSO",
    ]);
  });
});

/** Plain text, without the codes for bold letters. */
const groff = (page: string) =>
  spawnSync("groff", ["-man", "-Tutf8", "-ww", "-P-cbou"], { input: page, encoding: "utf8" });

describe.skipIf(groff("").status !== 0)("pages as groff shows them", () => {
  /** Lines joined, so that it does not matter where groff breaks them. */
  const shown = (name: string) => {
    const { stdout, stderr } = groff(pages.get(name) ?? "");
    return { stderr, text: stdout.replaceAll(/\s+/g, " ") };
  };

  it.each(names)("%s gives no warning", (name) => {
    expect(shown(name).stderr).toBe("");
  });

  it("show options, letters and examples as they are typed", () => {
    expect(shown("fbtr-translate.1").text).toContain("-o, --output <path>");
    expect(shown("fbtr-convert.1").text).toContain('$ echo "Љубав" | fbtr convert --to latin');
    expect(shown("fbtr-jobs.1").text).toContain(
      "jq -r 'select(.state == \"interrupted\") | .input'",
    );
  });

  it("tell of every key and every variable of the configuration", () => {
    const { text } = shown("fbtr-config.5");
    const variables = variablesOfKeys().map(({ variable }) => variable);
    const wanted = [...fieldRows().map(({ shownAs }) => shownAs), ...variables];
    expect(
      wanted.filter((word) => !text.includes(` ${word} `) && !text.includes(` ${word},`)),
    ).toEqual([]);
  });

  it("tell of the other variables", () => {
    const { text } = shown("fbtr.1");
    expect(GENERAL_VARIABLES.filter(({ name }) => !text.includes(` ${name} `))).toEqual([]);
  });
});

describe("README.md", () => {
  it("has the commands and exit statuses of the program", async () => {
    const readme = await committed("README.md");
    expect(readme).toBe(updatedReadme(readme, program));
    expect(readme).toContain("| `fbtr config init [options]` | write an example to begin with |");
  });

  it("is not updated without a word where its tables have no place", () => {
    expect(() => updatedReadme("# fbtr", program)).toThrow("no place for the table commands");
  });
});
