import { expect, test } from "vitest";

import type { Count, Person } from "../../../../src/draft/grammar.ts";
import { conditional, future, presentOfBiti } from "../../../../src/draft/inflection/auxiliary.ts";

function all(form: (person: Person, count: Count) => string): string {
  return (["sg", "pl"] as const)
    .flatMap((count) => ([1, 2, 3] as const).map((person) => form(person, count)))
    .join(" ");
}

test("the present of biti has clitics, full and negated forms", () => {
  expect(all((person, count) => presentOfBiti(person, count, "clitic"))).toBe(
    "sam si je smo ste su",
  );
  expect(all((person, count) => presentOfBiti(person, count, "full"))).toBe(
    "jesam jesi jeste jesmo jeste jesu",
  );
  expect(all((person, count) => presentOfBiti(person, count, "negated"))).toBe(
    "nisam nisi nije nismo niste nisu",
  );
});

test("the auxiliary of the future is a clitic or negated", () => {
  expect(all((person, count) => future(person, count, "clitic"))).toBe("ću ćeš će ćemo ćete će");
  expect(all((person, count) => future(person, count, "negated"))).toBe(
    "neću nećeš neće nećemo nećete neće",
  );
});

test("the auxiliary of the conditional", () => {
  expect(all(conditional)).toBe("bih bi bi bismo biste bi");
});
