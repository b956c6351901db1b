import { EventEmitter } from "node:events";

import { describe, expect, it } from "vitest";

import { Interruption } from "../../src/cli/interruption.ts";

function interruption() {
  const signals = new EventEmitter();
  let nowMs = 5000;
  let drains = 0;
  const clock = { now: () => nowMs, elapsed: () => nowMs };
  const made = new Interruption(signals, clock, () => {
    drains += 1;
  });
  const send = (signal: "SIGINT" | "SIGTERM", laterMs: number) => {
    nowMs += laterMs;
    signals.emit(signal, signal);
  };
  const state = () => [made.drain.aborted, made.stop.aborted, drains] as const;
  return { made, send, state, signals };
}

describe("an interruption", () => {
  it("drains at the first signal and stops at the second", () => {
    const { send, state } = interruption();
    expect(state()).toEqual([false, false, 0]);
    send("SIGINT", 0);
    expect(state()).toEqual([true, false, 1]);
    send("SIGINT", 300);
    expect(state()).toEqual([true, true, 1]);
  });

  it("takes a signal that a launcher hands on for the same one", () => {
    const { send, state } = interruption();
    send("SIGINT", 0);
    send("SIGINT", 20);
    expect(state()).toEqual([true, false, 1]);
  });

  it("ends with the status of the signal that came first", () => {
    const [first, second] = [interruption(), interruption()];
    first.send("SIGINT", 0);
    first.send("SIGTERM", 300);
    second.send("SIGTERM", 0);
    second.send("SIGINT", 300);
    expect([first.made.status, second.made.status]).toEqual([130, 143]);
  });

  it("leaves the process to the system after the third signal, and when it is over", () => {
    const { send, signals } = interruption();
    for (const _ of [1, 2]) send("SIGINT", 300);
    expect(signals.listenerCount("SIGINT")).toBe(1);
    send("SIGINT", 300);
    expect(signals.listenerCount("SIGINT")).toBe(0);
    const other = interruption();
    other.made[Symbol.dispose]();
    expect(other.signals.listenerCount("SIGTERM")).toBe(0);
  });
});
