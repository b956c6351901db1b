import { expect, it } from "vitest";

import { FbtrError, systemErrorCode, VERDICTS } from "../../../src/base/errors.ts";

it("carries its code, its verdict, its hint and its cause", () => {
  const cause = new Error("no space left");
  const error = new FbtrError("OUTPUT_UNWRITABLE", "Cannot write x.fb2", {
    cause,
    hint: "Free it.",
  });
  expect(error.verdict.exit).toBe(13);
  expect(error).toMatchObject({ code: "OUTPUT_UNWRITABLE", hint: "Free it.", cause });
});

it("keeps exit statuses away from those of the shell and of bugs", () => {
  for (const verdict of Object.values(VERDICTS)) {
    // Wrong usage, another failure, and cancelled as by Ctrl-C, where shells expect them.
    const own = Array.from({ length: 50 }, (_, number) => 10 + number);
    expect([1, 2, 130, ...own]).toContain(verdict.exit);
  }
});

it("reads the code of errors of the operating system only", () => {
  expect(systemErrorCode(Object.assign(new Error("x"), { code: "ENOSPC" }))).toBe("ENOSPC");
  expect(systemErrorCode(new Error("x"))).toBeUndefined();
  expect(systemErrorCode({ code: "ENOSPC" })).toBeUndefined();
});
