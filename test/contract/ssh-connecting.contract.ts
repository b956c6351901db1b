import { readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { Secret } from "../../src/base/secret.ts";
import type {
  OfferedHostKey,
  SshClient,
  SshClientOptions,
} from "../../src/worker/ssh/ssh-client.ts";
import {
  generateKey,
  generateLockedKey,
  knownHostsLine,
  startSshServer,
  type SshServer,
} from "../support/ssh-server.ts";
import {
  allow,
  echoServer,
  failureOf,
  fingerprintOf,
  readFile,
  slowly,
  startAgent,
} from "../support/ssh-surroundings.ts";
import { hasSshd } from "../support/ssh-programs.ts";
import { tempDir } from "../support/temp-dir.ts";

/** How every implementation of SSH connects: whom it trusts, how it logs in, how it fails. */
export function describeSshConnecting(
  name: string,
  create: (options: SshClientOptions) => SshClient,
): void {
  describe.skipIf(!hasSshd)(`connecting by ${name}`, () => {
    let server: SshServer;
    const clientOf = (options: Partial<SshClientOptions> = {}) =>
      create({ knownHosts: [server.knownHosts], timeoutMs: 15_000, ...options });

    beforeAll(async () => {
      server = await startSshServer();
    });
    afterAll(async () => {
      await server[Symbol.asyncDispose]();
    });

    it("refuses a changed key and shows both fingerprints", async () => {
      await using dir = await tempDir();
      const old = generateKey(dir, "old", "ed25519");
      const oldLine = knownHostsLine(server.port, readFileSync(`${old}.pub`, "utf8"));
      writeFileSync(dir.file("known_hosts"), oldLine);
      const trustHost = () => Promise.resolve(true);
      const client = clientOf({ knownHosts: [dir.file("known_hosts")], prompts: { trustHost } });
      const error = await failureOf(client.connect(server.target));
      expect(error.code).toBe("SSH_HOST_CHANGED");
      expect(error.message).toContain(fingerprintOf(`${old}.pub`));
      expect(error.message).toContain(fingerprintOf(server.dir.file("host_ed25519.pub")));
      expect(readFileSync(dir.file("known_hosts"), "utf8")).toBe(oldLine);
    });

    it("refuses a host of which only a key of another type is known", async () => {
      await using dir = await tempDir();
      const old = generateKey(dir, "old", "ecdsa");
      writeFileSync(
        dir.file("known"),
        knownHostsLine(server.port, readFileSync(`${old}.pub`, "utf8")),
      );
      const trustHost = () => Promise.resolve(true);
      const client = clientOf({ knownHosts: [dir.file("known")], prompts: { trustHost } });
      const error = await failureOf(client.connect(server.target));
      expect(error.code).toBe("SSH_HOST_CHANGED");
      expect(error.message).toContain(fingerprintOf(`${old}.pub`));
    });

    it("refuses an unknown host without the user's word, and remembers the word", async () => {
      await using dir = await tempDir();
      const knownHosts = [dir.file("known_hosts")];
      const refusal = await failureOf(clientOf({ knownHosts }).connect(server.target));
      expect(refusal.code).toBe("SSH_HOST_UNKNOWN");
      expect(refusal.message).toContain(fingerprintOf(server.dir.file("host_ed25519.pub")));

      const no = { trustHost: () => Promise.resolve(false) };
      const denied = await failureOf(clientOf({ knownHosts, prompts: no }).connect(server.target));
      expect(denied.code).toBe("SSH_HOST_UNKNOWN");

      const asked: OfferedHostKey[] = [];
      const trustHost = (offered: OfferedHostKey) => {
        asked.push(offered);
        return Promise.resolve(true);
      };
      await (await clientOf({ knownHosts, prompts: { trustHost } }).connect(server.target)).close();
      expect(asked).toEqual([
        {
          host: "127.0.0.1",
          port: server.port,
          type: "ED25519",
          fingerprint: fingerprintOf(server.dir.file("host_ed25519.pub")),
        },
      ]);
      expect(readFile(dir.file("known_hosts"))).toMatch(/^\|1\|/);
      await (await clientOf({ knownHosts }).connect(server.target)).close();
    });

    it("refuses a revoked key", async () => {
      await using dir = await tempDir();
      const line = readFileSync(server.knownHosts, "utf8");
      writeFileSync(dir.file("known_hosts"), `${line}@revoked ${line}`);
      const client = clientOf({ knownHosts: [dir.file("known_hosts")] });
      expect((await failureOf(client.connect(server.target))).code).toBe("SSH_HOST_REVOKED");
    });

    it("logs in with a key that was given as text", async () => {
      const keys = [new Secret(readFileSync(server.key, "utf8"))];
      const target = { ...server.target, auth: { keys } };
      await using withText = await clientOf().connect(target);
      expect(withText.isOpen).toBe(true);
    });

    it("asks for the passphrase of a key", async () => {
      const key = generateLockedKey(server.dir, `locked-${name}`, "correct horse");
      allow(server, `${key}.pub`);
      const target = { ...server.target, auth: { keys: [key] } };
      const asked: string[] = [];
      const passphrase = (of: string) => {
        asked.push(of);
        return Promise.resolve(new Secret("correct horse"));
      };
      await (await clientOf({ prompts: { passphrase } }).connect(target)).close();
      expect(asked).toEqual([key]);
      const refused = await failureOf(clientOf().connect(target));
      expect(refused.code).toMatch(/SSH_KEY_UNUSABLE|SSH_AUTH_FAILED/);
    });

    it("uses an ssh-agent, and says so when it does not help", async () => {
      await using agent = await startAgent(server.dir.file(`agent-${name}.sock`));
      const target = { ...server.target, auth: { agent: agent.socket } };
      const refused = await failureOf(clientOf().connect(target));
      expect(refused).toMatchObject({
        code: "SSH_AUTH_FAILED",
        message: expect.stringContaining("ssh-agent"),
      });
      agent.add(server.key);
      await (await clientOf().connect(target)).close();
    });

    it("goes through a bastion, and closes it with the connection", async () => {
      await using bastion = await startSshServer();
      const knownHosts = [server.knownHosts, bastion.knownHosts];
      const target = { ...server.target, jump: bastion.target };
      const through = await clientOf({ knownHosts }).connect(target);
      expect((await through.exec("echo there")).stdout.toString()).toBe("there\n");
      expect(bastion.sessions()).not.toEqual([]);
      await through.close();
      await expect.poll(() => bastion.sessions(), { timeout: 5000 }).toEqual([]);
    });

    it("says that a session too many was refused, and opens no connection for it", async () => {
      await using small = await startSshServer(["MaxSessions 1"]);
      await using only = await clientOf({ knownHosts: [small.knownHosts] }).connect(small.target);
      const first = only.exec("read line; echo $line", { stdin: slowly("done\n", 700) });
      await expect
        .poll(() => small.log.join("\n"), { timeout: 5000 })
        .toContain("Starting session");
      expect((await failureOf(only.exec("true"))).code).toBe("SSH_BUSY");
      expect((await first).stdout.toString()).toBe("done\n");
      expect(small.log.filter((line) => line.startsWith("Connection from"))).toHaveLength(1);
    });

    it("notices a peer that answers no more, and says so to all who wait", async () => {
      await using frozen = await startSshServer();
      const keepAlive = { intervalMs: 1000, misses: 1 };
      const client = clientOf({ knownHosts: [frozen.knownHosts], keepAlive });
      await using stuck = await client.connect(frozen.target);
      await stuck.exec("true");
      for (const pid of frozen.sessions()) process.kill(pid, "SIGSTOP");
      const waiting = failureOf(stuck.exec("true"));
      expect((await waiting).code).toBe("SSH_LOST");
      expect(await stuck.ended).toMatchObject({ code: "SSH_LOST" });
      expect(stuck.isOpen).toBe(false);
    });

    it("closes a connection whose peer answers no more", async () => {
      await using frozen = await startSshServer();
      const client = clientOf({ knownHosts: [frozen.knownHosts] });
      const stuck = await client.connect(frozen.target);
      await stuck.exec("true");
      for (const pid of frozen.sessions()) process.kill(pid, "SIGSTOP");
      await stuck.close();
      expect(await stuck.ended).toBeUndefined();
    });

    it("says that a host does not answer, within the time that it may take", async () => {
      await using silent = await echoServer(0, () => undefined);
      const { port } = silent.address() as AddressInfo;
      const began = performance.now();
      const error = await failureOf(
        clientOf({ timeoutMs: 700 }).connect({ ...server.target, port }),
      );
      expect(error).toMatchObject({ code: "SSH_UNREACHABLE" });
      expect(performance.now() - began).toBeLessThan(3000);
    });

    it("stops connecting when its signal is aborted", async () => {
      await using silent = await echoServer(0, () => undefined);
      const { port } = silent.address() as AddressInfo;
      const controller = new AbortController();
      const connecting = clientOf().connect({ ...server.target, port }, controller.signal);
      const gone = new Error("enough");
      setTimeout(() => controller.abort(gone), 200);
      await expect(connecting).rejects.toBe(gone);
    });

    it("tells a closed port from a server that hangs up, and asks for time after the latter", async () => {
      const closed = await echoServer(0);
      const { port } = closed.address() as AddressInfo;
      await closed[Symbol.asyncDispose]();
      const refused = await failureOf(clientOf().connect({ ...server.target, port }));
      expect(refused).toMatchObject({ code: "SSH_UNREACHABLE", retryAfterMs: undefined });
      await using rude = await echoServer(0, (socket) => socket.end());
      const turnedAway = await failureOf(
        clientOf().connect({ ...server.target, port: (rude.address() as AddressInfo).port }),
      );
      expect(turnedAway).toMatchObject({ code: "SSH_UNREACHABLE", retryAfterMs: 15_000 });
    });

    it("lets no name through that could be an option or a command", async () => {
      for (const host of ["-oProxyCommand=touch x", "a b", "$(id)", ""]) {
        const error = await failureOf(clientOf().connect({ ...server.target, host }));
        expect(error.code).toBe("CONFIG_INVALID");
      }
      const error = await failureOf(clientOf().connect({ ...server.target, user: "-l root" }));
      expect(error.code).toBe("CONFIG_INVALID");
    });
  });
}
