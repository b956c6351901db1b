import { execFileSync } from "node:child_process";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { inspect } from "node:util";

import { describe, expect, it } from "vitest";

import type { FbtrError } from "../../../../src/base/errors.ts";
import { Secret } from "../../../../src/base/secret.ts";
import { KeyRing } from "../../../../src/worker/ssh/key-ring.ts";
import { readPrivateKey } from "../../../../src/worker/ssh/private-key.ts";
import { hasSsh } from "../../../support/ssh-programs.ts";
import { tempDir, type TempDir } from "../../../support/temp-dir.ts";

const TARGET = { host: "one.example", port: 22, user: "u", auth: {} };
const PASSPHRASE = new Secret("correct horse");

function generate(dir: TempDir, ...options: string[]): string {
  const path = dir.file("key");
  execFileSync("ssh-keygen", ["-q", "-f", path, ...options]);
  return readFileSync(path, "utf8");
}

/** The public key that ssh-keygen derives from a private one. */
function publicKeyOf(dir: TempDir, text: string, passphrase = ""): string | undefined {
  const path = dir.file("asked");
  writeFileSync(path, text, { mode: 0o600 });
  const printed = execFileSync("ssh-keygen", ["-y", "-P", passphrase, "-f", path], {
    encoding: "utf8",
  });
  return printed.trim().split(" ")[1];
}

function readPublic(text: string, passphrase?: Secret): string | undefined {
  const read = readPrivateKey(text, passphrase);
  return read.kind === "key" ? read.key.getPublicSSH().toString("base64") : read.kind;
}

const pkcs8 = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" });

describe.skipIf(!hasSsh)("a private key", () => {
  it.each([
    ["Ed25519", ["-t", "ed25519"]],
    ["RSA", ["-t", "rsa", "-b", "2048"]],
    ["RSA in PEM", ["-t", "rsa", "-b", "2048", "-m", "PEM"]],
    ["ECDSA", ["-t", "ecdsa", "-b", "521"]],
    ["RSA in PKCS#8", ["-t", "rsa", "-b", "2048", "-m", "PKCS8"]],
    ["ECDSA in PKCS#8", ["-t", "ecdsa", "-b", "256", "-m", "PKCS8"]],
  ])("is read: %s", async (_, options) => {
    await using dir = await tempDir();
    const text = generate(dir, ...options, "-N", "");
    expect(readPublic(text)).toBe(publicKeyOf(dir, text));
  });

  it("is read from PKCS#8 when it is Ed25519, so that it signs", () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const read = readPrivateKey(pkcs8(privateKey));
    if (read.kind !== "key") throw new Error(read.kind);
    expect(read.key.type).toBe("ssh-ed25519");
    expect(read.key.verify("text", read.key.sign("text"))).toBe(true);
  });

  it.each([
    ["OpenSSH", ["-t", "ed25519", "-a", "1"]],
    ["PEM", ["-t", "rsa", "-b", "2048", "-m", "PEM"]],
    ["PKCS#8", ["-t", "ecdsa", "-b", "256", "-m", "PKCS8"]],
  ])("opens with its passphrase only: %s", async (_, options) => {
    await using dir = await tempDir();
    const text = generate(dir, ...options, "-N", PASSPHRASE.reveal());
    expect(readPublic(text)).toBe("locked");
    expect(readPublic(text, new Secret("wrong"))).toBe("locked");
    expect(readPublic(text, PASSPHRASE)).toBe(publicKeyOf(dir, text, PASSPHRASE.reveal()));
  });

  it.each([["PEM", "rsa"] as const, ["PKCS8", "ecdsa"] as const])(
    "is locked after every wrong passphrase, also one that decrypts it to nonsense: %s",
    async (format, type) => {
      await using dir = await tempDir();
      const text = generate(dir, "-t", type, "-m", format, "-N", PASSPHRASE.reveal());
      const read = Array.from({ length: format === "PEM" ? 1000 : 50 }, (_, index) =>
        readPublic(text, new Secret(`wrong ${index}`)),
      );
      expect(new Set(read)).toEqual(new Set(["locked"]));
    },
  );

  it("is refused when it is none", async () => {
    await using dir = await tempDir();
    generate(dir, "-t", "ed25519", "-N", "");
    expect(readPublic(readFileSync(dir.file("key.pub"), "utf8"))).toBe("unreadable");
    expect(readPublic("no key")).toBe("unreadable");
    expect(readPublic(pkcs8(generateKeyPairSync("x25519").privateKey))).toBe("unreadable");
  });
});

describe.skipIf(!hasSsh)("the key ring", () => {
  it("asks for a passphrase once, again when it was wrong, and reads the key once", async () => {
    await using dir = await tempDir();
    generate(dir, "-t", "ed25519", "-a", "1", "-N", PASSPHRASE.reveal());
    const answers = [new Secret("wrong"), PASSPHRASE];
    const asked: string[] = [];
    const ring = new KeyRing((name) => {
      asked.push(name);
      return Promise.resolve(answers.shift());
    });
    const keys = await Promise.all([1, 2].map(() => ring.get(TARGET, dir.file("key"))));
    expect(keys[0]).toBe(keys[1]);
    expect(asked).toEqual([dir.file("key"), dir.file("key")]);
  });

  it("says why a key cannot be used, and never shows it", async () => {
    await using dir = await tempDir();
    const text = generate(dir, "-t", "ed25519", "-a", "1", "-N", PASSPHRASE.reveal());
    const ring = new KeyRing(undefined);
    const errorOf = (source: string | Secret) =>
      ring.get(TARGET, source).catch((error: unknown) => error as FbtrError);
    expect(await errorOf(dir.file("absent"))).toMatchObject({ code: "SSH_KEY_UNUSABLE" });
    const locked = await errorOf(new Secret(text));
    expect(locked).toMatchObject({ code: "SSH_KEY_UNUSABLE" });
    expect(inspect(locked)).not.toContain(text.slice(40, 80));
    execFileSync("chmod", ["644", dir.file("key")]);
    expect(await errorOf(dir.file("key"))).toMatchObject({
      message: expect.stringContaining("others may read it"),
    });
  });
});
