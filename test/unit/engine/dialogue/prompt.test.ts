import { expect, it } from "vitest";

import { JSON_PROTOCOL } from "../../../../src/engine/dialogue/json-protocol.ts";
import { instructionsOf } from "../../../../src/engine/dialogue/prompt.ts";

it.each([
  ["ru", "sr", "from Russian to Serbian"],
  ["de", "en", "from German to English"],
])("names the languages %s and %s in full", (from, to, named) => {
  expect(instructionsOf({ from, to }, JSON_PROTOCOL)).toContain(named);
});
