import { execFileSync } from "node:child_process";

import { expect, it } from "vitest";

import { resumeCommand } from "../../src/cli/resume-command.ts";

it("repeats what was asked for, without --fresh", () => {
  const options = { output: "knjige/", script: "both", force: true, fresh: true, json: false };
  expect(resumeCommand(["b.fb2"], options)).toBe(
    "fbtr translate --output knjige/ --script both --force b.fb2",
  );
});

it("survives a shell", () => {
  const books = ["-x.fb2", "Война и мир.fb2", "it's $HOME `x`.fb2", 'a"b\\c.fb2'];
  const command = resumeCommand(books, { output: "a b/" });
  const script = `fbtr() { printf '%s\\n' "$@"; }; ${command}`;
  expect(execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\n").slice(0, -1)).toEqual(
    ["translate", "--output", "a b/", "--", ...books],
  );
});

it("reminds of the book on standard input", () => {
  expect(resumeCommand(["-"], {})).toBe("fbtr translate -, with the same book on standard input");
});
