import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";

import ssh2, { type AuthContext } from "ssh2";

import type { SshTarget } from "../../src/worker/ssh/ssh-client.ts";
import { generateKey, knownHostsLine } from "./ssh-server.ts";
import { tempDir } from "./temp-dir.ts";

export interface PasswordServer extends AsyncDisposable {
  /** Without anything to log in with. */
  readonly target: SshTarget;
  readonly knownHosts: string;
}

/**
 * An SSH server in this process that asks for a password, or asks several questions: OpenSSH can do
 * that only with the machine's own users. Every command ends with status 0.
 */
export async function startPasswordServer(
  method: "password" | "keyboard-interactive",
  answers: Readonly<Record<string, string>>,
): Promise<PasswordServer> {
  const dir = await tempDir();
  const hostKey = generateKey(dir, "host_key", "ed25519");
  const clients = new Set<{ end(): unknown }>();
  const server = new ssh2.Server({ hostKeys: [readFileSync(hostKey)] }, (client) => {
    clients.add(client);
    client.on("error", () => undefined);
    client.on("authentication", (context) => authenticate(context, method, answers));
    client.on("session", (accept) => {
      accept().on("exec", (acceptExec) => {
        const channel = acceptExec();
        channel.exit(0);
        channel.end();
      });
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  writeFileSync(
    dir.file("known_hosts"),
    knownHostsLine(port, readFileSync(`${hostKey}.pub`, "utf8")),
  );
  return {
    target: { host: "127.0.0.1", port, user: "translator", auth: {} },
    knownHosts: dir.file("known_hosts"),
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.end();
      server.close();
      await dir[Symbol.asyncDispose]();
    },
  };
}

function authenticate(
  context: AuthContext,
  method: "password" | "keyboard-interactive",
  answers: Readonly<Record<string, string>>,
): void {
  const expected = Object.values(answers);
  const refuse = () => context.reject([method]);
  if (context.method !== method) refuse();
  else if (context.method === "password") {
    if (context.password === expected[0]) context.accept();
    else refuse();
  } else if (context.method === "keyboard-interactive") {
    const prompts = Object.keys(answers).map((prompt) => ({ prompt, echo: false }));
    context.prompt(prompts, (given) => {
      if (given.join("\n") === expected.join("\n")) context.accept();
      else refuse();
    });
  }
}
