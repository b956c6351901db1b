import { mkdir } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";

import { openStateFile } from "../../../src/job/state-file.ts";
import { tempDir } from "../../support/temp-dir.ts";

it("a state file of the first version keeps its jobs, with all segments chosen", async () => {
  await using dir = await tempDir();
  await mkdir(dir.file("state"));
  const old = new DatabaseSync(dir.file("state/state.sqlite"));
  old.exec(`
    CREATE TABLE job (
      id TEXT PRIMARY KEY, snapshot TEXT NOT NULL, complete INTEGER NOT NULL DEFAULT 0,
      fence INTEGER NOT NULL DEFAULT 0, owner TEXT
    );
    CREATE TABLE segment (
      job TEXT NOT NULL REFERENCES job ON DELETE CASCADE, idx INTEGER NOT NULL,
      source TEXT NOT NULL, section INTEGER NOT NULL, state TEXT NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0, fence INTEGER, leased_until INTEGER NOT NULL DEFAULT 0,
      reason TEXT, result TEXT, PRIMARY KEY (job, idx)
    ) WITHOUT ROWID;
    CREATE INDEX segment_state ON segment (job, state, idx);
    INSERT INTO job (id, snapshot) VALUES ('j', '{}');
    INSERT INTO segment (job, idx, source, section, state) VALUES ('j', 0, '{}', 1, 'open');
    PRAGMA user_version = 1`);
  old.close();
  openStateFile(dir.file("state")).close();
  const database = openStateFile(dir.file("state"));
  expect(database.prepare("SELECT idx, chosen FROM segment").get()).toEqual({ idx: 0, chosen: 1 });
  expect(database.prepare("SELECT redo FROM job").get()).toEqual({ redo: null });
  database.close();
});

it("a state file of a later version is refused, and left as it is", async () => {
  await using dir = await tempDir();
  const database = openStateFile(dir.path);
  database.exec("PRAGMA user_version = 99");
  database.close();
  expect(() => openStateFile(dir.path)).toThrow("it has version 99");
});
