import { expect, it } from "vitest";

import { sleep } from "../../../src/base/abort.ts";

it("wakes at once with the reason of the abort", async () => {
  const controller = new AbortController();
  const nap = sleep(60_000, controller.signal);
  const reason = new Error("enough");
  controller.abort(reason);
  await expect(nap).rejects.toBe(reason);
});

it("does not begin to wait when the signal is already aborted", async () => {
  const reason = new Error("too late");
  await expect(sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
});

it("leaves no listener behind when the time is over", async () => {
  const controller = new AbortController();
  await sleep(1, controller.signal);
  expect(() => controller.abort()).not.toThrow();
});
