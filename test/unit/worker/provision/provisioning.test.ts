import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { once } from "node:events";

import { expect, it } from "vitest";

import { framed } from "../../../../src/worker/pairing/frame.ts";
import { install, rollBack } from "../../../../src/worker/provision/provisioning.ts";
import type { SshConnection } from "../../../../src/worker/ssh/ssh-client.ts";
import { tempDir, type TempDir } from "../../../support/temp-dir.ts";

/** A login on a machine whose home is `home`: commands run here. */
function loginIn(home: TempDir, path = process.env["PATH"]): SshConnection {
  const login: Pick<SshConnection, "exec" | "writeFile" | "target"> = {
    target: { host: "attic", port: 22, user: "me", auth: {} },
    writeFile: (to, bytes, mode) => writeFile(to, bytes, { mode }),
    exec: async (command, { stdin } = {}) => {
      const env = { HOME: home.path, PATH: path };
      const child = spawn("/bin/sh", ["-c", command], { env });
      child.stdin.end(stdin as string);
      const closed = once(child, "close") as Promise<[number]>;
      const [stdout, stderr, [exitCode]] = await Promise.all([
        buffer(child.stdout),
        buffer(child.stderr),
        closed,
      ]);
      return { stdout, stderr, exitCode, signal: undefined };
    },
  };
  return login as SshConnection;
}

/** A package whose program does what `script` says. */
function packageIn(dir: TempDir, script: string) {
  mkdirSync(dir.file("package/bin"), { recursive: true });
  const manifest = { name: "fbtr", version: "1.0.0", type: "module", files: ["bin"] };
  writeFileSync(dir.file("package/package.json"), JSON.stringify(manifest));
  writeFileSync(dir.file("package/bin/fbtr"), script);
  return { root: dir.file("package"), version: "1.0.0" };
}

const answer = framed({ v: 1, version: "1.0.0", release: "1.0.0-00000000" }).trim();
const ANSWERS = `console.log("motd", process.argv.slice(2)); console.log(${JSON.stringify(answer)});`;

it("unpacks beside the others, and has what is new there put itself in use", async () => {
  await using dir = await tempDir();
  const own = packageIn(dir, ANSWERS);
  const reply = await install(own, loginIn(dir));
  expect(reply).toEqual({ v: 1, version: "1.0.0", release: "1.0.0-00000000" });
  const [name, ...others] = readdirSync(dir.file(".local/share/fbtr"));
  expect(name).toMatch(/^1\.0\.0-[0-9a-f]{8}$/);
  expect(others).toEqual([]);
  // The same again is the same.
  await install(own, loginIn(dir));
  expect(readdirSync(dir.file(".local/share/fbtr"))).toEqual([name]);
});

it("says why what was brought does not run, and leaves nothing of the way there", async () => {
  await using dir = await tempDir();
  const own = packageIn(dir, "throw new Error('too new')");
  await expect(install(own, loginIn(dir))).rejects.toThrow(
    expect.objectContaining({ code: "WORKER_UNFIT", message: expect.stringContaining("too new") }),
  );
  const left = readdirSync(dir.file(".local/share/fbtr"));
  expect(left.filter((name) => name.startsWith("."))).toEqual([]);
});

it.each([
  ["Node.js", "tar"],
  ["tar", "node"],
])("says that a machine has no %s, before anything is brought", async (lacking, there) => {
  await using dir = await tempDir();
  mkdirSync(dir.file("programs"));
  for (const name of ["sh", "mkdir", "uname"])
    symlinkSync(`/bin/${name}`, dir.file(`programs/${name}`));
  writeFileSync(dir.file(`programs/${there}`), "#!/bin/sh\n");
  chmodSync(dir.file(`programs/${there}`), 0o755);
  const installing = install(packageIn(dir, ANSWERS), loginIn(dir, dir.file("programs")));
  await expect(installing).rejects.toThrow(`there is no ${lacking} on attic`);
  expect(readdirSync(dir.file(".local/share/fbtr"))).toEqual([]);
});

it("says that a login is limited, in its own words", async () => {
  await using dir = await tempDir();
  const limited = loginIn(dir);
  const says = Buffer.from("fbtr: this key may only pair and ask how the worker is\n");
  const exec: SshConnection["exec"] = () =>
    Promise.resolve({ stdout: Buffer.of(), stderr: says, exitCode: 21, signal: undefined });
  const installing = install(packageIn(dir, ANSWERS), { ...limited, exec });
  await expect(installing).rejects.toThrow("cannot be installed on attic: fbtr: this key may only");
});

it("cannot go back where nothing was brought", async () => {
  await using dir = await tempDir();
  await expect(rollBack(loginIn(dir))).rejects.toThrow(
    expect.objectContaining({ code: "WORKER_UNFIT" }),
  );
});
