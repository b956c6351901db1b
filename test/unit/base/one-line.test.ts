import { expect, it } from "vitest";

import { oneLine } from "../../../src/base/one-line.ts";

it("lets no text of a book move the cursor, colour the terminal or break the line", () => {
  expect(oneLine(" Вой\u001b[31mна\r\nи\u2028 мир\u0007\u009b2J ")).toBe("Вой [31mна и мир 2J");
});
