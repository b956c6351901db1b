import { expect, it } from "vitest";

import { changedFile } from "../../../src/config/changed-file.ts";

const TEXT = `{
  "translation": { "engine": "draft", "max_batch_chars": 3000 },
  "note": ["kept", 1]
}`;

const changed = (text: string | undefined, changes: Record<string, unknown>) =>
  JSON.parse(changedFile(text, changes, "config.json")) as unknown;

it("changes what is named, and keeps the rest in its order", () => {
  const text = changedFile(TEXT, { "translation.engine": "ollama" }, "config.json");
  expect(text).toBe(`{
  "translation": {
    "engine": "ollama",
    "max_batch_chars": 3000
  },
  "note": [
    "kept",
    1
  ]
}
`);
});

it("takes a key away for null, and makes the groups that a new one needs", () => {
  const changes = { "translation.engine": null, "server.limits.rate": 3 };
  expect(changed(TEXT, changes)).toEqual({
    translation: { max_batch_chars: 3000 },
    note: ["kept", 1],
    server: { limits: { rate: 3 } },
  });
});

it("begins a file that is not there", () => {
  expect(changed(undefined, { "server.port": 9000 })).toEqual({ server: { port: 9000 } });
});

it.each(["{ // a comment\n}", "[1]", "translation:\n  engine: draft", ""])(
  "does not write a file again that is no plain object of JSON: %j",
  (text) => {
    expect(() => changedFile(text, { "server.port": 1 }, "config.json")).toThrow(
      "config.json cannot be changed by a program",
    );
  },
);

it.each(["__proto__.polluted", "translation.constructor.prototype.polluted"])(
  "%s, which every object inherits, is no key: nothing is changed",
  (key) => {
    expect(() => changedFile(TEXT, { [key]: true }, "config.json")).toThrow("is no key");
    expect("polluted" in {}).toBe(false);
  },
);
