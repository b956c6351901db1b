import { expect, it } from "vitest";

import { Speedometer } from "../../../src/job/speedometer.ts";

it("has no speed before anything was done", () => {
  const speedometer = new Speedometer(1000);
  expect(speedometer.speedAt(1000)).toEqual({ segmentsPerSecond: 0, charsPerSecond: 0 });
  expect(speedometer.speedAt(9000)).toEqual({ segmentsPerSecond: 0, charsPerSecond: 0 });
});

it("tells the speed of the last half minute, not of the whole run", () => {
  const speedometer = new Speedometer(0);
  for (let at = 1; at <= 100; at += 1) speedometer.add(at * 1000, 10);
  for (let at = 1; at <= 200; at += 1) speedometer.add(100_000 + at * 200, 10);
  const { segmentsPerSecond, charsPerSecond } = speedometer.speedAt(140_000);
  expect(segmentsPerSecond).toBeCloseTo(5, 1);
  expect(charsPerSecond).toBeCloseTo(50, 0);
});

it("sinks while nothing comes, and never to nothing", () => {
  const speedometer = new Speedometer(0);
  speedometer.add(10_000, 100);
  expect(speedometer.speedAt(10_000).charsPerSecond).toBe(10);
  expect(speedometer.speedAt(20_000).charsPerSecond).toBe(5);
});

it("takes a batch that was longer in the making than the window as it is", () => {
  const speedometer = new Speedometer(0);
  for (let count = 0; count < 60; count += 1) speedometer.add(60_000, 10);
  expect(speedometer.speedAt(60_000).segmentsPerSecond).toBe(1);
});
