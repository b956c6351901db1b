import { writeFile } from "node:fs/promises";

import { expect, it } from "vitest";

import { GroupSync } from "../../../src/job/group-sync.ts";
import { tempDir } from "../../support/temp-dir.ts";

it("serves all who wait while the disk works by one more call", async () => {
  await using dir = await tempDir();
  await writeFile(dir.file("wal"), "");
  const disk = new GroupSync(dir.file("wal"));
  const first = disk.synced();
  const second = disk.synced();
  const third = disk.synced();
  expect(second).not.toBe(first);
  expect(third).toBe(second);
  await Promise.all([first, second, third]);
  await disk.synced();
});

it("fails those who waited for it, and works again when the disk does", async () => {
  await using dir = await tempDir();
  const disk = new GroupSync(dir.file("wal"));
  const first = disk.synced();
  const second = disk.synced();
  await expect(first).rejects.toMatchObject({ code: "JOB_STORE_FAILED" });
  await expect(second).rejects.toMatchObject({ code: "JOB_STORE_FAILED" });
  await writeFile(dir.file("wal"), "");
  await disk.synced();
});
