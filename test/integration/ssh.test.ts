import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { systemClock } from "../../src/base/clock.ts";
import { Secret } from "../../src/base/secret.ts";
import { createSshClient } from "../../src/worker/ssh/choosing-client.ts";
import { createSshPool, sshDefaultsOf } from "../../src/worker/ssh/create-pool.ts";
import { OpenSshClient } from "../../src/worker/ssh/openssh-client.ts";
import type { SshClientOptions } from "../../src/worker/ssh/ssh-client.ts";
import { targetOf } from "../../src/worker/ssh/ssh-target.ts";
import { Ssh2Client } from "../../src/worker/ssh/ssh2-client.ts";
import { startPasswordServer } from "../support/password-server.ts";
import { generateKey, generateLockedKey, startSshServer } from "../support/ssh-server.ts";
import { hasSsh, hasSshd } from "../support/ssh-programs.ts";
import { failureOf, readFile, startAgent } from "../support/ssh-surroundings.ts";

const CLIENTS = [
  ["ssh2", (options: SshClientOptions) => new Ssh2Client(options)],
  ["openssh", (options: SshClientOptions) => new OpenSshClient(options)],
] as const;
const TIMEOUT = { timeoutMs: 15_000 };
const MODERN = [
  "KexAlgorithms curve25519-sha256",
  "Ciphers chacha20-poly1305@openssh.com",
  "MACs hmac-sha2-512-etm@openssh.com",
  "HostKeyAlgorithms ssh-ed25519",
  "PubkeyAcceptedAlgorithms ssh-ed25519",
];
const settings = (knownHosts: string) => ({
  ssh_timeout: 15,
  ssh_max_retries: 0,
  ssh_config: { key_path: undefined, known_hosts_path: knownHosts },
  connections: { max_per_worker: 10, idle_timeout: 300, max_lifetime: 1800 },
});
const surroundings = { prompts: {}, clock: systemClock, configFile: "none" };

describe.skipIf(!hasSshd)("SSH", () => {
  it.each(["ssh2", "openssh"] as const)(
    "runs 40 commands at once over one connection of %s, which MaxSessions 10 limits",
    async (client) => {
      await using server = await startSshServer(["MaxSessions 10"]);
      await using pool = createSshPool(settings(server.knownHosts), surroundings);
      const target = { ...server.target, client };
      const runs = Array.from({ length: 40 }, (_, index) =>
        pool.use(target, (connection) => connection.exec(`echo ${index}`)),
      );
      const said = (await Promise.all(runs)).map(({ stdout }) => Number(stdout.toString()));
      expect(said).toEqual(Array.from({ length: 40 }, (_, index) => index));
      expect(server.log.filter((line) => line.startsWith("Connection from"))).toHaveLength(1);
      expect(server.log.join("\n")).not.toContain("open failed");
    },
  );

  it.each(CLIENTS)(
    "speaks with a server that takes only modern algorithms: %s",
    async (_, create) => {
      await using server = await startSshServer(MODERN);
      const client = create({ knownHosts: [server.knownHosts], ...TIMEOUT });
      await using connection = await client.connect(server.target);
      expect((await connection.exec("exit 7")).exitCode).toBe(7);
    },
  );

  it("refuses a server that takes only weak algorithms", async () => {
    await using server = await startSshServer(["MACs hmac-sha1", "Ciphers aes128-ctr"]);
    const client = new Ssh2Client({ knownHosts: [server.knownHosts], ...TIMEOUT });
    expect((await failureOf(client.connect(server.target))).code).toBe("SSH_UNSUPPORTED");
  });

  it("asks a server for the host key that is known, not for its first one", async () => {
    await using server = await startSshServer([], ["ed25519", "ecdsa"]);
    const known = readFile(server.knownHosts)
      .split("\n")
      .filter((line) => line.includes("ecdsa"));
    writeFileSync(server.knownHosts, `${known.join("\n")}\n`);
    const client = new Ssh2Client({ knownHosts: [server.knownHosts], ...TIMEOUT });
    await using connection = await client.connect(server.target);
    expect(connection.isOpen).toBe(true);
  });

  it("goes to the system's ssh for a key exchange that ssh2 does not know, and remembers", async () => {
    await using server = await startSshServer(["KexAlgorithms sntrup761x25519-sha512@openssh.com"]);
    const client = createSshClient({ knownHosts: [server.knownHosts], ...TIMEOUT });
    for (const attempts of [2, 3]) {
      await using connection = await client.connect(server.target);
      expect(connection.kind).toBe("openssh");
      expect(server.log.filter((line) => line.startsWith("Connection from"))).toHaveLength(
        attempts,
      );
    }
    const only = client.connect({ ...server.target, client: "ssh2" });
    expect((await failureOf(only)).code).toBe("SSH_UNSUPPORTED");
  });

  it("goes to the system's ssh for certificates of users and of hosts", async () => {
    const sign = (ca: string, key: string, ...of: readonly string[]) =>
      execFileSync("ssh-keygen", ["-q", "-s", ca, "-I", "id", ...of, `${key}.pub`]);
    await using server = await startSshServer([], ["ed25519"], (dir) => {
      sign(generateKey(dir, "ca", "ed25519"), dir.file("host_ed25519"), "-h", "-n", "127.0.0.1");
      return [`HostCertificate ${dir.file("host_ed25519-cert.pub")}`];
    });
    const authority = readFileSync(server.dir.file("ca.pub"), "utf8");
    writeFileSync(server.knownHosts, `@cert-authority * ${authority}`);
    const client = createSshClient({
      knownHosts: [server.knownHosts],
      configFile: "none",
      ...TIMEOUT,
    });
    await using certifiedHost = await client.connect(server.target);
    expect(certifiedHost.kind).toBe("openssh");

    const key = generateKey(server.dir, "certified", "ed25519");
    const { host, port, user } = server.target;
    sign(server.dir.file("ca"), key, "-n", user);
    writeFileSync(server.dir.file("authorized_keys"), `cert-authority ${authority}`);
    const target = await targetOf({ host, port, user, key_file: key }, { configFile: "none" });
    expect(target.needsOpenSsh).toContain("certificate");
    await using certifiedUser = await client.connect(target);
    expect(certifiedUser.isOpen).toBe(true);
  });

  it("takes host, user, port, key and bastion from the user's ssh configuration", async () => {
    await using bastion = await startSshServer();
    await using server = await startSshServer();
    writeFileSync(server.knownHosts, readFile(server.knownHosts) + readFile(bastion.knownHosts));
    const entry = ({ port, target, key }: typeof server) =>
      `HostName 127.0.0.1\nPort ${port}\nUser ${target.user}\nIdentityFile ${key}\nIdentityAgent none\n`;
    const configFile = server.dir.file("ssh_config");
    writeFileSync(
      configFile,
      `Host worker\n${entry(server)}ProxyJump gate\nHost gate\n${entry(bastion)}`,
    );
    const config = settings(server.knownHosts);
    const defaults = sshDefaultsOf(config, { SSH_AUTH_SOCK: "/nowhere" }, configFile);
    const target = await targetOf({ host: "worker", port: 22 }, defaults);
    expect(target).toEqual({
      ...server.target,
      configName: "worker",
      jump: { ...bastion.target, configName: "gate" },
    });
    await using pool = createSshPool(config, { ...surroundings, configFile });
    for (const client of ["ssh2", "openssh"] as const) {
      await using own = createSshPool(config, { ...surroundings, configFile });
      const { stdout } = await own.use({ ...target, client }, (c) => c.exec("echo through"));
      expect(stdout.toString()).toBe("through\n");
    }
    expect(pool.size).toBe(0);
  });

  it("lets the worker's own settings win over the user's ssh configuration", async () => {
    await using server = await startSshServer();
    const configFile = server.dir.file("ssh_config");
    writeFileSync(configFile, "Host worker\nHostName one.example\nPort 2222\nUser other\n");
    const key = new Secret("a key");
    const target = await targetOf(
      { host: "worker", port: 2200, user: "me", key_file: key, ssh_client: "openssh" },
      { keyPath: "/unused", agent: "/agent", configFile },
    );
    expect(target).toEqual({
      host: "one.example",
      port: 2200,
      user: "me",
      auth: { keys: [key], agent: "/agent" },
      configName: "worker",
      client: "openssh",
    });
    const usual = await targetOf({ host: "worker" }, { keyPath: "/key", configFile });
    expect(usual).toMatchObject({ port: 2222, user: "other", auth: { keys: ["/key"] } });
  });

  it("asks for no passphrase of a key that the agent holds", async () => {
    await using server = await startSshServer();
    const key = generateLockedKey(server.dir, "locked", "correct horse");
    writeFileSync(server.dir.file("authorized_keys"), readFileSync(`${key}.pub`));
    await using agent = await startAgent(server.dir.file("agent.sock"));
    // The agent gets the same key without its passphrase.
    const open = server.dir.file("open");
    writeFileSync(open, readFileSync(key), { mode: 0o600 });
    execFileSync("ssh-keygen", ["-q", "-p", "-P", "correct horse", "-N", "", "-f", open]);
    agent.add(open);
    const target = { ...server.target, auth: { keys: [key], agent: agent.socket } };
    const asked: string[] = [];
    const passphrase = (name: string) => {
      asked.push(name);
      return Promise.resolve(undefined);
    };
    for (const [, create] of CLIENTS) {
      const client = create({
        knownHosts: [server.knownHosts],
        prompts: { passphrase },
        ...TIMEOUT,
      });
      await (await client.connect(target)).close();
    }
    expect(asked).toEqual([]);
  });
});

describe.skipIf(!hasSsh).each(CLIENTS)("logging in with %s by", (_, create) => {
  const password = new Secret("отворите");
  const asking = (answers: Readonly<Record<string, string>>, asked: string[] = []) => ({
    answer: ({ text }: { readonly text: string }) => {
      asked.push(text);
      const [, answer] = Object.entries(answers).find(([prompt]) => text.includes(prompt)) ?? [];
      return Promise.resolve(answer === undefined ? undefined : new Secret(answer));
    },
  });

  it("a password that is given, or asked for", async () => {
    await using server = await startPasswordServer("password", { Password: password.reveal() });
    const knownHosts = [server.knownHosts];
    const given = { ...server.target, auth: { password } };
    await (await create({ knownHosts, ...TIMEOUT }).connect(given)).close();

    const prompts = asking({ assword: password.reveal() });
    await (await create({ knownHosts, prompts, ...TIMEOUT }).connect(server.target)).close();

    const wrong = { ...server.target, auth: { password: new Secret("wrong") } };
    const error = await failureOf(create({ knownHosts, ...TIMEOUT }).connect(wrong));
    expect(error.code).toBe("SSH_AUTH_FAILED");
    expect(JSON.stringify([error.message, error.hint, String(error.cause)])).not.toContain("wrong");
  });

  it("answers to questions, the password among them", async () => {
    const answers = { "Password: ": password.reveal(), "One-time code: ": "123456" };
    await using server = await startPasswordServer("keyboard-interactive", answers);
    const asked: string[] = [];
    const prompts = asking({ "One-time code": "123456" }, asked);
    const client = create({ knownHosts: [server.knownHosts], prompts, ...TIMEOUT });
    await using connection = await client.connect({ ...server.target, auth: { password } });
    expect(connection.isOpen).toBe(true);
    expect(asked).toEqual([expect.stringContaining("One-time code: ")]);
  });
});
