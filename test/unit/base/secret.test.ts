import { inspect } from "node:util";

import { expect, it } from "vitest";

import { Secret } from "../../../src/base/secret.ts";

const secret = new Secret("sk-hush");

it("gives its text only to those who ask for it", () => {
  expect(secret.reveal()).toBe("sk-hush");
});

it.each([
  ["JSON", JSON.stringify({ deep: [secret] })],
  ["inspect", inspect({ deep: [secret] }, { showHidden: true, depth: Infinity })],
  ["a template string", `key: ${secret as unknown as string}`],
  ["joining", ["key", secret].join(" ")],
  ["a copy of its properties", inspect(Object.assign({}, secret))],
])("stays hidden in %s", (_, printed) => {
  expect(printed).not.toContain("hush");
});

it("says that something is there", () => {
  expect(JSON.stringify({ secret })).toBe('{"secret":"[REDACTED]"}');
});
