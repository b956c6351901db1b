import { expect, it } from "vitest";

import { EventBus, type FbtrEvent } from "../../../src/base/events.ts";

const clock = { now: () => Date.UTC(2026, 0, 2), elapsed: () => 0 };

function emitTwo(bus: EventBus): void {
  bus.emit("translation_error", "job-1", "first", { error: "a", code: "A" });
  bus.emit("translation_error", "job-1", "second", { error: "b", code: "B" });
}

it("hands events to every listener in order, with ids that sort and never collide", () => {
  const bus = new EventBus(clock);
  const heard: FbtrEvent[] = [];
  bus.subscribe((event) => heard.push(event));
  emitTwo(bus);
  expect(heard.map((event) => event.message)).toEqual(["first", "second"]);
  expect(heard[0]!.id < heard[1]!.id).toBe(true);
  expect(heard[0]!.timestamp).toBe("2026-01-02T00:00:00.000Z");
});

it("stops calling a listener that has left", () => {
  const bus = new EventBus(clock);
  const heard: FbtrEvent[] = [];
  const leave = bus.subscribe((event) => heard.push(event));
  leave();
  emitTwo(bus);
  expect(heard).toEqual([]);
});
