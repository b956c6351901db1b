import { describe, expect, it } from "vitest";

import { VERDICTS } from "../../src/base/errors.ts";
import { EXIT, EXIT_STATUSES, accountOf } from "../../src/cli/exit.ts";
import { run } from "../../src/cli/program.ts";
import { ReaderGone } from "../../src/cli/terminal.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";

async function fbtr(...args: readonly string[]) {
  const terminal = capturedTerminal();
  const status = await run(args, terminal);
  return { status, out: terminal.out, error: terminal.error };
}

const COMMANDS = [
  "translate",
  "inspect",
  "convert",
  "jobs",
  "jobs list",
  "jobs show",
  "jobs remove",
  "draft explain",
];

describe("help", () => {
  it.each(COMMANDS)(
    "of %s ends with every exit status, and is the same by both ways",
    async (name) => {
      const { status, out } = await fbtr(...name.split(" "), "--help");
      expect(status).toBe(0);
      for (const { status: code, meaning } of EXIT_STATUSES) {
        expect(out).toMatch(new RegExp(`^  ${code} +${meaning.replaceAll(/[()]/g, "\\$&")}$`, "m"));
      }
      expect((await fbtr("help", ...name.split(" "))).out).toBe(out);
    },
  );

  it("of translate groups its options", async () => {
    const { out } = await fbtr("translate", "--help");
    const groups = ["Output:", "Translation:", "Telling:", "Other options:", "Examples:"];
    expect(groups.map((title) => out.includes(`\n${title}\n`))).toEqual(groups.map(() => true));
    expect(out).not.toContain("\nOptions:\n");
  });

  it.each([
    ["environment", "XDG_STATE_HOME"],
    ["exit-codes", "the book cannot be read"],
  ])("explains %s", async (topic, says) => {
    const { status, out } = await fbtr("help", topic);
    expect([status, out.includes(says)]).toEqual([0, true]);
  });

  it("refuses what is neither command nor topic", async () => {
    const { status, error } = await fbtr("help", "jobs", "nope");
    expect([status, error]).toEqual([2, "error: there is no command or topic 'jobs nope'\n"]);
  });

  it("is no failure when its reader has had enough", async () => {
    const terminal = capturedTerminal();
    terminal.writeOut = () => Promise.reject(new ReaderGone("head has had enough"));
    expect(await run(["--help"], terminal)).toBe(0);
  });
});

describe("exit statuses", () => {
  it("hold every error of the table and every named status, each once", () => {
    const statuses = EXIT_STATUSES.map(({ status }) => status);
    const wanted = new Set([
      ...Object.values(VERDICTS).map(({ exit }) => exit),
      ...Object.values(EXIT),
    ]);
    expect(statuses).toEqual([...wanted].sort((a, b) => a - b));
  });

  it("show the stack of whatever is no FbtrError, as a bug", () => {
    const { status, text, json } = accountOf(new TypeError("x is not a function"));
    expect(status).toBe(70);
    expect(text).toMatch(/^fbtr: this is a bug in fbtr\nTypeError: x is not a function\n +at /);
    expect(JSON.parse(json)).toMatchObject({ type: "error", code: "BUG", exit_status: 70 });
  });
});
