import { describe, expect, it } from "vitest";

import type { Segment } from "../../src/book/segment.ts";
import type { Finding } from "../../src/language/checks/check.ts";
import { claimJob } from "../../src/job/jobs.ts";
import type { JobSnapshot } from "../../src/job/snapshot.ts";
import { SqliteWorkStore } from "../../src/job/sqlite-work-store.ts";
import { openStateFile } from "../../src/job/state-file.ts";
import { tempDir } from "../support/temp-dir.ts";

const LIMITS = { maxChars: 1000, maxSegments: 2 };
const SEGMENTS = ["раз", "два", "три", "4"].map((text, index): Segment => {
  const skip = text === "4" ? ("no letters" as const) : undefined;
  return { index, text, kind: "text", element: "p", section: 1, skip };
});
const answer = (index: number, text = "један", findings: readonly Finding[] = []) => ({
  result: { index, text, unknownWords: [], words: { total: 1, known: 1 } },
  findings,
});

async function withSegments(folder: string) {
  const time = { now: 1000 };
  const database = openStateFile(folder);
  const snapshot = { id: "j", state: "running" } as JobSnapshot;
  database
    .prepare("INSERT OR IGNORE INTO job (id, snapshot) VALUES ('j', ?)")
    .run(JSON.stringify(snapshot));
  const store = new SqliteWorkStore(database, { now: () => time.now, elapsed: () => time.now });
  await store.submit("j", SEGMENTS);
  return { store, time, database };
}

describe("the work store", () => {
  it("takes the same segments twice as once", async () => {
    await using dir = await tempDir();
    const { store } = await withSegments(dir.path);
    await store.submit("j", SEGMENTS);
    expect(await store.progress("j")).toEqual({
      total: 4,
      open: 3,
      translated: 0,
      kept: 1,
      flagged: 0,
    });
  });

  it("leases a segment to one at a time, and again after the lease ended", async () => {
    await using dir = await tempDir();
    const { store, time } = await withSegments(dir.path);
    const first = await store.lease("j", LIMITS, 100);
    const second = await store.lease("j", LIMITS, 100);
    expect(first?.batch.segments.map(({ index }) => index)).toEqual([0, 1]);
    expect(second?.batch.segments.map(({ index }) => index)).toEqual([2]);
    expect(await store.lease("j", LIMITS, 100)).toBeUndefined();
    time.now += 101;
    const third = await store.lease("j", LIMITS, 100);
    expect(third?.fence).toBeGreaterThan(second?.fence ?? Infinity);
    expect(first && (await store.complete(first, [answer(0)]))).toEqual([]);
    expect(first && (await store.heartbeat(first, 100))).toBe(false);
    expect(third && (await store.complete(third, [answer(0)]))).toEqual([0]);
    expect(third && (await store.complete(third, [answer(0, "два")]))).toEqual([]);
  });

  it("accepts a late result while nobody else has the segment", async () => {
    await using dir = await tempDir();
    const { store, time } = await withSegments(dir.path);
    const lease = await store.lease("j", LIMITS, 100);
    time.now += 1000;
    expect(lease && (await store.complete(lease, [answer(1)]))).toEqual([1]);
  });

  it("leases a failed segment alone and flags it after the last attempt", async () => {
    await using dir = await tempDir();
    const { store } = await withSegments(dir.path);
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const lease = await store.lease("j", LIMITS, 100);
      if (!lease) throw new Error("no lease");
      expect(lease.batch.segments.length).toBe(attempt === 1 ? 2 : 1);
      const flagged = await store.fail(lease, [{ index: 0, reason: "bad" }], 3);
      expect(flagged).toEqual(attempt === 3 ? [0] : []);
      await store.release(lease);
    }
    expect(await store.progress("j")).toMatchObject({ open: 2, flagged: 1 });
    await store.reopen("j");
    expect(await store.progress("j")).toMatchObject({ open: 3, flagged: 0 });
  });

  it("keeps what the checks found in a translation, and nothing of one that was refused", async () => {
    await using dir = await tempDir();
    const { store, database } = await withSegments(dir.path);
    const finding = { check: "C30", severity: "warning", message: "numbers differ" } as const;
    const lease = await store.lease("j", LIMITS, 100);
    if (!lease) throw new Error("no lease");
    await store.complete(lease, [answer(0, "један", [finding, finding]), answer(1)]);
    await store.complete(lease, [answer(1, "два", [finding])]);
    expect(database.prepare("SELECT idx, check_id, message FROM finding").all()).toEqual([
      { idx: 0, check_id: "C30", message: "numbers differ" },
      { idx: 0, check_id: "C30", message: "numbers differ" },
    ]);
    database.exec("DELETE FROM job");
    expect(database.prepare("SELECT count(*) AS n FROM finding").get()).toEqual({ n: 0 });
  });

  it("keeps what was completed when it is opened again", async () => {
    await using dir = await tempDir();
    const { store, database } = await withSegments(dir.path);
    const lease = await store.lease("j", LIMITS, 100);
    if (lease) await store.complete(lease, [answer(0)]);
    database.close();
    const again = await withSegments(dir.path);
    expect(await again.store.progress("j")).toMatchObject({ translated: 1, open: 2 });
  });

  it("refuses a job that a living process holds", async () => {
    await using dir = await tempDir();
    const database = openStateFile(dir.path);
    const snapshot = { id: "k", state: "running" } as JobSnapshot;
    claimJob(database, false, snapshot);
    expect(() => claimJob(database, false, snapshot)).toThrow("being worked on");
  });
});
