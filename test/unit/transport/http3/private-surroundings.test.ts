import { statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { PrivateSurroundings } from "../../../../src/transport/http3/private-surroundings.ts";

const trust = () => [process.env["SSL_CERT_FILE"], process.env["SSL_CERT_DIR"]];

describe("private surroundings", () => {
  it("keep files from others, and the trust of the system from the call, for its time", async () => {
    const surroundings = new PrivateSurroundings();
    const before = { folder: tmpdir(), trust: trust(), umask: process.umask() };
    const modes = await surroundings.during(() => {
      const file = join(tmpdir(), "key.pem");
      writeFileSync(file, "secret");
      expect(trust()).toEqual(["/nonexistent", "/nonexistent"]);
      return [tmpdir(), file].map((path) => statSync(path).mode & 0o777);
    });
    expect(modes).toEqual([0o700, 0o600]);
    expect({ folder: tmpdir(), trust: trust(), umask: process.umask() }).toEqual(before);
  });

  it("are given back in order where calls come at the same time, and where one fails", async () => {
    const surroundings = new PrivateSurroundings();
    const before = { folder: tmpdir(), trust: trust(), umask: process.umask() };
    const failing = surroundings.during(() => {
      throw new Error("no key");
    });
    const folders = Promise.all([1, 2, 3].map(() => surroundings.during(() => tmpdir())));
    await expect(failing).rejects.toThrow("no key");
    expect(new Set(await folders)).not.toContain(before.folder);
    expect({ folder: tmpdir(), trust: trust(), umask: process.umask() }).toEqual(before);
  });

  it("leave no folder behind", async () => {
    const surroundings = new PrivateSurroundings();
    const folder = await surroundings.during(() => tmpdir());
    expect(() => statSync(folder)).toThrow("ENOENT");
  });
});
