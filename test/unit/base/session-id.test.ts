import { expect, test } from "vitest";

import { newSessionId } from "../../../src/base/session-id.ts";

const NOW = Date.parse("2026-11-24T21:00:00Z");

test("a session id is a UUID of version 7", () => {
  expect(newSessionId(NOW)).toMatch(
    /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
  );
});

test("a later id comes after an earlier one", () => {
  const ids = [1, 999, 60_000, 86_400_000].map((later) => newSessionId(NOW + later));
  expect(ids.toSorted()).toEqual(ids);
});

test("ids of the same millisecond differ", () => {
  const ids = new Set(Array.from({ length: 1000 }, () => newSessionId(NOW)));
  expect(ids.size).toBe(1000);
});
