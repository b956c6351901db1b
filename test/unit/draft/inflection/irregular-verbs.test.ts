import { expect, test } from "vitest";

import { verbForm } from "../../../../src/draft/inflection/verb.ts";
import { entryOf } from "./entry-of.ts";

const BITI = entryOf("v", "biti", "ipf", "1s=sam,lp=bio,lf=bila,imp=budi");
const HTETI = entryOf("v", "hteti", "ipf", "1s=hoću,3s=hoće,3p=hoće,lp=hteo,lf=htela");

test("hteti and biti have gerunds that their presents do not make", () => {
  expect(verbForm(HTETI, { form: "present-gerund" })).toBe("hoteći");
  expect(verbForm(BITI, { form: "present-gerund" })).toBe("budući");
});

test("biti is commanded by budi, hteti cannot be commanded", () => {
  const command = { form: "imperative", person: 2, count: "pl" } as const;
  expect(verbForm(BITI, command)).toBe("budite");
  expect(verbForm(HTETI, command)).toBeUndefined();
});

test("hteti has the aorist of its old root, and the auxiliary of the future at its end", () => {
  expect(verbForm(HTETI, { form: "aorist", person: 3, count: "sg" })).toBe("htede");
  expect(verbForm(HTETI, { form: "future", person: 3, count: "pl" })).toBe("hteće");
});

test.each([
  ["davati", "1s=dajem,lp=davao", "davaj"],
  ["prodavati", "1s=prodajem,lp=prodavao", "prodavaj"],
  ["poznavati", "1s=poznajem,lp=poznavao", "poznavaj"],
  // Its a is no part of a suffix.
  ["postajati", "1s=postajem,lp=postajao", "postaj"],
  ["slavati", "1s=slavam,lp=slavao", "slavaj"],
])("%s (%s) is commanded by %s", (sr, parts, expected) => {
  const entry = entryOf("v", sr, "ipf", parts);
  expect(verbForm(entry, { form: "imperative", person: 2, count: "sg" })).toBe(expected);
});

test.each([
  ["doneti", "1s=donesem,lp=doneo", "donesoh donese donesoše"],
  ["uneti", "1s=unesem,lp=uneo", "unesoh unese unesoše"],
  ["leteti", "1s=letim,lp=leteo", "leteh lete leteše"],
])("the aorist of %s (%s) shows the s of its root, if it has one", (sr, parts, expected) => {
  const entry = entryOf("v", sr, "pf", parts);
  const forms = [
    verbForm(entry, { form: "aorist", person: 1, count: "sg" }),
    verbForm(entry, { form: "aorist", person: 3, count: "sg" }),
    verbForm(entry, { form: "aorist", person: 3, count: "pl" }),
  ];
  expect(forms.join(" ")).toBe(expected);
});
