import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { Secret } from "../../../../src/base/secret.ts";
import {
  masterArguments,
  shellQuoted,
  slaveArguments,
} from "../../../../src/worker/ssh/openssh-command.ts";
import { toConnectError } from "../../../../src/worker/ssh/openssh-errors.ts";
import { hasSsh } from "../../../support/ssh-programs.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const TARGET = { host: "one.example", port: 2222, user: "u", auth: {} };
const SETTINGS = {
  target: TARGET,
  controlPath: "/run/a b/control",
  knownHosts: ["/home/u/.ssh/known_hosts", "/etc/100% sure"],
  keyFiles: [],
  timeoutMs: 1500,
  keepAlive: { intervalMs: 10_000, misses: 3 },
  configFile: undefined,
  jumpControlPath: undefined,
};

describe.skipIf(!hasSsh)("the arguments of the system's ssh", () => {
  it("read no configuration, and no key or agent that was not named, for a plain target", () => {
    const args = masterArguments(SETTINGS);
    expect(args).toEqual(expect.arrayContaining(["-oIdentityFile=none", "-oIdentityAgent=none"]));
    expect(args.slice(0, 2)).toEqual(["-F", "none"]);
    expect(args.slice(-2)).toEqual(["--", "one.example"]);
  });

  it("leave keys and agent of a target of the user's configuration to ssh", () => {
    const target = { ...TARGET, configName: "worker" };
    const args = masterArguments({ ...SETTINGS, target }).join(" ");
    expect(args).not.toMatch(/IdentityFile|IdentityAgent|-F none/);
    expect(args).toMatch(/-- worker$/);
  });

  it("hold no password", () => {
    const target = { ...TARGET, auth: { password: new Secret("correct horse") } };
    expect(masterArguments({ ...SETTINGS, target }).join(" ")).not.toContain("correct");
  });

  it("are understood by ssh, with blanks and per cent signs in paths", async () => {
    const jumpControlPath = "/run/100% 'jump'/control";
    await using dir = await tempDir();
    const keyFiles = [dir.file("a key")];
    writeFileSync(dir.file("a key"), "");
    const args = masterArguments({ ...SETTINGS, keyFiles, jumpControlPath });
    const understood = execFileSync("ssh", ["-G", ...args], { encoding: "utf8" });
    expect(understood).toContain("connecttimeout 2\n");
    expect(understood).toContain("controlmaster true\n");
    expect(understood).toContain("stricthostkeychecking ask\n");
    expect(understood).toContain("userknownhostsfile /home/u/.ssh/known_hosts /etc/100% sure\n");
    expect(understood).toContain(`identityfile ${keyFiles[0]}\n`);
    expect(understood).toContain("proxycommand 'ssh' ");
    expect(understood).toContain("port 2222\n");
  });

  it("never open a second connection for a command", () => {
    const args = slaveArguments("/run/control", []);
    expect(args).toContain("-oControlMaster=no");
    expect(args).toContain("-oProxyCommand=false");
    expect(args.slice(-2)).toEqual(["--", "host"]);
  });

  it("quote every word so that sh reads it as it was", () => {
    const word = fc.string({
      unit: fc.constantFrom("a", "'", '"', "$", "`", "\\", " ", "*", "\n"),
    });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
        const command = `printf '%s\\0' ${words.map(shellQuoted).join(" ")}`;
        const read = execFileSync("sh", ["-c", command], { encoding: "utf8" });
        expect(read.split("\0").slice(0, -1)).toEqual(words);
      }),
      { numRuns: 20 },
    );
  });
});

describe("what the system's ssh says when it fails", () => {
  it.each([
    ["u@one.example: Permission denied (publickey).", "SSH_AUTH_FAILED"],
    ["Received disconnect: 2: Too many authentication failures", "SSH_AUTH_FAILED"],
    ["ssh: connect to host one.example port 22: Connection refused", "SSH_UNREACHABLE"],
    ["ssh: Could not resolve hostname one.example: Name or service not known", "SSH_UNREACHABLE"],
    ["kex_exchange_identification: Connection closed by remote host", "SSH_UNREACHABLE"],
    ["Unable to negotiate with 10.0.0.1 port 22: no matching cipher found.", "SSH_UNSUPPORTED"],
    ["Host key verification failed.", "SSH_HOST_UNKNOWN"],
  ])("%s is %s", (said, code) => {
    expect(toConnectError(TARGET, `some banner\n${said}\n`, []).code).toBe(code);
  });

  it("asks for time only where the server has hung up", () => {
    const waitAfter = (said: string) => toConnectError(TARGET, said, []).retryAfterMs;
    expect(waitAfter("kex_exchange_identification: read: Connection reset by peer")).toBe(15_000);
    expect(waitAfter("connect to host x port 22: Connection refused")).toBeUndefined();
  });
});
