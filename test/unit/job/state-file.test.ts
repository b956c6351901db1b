import { expect, it } from "vitest";

import { openStateFile } from "../../../src/job/state-file.ts";
import { tempDir } from "../../support/temp-dir.ts";

it("brings a file of the first version to that of today, and keeps its jobs", async () => {
  await using dir = await tempDir();
  const first = openStateFile(dir.path);
  first.exec("INSERT INTO job (id, snapshot) VALUES ('j', '{}')");
  first.exec("DROP TABLE finding; PRAGMA user_version = 1");
  first.close();
  const today = openStateFile(dir.path);
  expect(today.prepare("SELECT id FROM job").all()).toEqual([{ id: "j" }]);
  expect(today.prepare("SELECT * FROM finding").all()).toEqual([]);
  today.close();
});

it("refuses a file of a later version", async () => {
  await using dir = await tempDir();
  const later = openStateFile(dir.path);
  later.exec("PRAGMA user_version = 99");
  later.close();
  expect(() => openStateFile(dir.path)).toThrow("it has version 99");
});
