import fc from "fast-check";
import { expect, it } from "vitest";

import { linesOf } from "../../../src/client/lines.ts";
import { allOf } from "../../support/collecting.ts";

async function* cut(bytes: Uint8Array, lengths: readonly number[]) {
  let start = 0;
  for (const length of lengths) {
    yield bytes.subarray(start, start + length);
    start += length;
  }
  yield bytes.subarray(start);
}

it("lines are the same wherever the network has cut them, also inside a letter", async () => {
  const line = fc.string({ unit: fc.constantFrom("a", "ж", "—", "𝄞", " "), maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 5 }),
      fc.array(fc.nat(5)),
      async (lines, lengths) => {
        const bytes = new TextEncoder().encode(lines.map((text) => `${text}\n`).join(""));
        const sent = new TextDecoder().decode(bytes).split("\n").slice(0, -1);
        expect(await allOf(linesOf(cut(bytes, lengths)))).toEqual(sent);
      },
    ),
  );
});

it("a line that was not finished is none", async () => {
  const bytes = new TextEncoder().encode('{"id":"1"}\n\n{"id":"2');
  expect(await allOf(linesOf(cut(bytes, [])))).toEqual(['{"id":"1"}', ""]);
});
