import { describe, expect, it } from "vitest";

import {
  authorizedKeysWith,
  servedCommand,
} from "../../../../src/worker/pairing/authorized-keys.ts";

const KEY = `ssh-ed25519 ${"A".repeat(68)}`;
const OTHER = `ssh-ed25519 ${"B".repeat(68)} me@home`;
const GRANT = { command: "/usr/bin/fbtr", tunnelTo: undefined };

describe("authorized_keys with a limited key", () => {
  it("gets a line that allows one command and nothing else; the others stay", () => {
    const before = `# mine\n\n${OTHER}\n`;
    expect(authorizedKeysWith(before, `${KEY} root@attic\n`, GRANT)).toBe(
      `${before}restrict,command="/usr/bin/fbtr worker ssh-serve" ${KEY} root@attic\n`,
    );
  });

  it("is the same after the key is let in again", () => {
    const once = authorizedKeysWith("", KEY, GRANT);
    expect(authorizedKeysWith(once, KEY, GRANT)).toBe(once);
  });

  it("gets a last line of its own where the file ends without a line break", () => {
    expect(authorizedKeysWith(OTHER, KEY, GRANT).split("\n")[0]).toBe(OTHER);
  });

  it("changes in place what the key may do", () => {
    const before = `${authorizedKeysWith("", KEY, GRANT)}${OTHER}\n`;
    const lines = authorizedKeysWith(before, KEY, { ...GRANT, tunnelTo: "/run/peers.sock" }).split(
      "\n",
    );
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain(
      'restrict,port-forwarding,permitopen="[/run/peers.sock]:*",command=',
    );
  });

  it("keeps quotes of the command inside the quotes of the option", () => {
    const line = authorizedKeysWith("", KEY, { ...GRANT, command: 'sh "a b"' });
    expect(line).toContain(String.raw`command="sh \"a b\" worker ssh-serve"`);
  });

  it("is refused where the key may log in without limits: sshd goes by the first line", () => {
    expect(() => authorizedKeysWith(`${OTHER}\n${KEY} old\n`, KEY, GRANT)).toThrow(
      "line 2 lets that key in without limits",
    );
  });

  it.each(["", "ssh-ed25519", `${KEY}\n${OTHER}`, `command="id" ${KEY}`, "-----BEGIN KEY-----"])(
    "is refused for what is no public key: %j",
    (text) => {
      expect(() => authorizedKeysWith("", text, GRANT)).toThrow("no public SSH key");
    },
  );
});

describe("a limited key", () => {
  it.each([
    ["fbtr worker pair", "pair"],
    ["/opt/fbtr/bin/fbtr worker status", "status"],
    ["sh -c 'for f in fbtr; do :; done' fbtr worker start", "start"],
  ])("gets the worker's command that %j ends in", (wish, command) => {
    expect(servedCommand(wish)).toBe(command);
  });

  it.each([
    undefined,
    "",
    "id",
    "fbtr worker authorize",
    "fbtr workers pair",
    "fbtr worker pair; id",
    "fbtr worker pair\nid",
    "scp -t /",
  ])("gets nothing for %j", (wish) => {
    expect(() => servedCommand(wish)).toThrow("this key may only pair");
  });
});
