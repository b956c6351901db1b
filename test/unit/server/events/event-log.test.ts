import { expect, it } from "vitest";

import { EventBus, type FbtrEvent } from "../../../../src/base/events.ts";
import { EventLog } from "../../../../src/server/events/event-log.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const clockAt = (now: number) => ({ now: () => now, elapsed: () => 0 });
const ALL = 10_000;

function newEvent(bus: EventBus, session = "s"): FbtrEvent {
  const events: FbtrEvent[] = [];
  const leave = bus.subscribe((event) => events.push(event));
  bus.emit("translation_attempt", session, "asked", { provider: "draft" });
  leave();
  const [event] = events;
  if (event === undefined) throw new Error("nothing was emitted");
  return event;
}

it("ids ascend over restarts, also when the clock goes back, or does not move", async () => {
  await using dir = await tempDir();
  const ids: string[] = [];
  for (const now of [2_000_000, 1_000_000, 1_000_000, 3_000_000]) {
    using log = new EventLog(dir.path);
    const bus = new EventBus(clockAt(now), log.lastId);
    const sent = Array.from({ length: 12 }, () => newEvent(bus));
    ids.push(...log.append(sent).map(({ id }) => id));
  }
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(48);
  using log = new EventLog(dir.path);
  expect(log.after("", ALL).map(({ id }) => id)).toEqual(ids);
  expect(log.lastId).toBe(ids.at(-1));
});

it("gives what comes after an id, in order, at most as many as are wanted", async () => {
  await using dir = await tempDir();
  using log = new EventLog(dir.path);
  const bus = new EventBus(clockAt(1));
  const sent = Array.from({ length: 5 }, () => newEvent(bus));
  log.append(sent);
  const [, second] = sent;
  const found = log.after(second?.id ?? "", 2);
  expect(found.map(({ json }) => JSON.parse(json) as FbtrEvent)).toEqual(sent.slice(2, 4));
  expect(log.after(sent.at(-1)?.id ?? "", ALL)).toEqual([]);
});

it("gives a session its own events and those of the system", async () => {
  await using dir = await tempDir();
  using log = new EventLog(dir.path);
  const bus = new EventBus(clockAt(1));
  log.append(["a", "b", "system", "a"].map((session) => newEvent(bus, session)));
  expect(log.after("", ALL, "a").map(({ session }) => session)).toEqual(["a", "system", "a"]);
  expect(log.after("", ALL)).toHaveLength(4);
});

it("forgets the oldest events when there are far more than are kept", async () => {
  await using dir = await tempDir();
  using log = new EventLog(dir.path, 100);
  const bus = new EventBus(clockAt(1));
  const sent = Array.from({ length: 2500 }, () => newEvent(bus));
  for (const event of sent) log.append([event]);
  const kept = log.after("", ALL).map(({ id }) => id);
  expect(kept.length).toBeGreaterThanOrEqual(100);
  expect(kept.length).toBeLessThan(1200);
  expect(kept).toEqual(sent.slice(-kept.length).map(({ id }) => id));
});

it("logs all of the events that are given together, or none", async () => {
  await using dir = await tempDir();
  using log = new EventLog(dir.path);
  const bus = new EventBus(clockAt(1));
  const [first, second] = [newEvent(bus), newEvent(bus)];
  log.append([second]);
  expect(() => log.append([first, second])).toThrow("UNIQUE");
  expect(log.after("", ALL).map(({ id }) => id)).toEqual([second.id]);
});
