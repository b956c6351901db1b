import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { expect, it } from "vitest";

import { run } from "../../src/cli/program.ts";
import { createDraftEngine } from "../../src/draft/create-engine.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";
import { surroundingsIn } from "../support/cli-surroundings.ts";
import { tempDir } from "../support/temp-dir.ts";

const example = (name: string) => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));

/** Without what depends on the day and on the engine's version: date and id of the document. */
function undated(book: string): string {
  return book.replace(
    /(<document-info>[\s\S]*?)<date [^>]*>[^<]*<\/date>([\s\S]*?)<id>[^<]*<\/id>/u,
    "$1<date/>$2<id/>",
  );
}

/** The example as `fbtr translate` writes it now. */
async function translationOf(name: string): Promise<string> {
  await using dir = await tempDir();
  const surroundings = surroundingsIn(dir, { loadDraftEngine: createDraftEngine });
  const args = ["translate", example(name), "-o", dir.file("out.fb2"), "--quiet"];
  const status = await run(args, capturedTerminal(), surroundings);
  if (status !== 0) throw new Error(`fbtr translate ended with ${status}`);
  return undated(await readFile(dir.file("out.fb2"), "utf8"));
}

it.each(["vechernij-poezd.fb2", "vechernij-poezd.cp1251.fb2"])(
  "fbtr translate examples/%s gives the expected book",
  async (name) => {
    const expected = await readFile(example("expected/vechernij-poezd.sr.fb2"), "utf8");
    expect(await translationOf(name)).toBe(undated(expected));
  },
);
