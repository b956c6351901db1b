import { expect, it } from "vitest";

import { run } from "../../src/cli/program.ts";
import { startDaemon } from "../support/daemon.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";
import { surroundingsIn } from "../support/cli-surroundings.ts";
import { tempDir } from "../support/temp-dir.ts";

it("a token is listed with when the daemon saw it last, and its making is on record", async () => {
  await using dir = await tempDir();
  const fbtr = async (...args: string[]) => {
    const terminal = capturedTerminal();
    expect(await run(args, terminal, surroundingsIn(dir))).toBe(0);
    return terminal.out;
  };
  const token = (await fbtr("tokens", "create", "library")).trim();
  expect(await fbtr("audit", "verify")).toBe("1 entry, all in order\n");
  expect(await fbtr("tokens", "list")).toContain("library, since ");
  expect(await fbtr("tokens", "list")).toContain(", never used\n");

  await using daemon = await startDaemon(dir);
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${daemon.address}/api/v1/jobs`, { headers });
  expect(answer.status).toBe(200);
  expect(await fbtr("tokens", "list")).toMatch(/, last used 20\d\d-\S+Z\n$/);
  const [record] = (await fbtr("tokens", "list", "--json")).trim().split("\n");
  expect(JSON.parse(record ?? "")).toMatchObject({
    name: "library",
    last_used_at: expect.stringMatching(/^20/) as string,
  });
  await fbtr("tokens", "create", "phone");
  expect(await fbtr("audit", "verify")).toBe("2 entries, all in order\n");
}, 30_000);
