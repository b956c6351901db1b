import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type {
  SshClient,
  SshClientOptions,
  SshConnection,
} from "../../src/worker/ssh/ssh-client.ts";
import { startSshServer, type SshServer } from "../support/ssh-server.ts";
import { hasSshd } from "../support/ssh-programs.ts";
import { echoServer, failureOf, readFile } from "../support/ssh-surroundings.ts";

/** What a connection of every implementation of SSH does, to a real OpenSSH server. */
export function describeSshConnection(
  name: string,
  create: (options: SshClientOptions) => SshClient,
): void {
  describe.skipIf(!hasSshd)(`SSH by ${name}`, () => {
    let server: SshServer;
    let connection: SshConnection;
    const clientOf = (options: Partial<SshClientOptions> = {}) =>
      create({ knownHosts: [server.knownHosts], timeoutMs: 15_000, ...options });

    beforeAll(async () => {
      server = await startSshServer();
      connection = await clientOf().connect(server.target);
    });
    afterAll(async () => {
      await connection[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    });

    it("runs a command and hands over both outputs, the exit code and the input", async () => {
      const done = await connection.exec("cat; echo told >&2; exit 3", { stdin: "дрво" });
      expect(done).toMatchObject({ exitCode: 3, signal: undefined });
      expect(done.stdout.toString()).toBe("дрво");
      expect(done.stderr.toString()).toBe("told\n");
    });

    it("streams input, and shows its end to a command that gets none", async () => {
      const chunks = Array.from({ length: 64 }, (_, index) => Buffer.alloc(16_384, index));
      const done = await connection.exec("sha256sum", { stdin: Readable.from(chunks) });
      const expected = execFileSync("sha256sum", { input: Buffer.concat(chunks) });
      expect(done.stdout).toEqual(expected);
      expect((await connection.exec("cat")).stdout.toString()).toBe("");
    });

    it("says so when the stream of the input fails", async () => {
      const broken = new Error("the disk is gone");
      const stdin = new Readable({ read: (): void => void stdin.destroy(broken) });
      await expect(connection.exec("cat", { stdin })).rejects.toBe(broken);
    });

    it("does not mind a command that leaves its input unread", async () => {
      const stdin = Buffer.alloc(4_000_000);
      expect((await connection.exec("head -c 3", { stdin })).stdout).toEqual(Buffer.alloc(3));
    });

    it("tells no exit code of a command that a signal ended", async () => {
      expect((await connection.exec("kill -TERM $$")).exitCode).toBeUndefined();
    });

    it("refuses more output than was asked for", async () => {
      const running = connection.exec("yes", { maxOutputBytes: 10_000 });
      await expect(running).rejects.toMatchObject({
        code: "SSH_FAILED",
        message: expect.stringContaining("10000 bytes"),
      });
    });

    it("ends a command that reads its input, there too, when its signal is aborted", async () => {
      const controller = new AbortController();
      const pidFile = server.dir.file("aborted.pid");
      const stdin = new PassThrough();
      const running = connection.exec(`echo $$ > ${pidFile}; exec cat`, {
        stdin,
        signal: controller.signal,
      });
      const gone = new Error("enough");
      await expect.poll(() => readFile(pidFile), { timeout: 5000 }).toMatch(/\d/);
      controller.abort(gone);
      await expect(running).rejects.toBe(gone);
      const command = `/proc/${readFile(pidFile).trim()}/comm`;
      await expect.poll(() => readFile(command), { timeout: 5000 }).toBe("");
      await expect(connection.exec("true", { signal: controller.signal })).rejects.toBe(gone);
    });

    it("leaves no command behind that reads its input, when the connection ends", async () => {
      const other = await clientOf().connect(server.target);
      const pidFile = server.dir.file("left.pid");
      const running = other.exec(`echo $$ > ${pidFile}; exec cat`, { stdin: new PassThrough() });
      await expect.poll(() => readFile(pidFile), { timeout: 5000 }).toMatch(/\d/);
      const [failure] = await Promise.all([failureOf(running), other.close()]);
      expect(failure.code).toBe("SSH_LOST");
      const command = `/proc/${readFile(pidFile).trim()}/comm`;
      await expect.poll(() => readFile(command), { timeout: 5000 }).toBe("");
    });

    it("carries both directions of a tunnel to a port and to a socket", async () => {
      const socketPath = server.dir.file("echo.sock");
      await using onPort = await echoServer(0);
      await using onSocket = await echoServer(socketPath);
      const { port } = onPort.address() as AddressInfo;
      for (const tunnel of [
        await connection.openTunnel("127.0.0.1", port),
        await connection.openSocketTunnel(socketPath),
      ]) {
        tunnel.end("there and back");
        expect(await text(tunnel)).toBe("there and back");
      }
      expect(onSocket.listening).toBe(true);
    });

    it("shows that nobody listens at the end of a tunnel", async () => {
      const closed = await echoServer(0);
      const { port } = closed.address() as AddressInfo;
      await closed[Symbol.asyncDispose]();
      const use = async () => {
        const tunnel = await connection.openTunnel("127.0.0.1", port);
        tunnel.write("hello");
        if ((await text(tunnel)) === "") throw new Error("it ended at once");
      };
      await expect(use()).rejects.toThrow(/no tunnel|ended at once|EPIPE/);
      expect(connection.isOpen).toBe(true);
    });

    it("replaces files whole, with their mode, and leaves nothing beside them", async () => {
      mkdirSync(server.dir.file("remote"));
      const path = `${server.dir.file("remote")}/a "strange" na*me`;
      writeFileSync(path, "old", { mode: 0o644 });
      const bytes = Buffer.alloc(1_000_000, "0123456789abcdef");
      await connection.writeFile(path, bytes, 0o600);
      expect(readFileSync(path).equals(bytes)).toBe(true);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      await connection.writeFile(path, Buffer.from("new"), 0o755);
      expect(statSync(path).mode & 0o777).toBe(0o755);
      expect((await connection.readFile(path))?.toString()).toBe("new");
      expect(readdirSync(server.dir.file("remote"))).toHaveLength(1);
    });

    it("tells an absent file from one that cannot be read or written", async () => {
      expect(await connection.readFile(server.dir.file("absent"))).toBeUndefined();
      await expect(connection.readFile(server.dir.path)).rejects.toMatchObject({
        code: "SSH_FAILED",
      });
      const nowhere = server.dir.file("absent/file");
      await expect(connection.writeFile(nowhere, Buffer.from("x"), 0o600)).rejects.toMatchObject({
        code: "SSH_FAILED",
      });
    });

    it("closes twice, says that it has ended, and does nothing afterwards", async () => {
      const other = await clientOf().connect(server.target);
      expect(other.isOpen).toBe(true);
      await other.close();
      await other.close();
      expect(other.isOpen).toBe(false);
      expect(await other.ended).toBeUndefined();
      await expect(other.exec("true")).rejects.toMatchObject({ code: "SSH_LOST" });
      await expect(other.openTunnel("127.0.0.1", 1)).rejects.toMatchObject({ code: "SSH_LOST" });
      await expect(other.readFile("x")).rejects.toMatchObject({ code: "SSH_LOST" });
    });
  });
}
