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
const FLAGGED = { flagged: true, fallbacks: [], sections: [] };
const answer = (index: number, text = "један", findings: readonly Finding[] = []) => ({
  result: { index, text, unknownWords: [], words: { total: 1, known: 1 } },
  findings,
});

const fallback = (index: number) => {
  const { result, findings } = answer(index);
  return { result: { ...result, fallback: "draft" }, findings };
};

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
      expect(flagged).toEqual({ flagged: attempt === 3 ? [0] : [], kept: [] });
      await store.release(lease);
    }
    expect(await store.progress("j")).toMatchObject({ open: 2, flagged: 1 });
    await store.reopen("j", FLAGGED);
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

  it("keeps the result of a segment that is done again until there is a better one", async () => {
    await using dir = await tempDir();
    const { store } = await withSegments(dir.path);
    const lease = await store.lease("j", LIMITS, 100);
    if (lease) await store.complete(lease, [answer(0), answer(1, "два")]);
    expect(await store.reopen("j", { ...FLAGGED, sections: [1] })).toBe(2);
    const again = await store.lease("j", LIMITS, 100);
    expect(again?.earlier).toEqual([answer(0).result, answer(1, "два").result]);
    expect(again?.batch.id).not.toBe(lease?.batch.id);
    const failures = [{ index: 1, reason: "bad" }];
    expect(again && (await store.complete(again, [answer(0, "једном")]))).toEqual([0]);
    expect(again && (await store.fail(again, failures, 1))).toEqual({ flagged: [], kept: [1] });
    expect(await store.progress("j")).toMatchObject({ translated: 2, open: 1 });
  });

  it("opens what a fallback gave, and nothing twice in one redo", async () => {
    await using dir = await tempDir();
    const { store } = await withSegments(dir.path);
    const lease = await store.lease("j", LIMITS, 100);
    if (lease) await store.complete(lease, [answer(0), fallback(1)]);
    const redo = { ...FLAGGED, fallbacks: ["draft"] };
    expect(await store.reopen("j", redo)).toBe(1);
    const again = await store.lease("j", { ...LIMITS, maxSegments: 1 }, 100);
    expect(again?.batch.segments.map(({ index }) => index)).toEqual([1]);
    if (again) await store.complete(again, [fallback(1)]);
    // Only the segment that was never translated is open.
    expect(await store.reopen("j", redo)).toBe(1);
    expect(await store.progress("j")).toMatchObject({ translated: 2, open: 1 });
  });

  it("works on the chosen sections only, and forgets nothing of the others", async () => {
    await using dir = await tempDir();
    const { store } = await withSegments(dir.path);
    await store.submit("j", [{ ...SEGMENTS[0], index: 4, section: 2 } as Segment]);
    const lease = await store.lease("j", LIMITS, 100);
    if (lease) await store.complete(lease, [answer(0)]);
    await store.release({ jobId: "j" });
    await store.choose("j", [2]);
    expect(await store.progress("j")).toMatchObject({ translated: 0, open: 1, kept: 4 });
    const chosen = await store.lease("j", LIMITS, 100);
    expect(chosen?.batch.segments.map(({ index }) => index)).toEqual([4]);
    await store.choose("j", undefined);
    expect(await store.progress("j")).toMatchObject({ translated: 1, open: 3, kept: 1 });
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

  it("refuses a job that a living process works on, and takes one that it left behind", async () => {
    await using dir = await tempDir();
    const database = openStateFile(dir.path);
    const snapshot = { id: "k", state: "running" } as JobSnapshot;
    claimJob(database, { fresh: false, claims: new Set() }, snapshot);
    const again = (claims: Set<string>) => claimJob(database, { fresh: false, claims }, snapshot);
    expect(() => again(new Set(["k"]))).toThrow("being worked on");
    expect(again(new Set())).toEqual(snapshot);
  });
});
