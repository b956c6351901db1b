import { describe, expect, it } from "vitest";

import { sleep } from "../../../../src/base/abort.ts";
import { abortable } from "../../../../src/base/abort.ts";
import { Deadline } from "../../../../src/worker/ssh/deadline.ts";

describe("a deadline", () => {
  const late = new Error("too late");

  it("ends a wait with its reason", async () => {
    using deadline = new Deadline(10, () => late, undefined);
    await expect(sleep(1000, deadline.signal)).rejects.toBe(late);
  });

  it("does not count the time of prompts, and goes on after the last of them", async () => {
    using deadline = new Deadline(60, () => late, undefined);
    await Promise.all([
      deadline.pausedWhile(() => sleep(150)),
      deadline.pausedWhile(() => sleep(50)),
    ]);
    expect(deadline.signal.aborted).toBe(false);
    await expect(sleep(1000, deadline.signal)).rejects.toBe(late);
  });

  it("passes on that the caller gave up", async () => {
    const controller = new AbortController();
    using deadline = new Deadline(60_000, () => late, controller.signal);
    const gone = new Error("enough");
    controller.abort(gone);
    await expect(sleep(1000, deadline.signal)).rejects.toBe(gone);
  });

  it("ends nothing after it was disposed of, not even when a prompt returns then", async () => {
    const deadline = new Deadline(10, () => late, undefined);
    const prompt = deadline.pausedWhile(() => sleep(20));
    deadline[Symbol.dispose]();
    await prompt;
    await sleep(30);
    expect(deadline.signal.aborted).toBe(false);
  });
});

describe("a wait that can be given up", () => {
  it("hands on what came in time", async () => {
    const { signal } = new AbortController();
    expect(await abortable(Promise.resolve(1), signal, () => undefined)).toBe(1);
  });

  it("discards what comes too late", async () => {
    const controller = new AbortController();
    const discarded: string[] = [];
    const arriving = sleep(20).then(() => "connection");
    const waiting = abortable(arriving, controller.signal, (late) => discarded.push(late));
    const gone = new Error("enough");
    controller.abort(gone);
    await expect(waiting).rejects.toBe(gone);
    await arriving;
    expect(discarded).toEqual(["connection"]);
  });

  it("does not trip over what fails too late", async () => {
    const controller = new AbortController();
    const failing = sleep(10).then(() => {
      throw new Error("late");
    });
    const waiting = abortable(failing, controller.signal, () => undefined);
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    await sleep(20);
  });
});
