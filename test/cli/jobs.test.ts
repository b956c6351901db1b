import { writeFile } from "node:fs/promises";

import { describe, expect, it } from "vitest";

import { run } from "../../src/cli/program.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";
import { bookOf, surroundingsIn } from "../support/cli-surroundings.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";

async function fbtr(dir: TempDir, ...args: readonly string[]) {
  const terminal = capturedTerminal();
  const status = await run(args, terminal, surroundingsIn(dir));
  return { status, out: terminal.out, error: terminal.error };
}

async function translated(dir: TempDir, name: string): Promise<void> {
  await writeFile(dir.file(`${name}.fb2`), bookOf(name, [`Глава ${name}`, "Тёмный подъезд"]));
  await fbtr(dir, "translate", "--quiet", dir.file(`${name}.fb2`));
}

const linesOf = (out: string) =>
  out
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, string>);

describe("fbtr jobs", () => {
  it("lists jobs, the one touched last first", async () => {
    await using dir = await tempDir();
    expect((await fbtr(dir, "jobs", "list")).out).toContain("No jobs");
    await translated(dir, "Первая");
    await translated(dir, "Вторая");
    const { status, out } = await fbtr(dir, "jobs", "list");
    expect(status).toBe(0);
    expect(out.split("\n").slice(0, 3)).toEqual([
      expect.stringMatching(/^ID +STATE +DONE/),
      expect.stringMatching(/^[0-9a-f]{16} +incomplete +3\/3 +just now +draft +Вторая \(/),
      expect.stringContaining("Первая"),
    ]);
    const jobs = linesOf((await fbtr(dir, "jobs", "list", "--json")).out);
    expect(jobs).toMatchObject([
      { type: "job", title: "Вторая", state: "incomplete" },
      { type: "job", title: "Первая" },
    ]);
  });

  it("shows the report of a job by the beginning of its id", async () => {
    await using dir = await tempDir();
    await translated(dir, "Первая");
    const [job] = linesOf((await fbtr(dir, "jobs", "list", "--json")).out);
    const id = String(job?.["id"]);
    const { status, out } = await fbtr(dir, "jobs", "show", id.slice(0, 5));
    expect(status).toBe(0);
    expect(out).toContain(
      "Flagged     section 1, paragraph 2: letters that Serbian does not have: Тёмный, подъезд: Тёмный подъезд\n",
    );
    expect(out).toContain(`Job         ${id}, incomplete\n`);
    const [report] = linesOf((await fbtr(dir, "jobs", "show", id, "--json")).out);
    expect(report).toMatchObject({ type: "report", snapshot: { id }, flagged: [{ section: 1 }] });
  });

  it("tells what is worth a look in a translation, and lists all of it", async () => {
    await using dir = await tempDir();
    const paragraphs = Array.from({ length: 7 }, () => "Знай получай денежки.");
    await writeFile(dir.file("Первая.fb2"), bookOf("Первая", paragraphs));
    const translation = await fbtr(dir, "translate", dir.file("Первая.fb2"));
    expect(translation.status).toBe(0);
    const [job] = linesOf((await fbtr(dir, "jobs", "list", "--json")).out);
    const id = String(job?.["id"]);
    const counted = `Findings    7 hints; all of them: fbtr jobs show --findings ${id}\nC09         7 hints: words that sound Russian\n`;
    expect(translation.error).toContain(counted);
    const { out } = await fbtr(dir, "jobs", "show", id);
    expect(out).toContain(`${counted}            section 1, paragraph 1: получај (добити)\n`);
    expect(out).not.toContain("paragraph 7");
    const all = (await fbtr(dir, "jobs", "show", "--findings", id)).out.split("\n");
    expect(all).toHaveLength(8);
    expect(all[6]).toMatch(/^section 1, paragraph 7: hint C09: words that sound Russian: получај/u);
    const lines = linesOf((await fbtr(dir, "jobs", "show", "--findings", "--json", id)).out);
    expect(lines).toHaveLength(7);
    expect(lines[0]).toMatchObject({ type: "finding", check: "C09", section: 1, paragraph: 1 });
  });

  it("removes jobs, and none of them if one id is unknown", async () => {
    await using dir = await tempDir();
    await translated(dir, "Первая");
    const [job] = linesOf((await fbtr(dir, "jobs", "list", "--json")).out);
    const id = String(job?.["id"]);
    const refused = await fbtr(dir, "jobs", "remove", id, "nope");
    expect(refused).toMatchObject({ status: 15, out: "", error: expect.stringContaining("nope") });
    expect((await fbtr(dir, "jobs", "remove", id)).out).toBe(`Removed ${id} (Первая)\n`);
    expect((await fbtr(dir, "jobs", "list", "--json")).out).toBe("");
  });

  it("tells an unknown job as JSON with --json", async () => {
    await using dir = await tempDir();
    const { status, error } = await fbtr(dir, "jobs", "show", "nope", "--json");
    expect(status).toBe(15);
    expect(JSON.parse(error)).toMatchObject({ type: "error", code: "JOB_UNKNOWN" });
  });
});
