import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  fingerprint,
  hashedLine,
  judge,
  keyType,
  linesAbout,
  orderAlgorithms,
  parseKnownHosts,
} from "../../../../src/worker/ssh/known-hosts.ts";
import { hasSsh } from "../../../support/ssh-programs.ts";
import { tempDir } from "../../../support/temp-dir.ts";

function publicKey(type: string, filling: number): Buffer {
  const field = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  return Buffer.concat([field(Buffer.from(type)), field(Buffer.alloc(32, filling))]);
}

const ED = publicKey("ssh-ed25519", 1);
const OTHER_ED = publicKey("ssh-ed25519", 2);
const ECDSA = publicKey("ecdsa-sha2-nistp256", 3);
const line = (hosts: string, key: Buffer, marker = "") =>
  `${marker}${hosts} ${keyType(key)} ${key.toString("base64")} comment\n`;
const about = (text: string, host: string, port = 22) =>
  linesAbout(parseKnownHosts(text, "known_hosts"), host, port);

describe.skipIf(!hasSsh)("known hosts", () => {
  it("finds plain names, several names, patterns and ports, and obeys negated patterns", () => {
    const text = [
      line("one.example,10.0.0.1", ED),
      line("[one.example]:2222", OTHER_ED),
      line("*.lan,!secret.lan", ECDSA),
    ].join("");
    const keysOf = (host: string, port?: number) => about(text, host, port).map(({ key }) => key);
    expect(keysOf("ONE.example")).toEqual([ED]);
    expect(keysOf("10.0.0.1")).toEqual([ED]);
    expect(keysOf("one.example", 2222)).toEqual([OTHER_ED]);
    expect(keysOf("box.lan")).toEqual([ECDSA]);
    expect(keysOf("secret.lan")).toEqual([]);
    expect(keysOf("one.exampl")).toEqual([]);
  });

  it("matches patterns as their translation to a regular expression does", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", ".", "*", "?"), maxLength: 8 });
    const name = fc.string({ unit: fc.constantFrom("a", "b", "."), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(text, name, (pattern, host) => {
        fc.pre(pattern !== "");
        const expression = pattern
          .replaceAll(".", "\\.")
          .replaceAll("*", ".*")
          .replaceAll("?", ".");
        const found = about(line(pattern, ED), host).length > 0;
        expect(found).toBe(new RegExp(`^${expression}$`).test(host));
      }),
    );
  });

  it("leaves out comments, unknown markers, and lines whose key is not of the type they name", () => {
    const text = [
      "# comment\n\n   \n",
      line("host", ED, "@unheard-of "),
      `host ssh-rsa ${ED.toString("base64")}\n`,
      "host ssh-ed25519\n",
      "host ssh-ed25519 !!!!\n",
    ].join("");
    expect(about(text, "host")).toEqual([]);
  });

  it("tells known, changed, revoked, certified and unknown hosts apart", () => {
    const kind = (text: string) => judge(about(text, "host"), ED).kind;
    expect(kind(line("host", OTHER_ED) + line("host", ED))).toBe("known");
    expect(kind(line("host", OTHER_ED))).toBe("changed");
    expect(kind(line("host", ED) + line("*", ED, "@revoked "))).toBe("revoked");
    expect(kind(line("host", OTHER_ED, "@cert-authority "))).toBe("certified");
    expect(kind(line("elsewhere", ED))).toBe("unknown");
  });

  it("refuses a host of which only a key of another type is known", () => {
    expect(judge(about(line("host", ECDSA), "host"), ED).kind).toBe("changed");
  });

  it("asks first for the types of keys that are known", () => {
    const rsa = publicKey("ssh-rsa", 4);
    const text = line("host", rsa) + line("host", ED, "@cert-authority ");
    const algorithms = ["ssh-ed25519", "ecdsa-sha2-nistp256", "rsa-sha2-512"];
    expect(orderAlgorithms(about(text, "host"), algorithms)).toEqual([
      "rsa-sha2-512",
      "ssh-ed25519",
      "ecdsa-sha2-nistp256",
    ]);
  });

  it("writes hashed lines that ssh-keygen finds, and reads those that ssh-keygen wrote", async () => {
    await using dir = await tempDir();
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", dir.file("key")]);
    const printed = execFileSync("ssh-keygen", ["-lf", dir.file("key.pub")], { encoding: "utf8" });
    const key = Buffer.from(
      execFileSync("ssh-keygen", ["-yf", dir.file("key")], { encoding: "utf8" }).split(" ")[1] ??
        "",
      "base64",
    );
    expect(printed).toContain(fingerprint(key));

    const file = dir.file("known_hosts");
    writeFileSync(file, `${hashedLine("one.example", 22, key)}\n${hashedLine("::1", 2200, key)}\n`);
    for (const name of ["one.example", "[::1]:2200"]) {
      const found = execFileSync("ssh-keygen", ["-F", name, "-f", file], { encoding: "utf8" });
      expect(found).toContain(key.toString("base64"));
    }

    writeFileSync(file, line("two.example", key));
    execFileSync("ssh-keygen", ["-H", "-f", file], { stdio: "ignore" });
    const hashed = execFileSync("cat", [file], { encoding: "utf8" });
    expect(hashed).not.toContain("two.example");
    expect(judge(about(hashed, "two.example"), key).kind).toBe("known");
    expect(about(hashed, "three.example")).toEqual([]);
  });
});
