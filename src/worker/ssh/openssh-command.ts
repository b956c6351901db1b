import type { KeepAlive, SshTarget } from "./ssh-client.ts";

/** What the connection of the system's ssh is told when it is opened. */
export interface MasterSettings {
  readonly target: SshTarget;
  /** Socket of the connection. Its path is short: sockets have room for about 100 bytes. */
  readonly controlPath: string;
  readonly knownHosts: readonly string[];
  /** Paths of the private keys. */
  readonly keyFiles: readonly string[];
  readonly timeoutMs: number;
  readonly keepAlive: KeepAlive;
  /** The user's configuration, if not the default one; only read for a target with a `configName`. */
  readonly configFile: string | undefined;
  /** Socket of the connection to the machine in between. */
  readonly jumpControlPath: string | undefined;
}

/** Printed when the connection can be used: ssh runs LocalCommand after it listens for others. */
export const READY = "fbtr-ssh-ready";

/** Arguments of the ssh that opens the connection and keeps it. */
export function masterArguments(settings: MasterSettings): string[] {
  const { target, controlPath, knownHosts, timeoutMs, keepAlive } = settings;
  const { user, port, host, configName } = target;
  return [
    ...configArguments(settings),
    "-N",
    "-T",
    ...options({
      ControlMaster: "yes",
      ControlPath: quoted(controlPath),
      ControlPersist: "no",
      PermitLocalCommand: "yes",
      LocalCommand: `echo ${READY}`,
      StrictHostKeyChecking: "ask",
      UserKnownHostsFile: knownHosts.map(quoted).join(" "),
      GlobalKnownHostsFile: "none",
      HashKnownHosts: "yes",
      UpdateHostKeys: "no",
      CheckHostIP: "no",
      ConnectTimeout: String(Math.ceil(timeoutMs / 1000)),
      ConnectionAttempts: "1",
      ServerAliveInterval: String(Math.max(1, Math.round(keepAlive.intervalMs / 1000))),
      ServerAliveCountMax: String(keepAlive.misses),
      ClearAllForwardings: "yes",
      StreamLocalBindUnlink: "yes",
      ForwardAgent: "no",
      ForwardX11: "no",
      AddKeysToAgent: "no",
      BatchMode: "no",
      LogLevel: "INFO",
    }),
    ...identityArguments(settings),
    ...jumpArguments(settings),
    "-p",
    String(port),
    "-l",
    user,
    "--",
    configName ?? host,
  ];
}

function configArguments({ target, configFile }: MasterSettings): string[] {
  if (target.configName === undefined) return ["-F", "none"];
  return configFile === undefined ? [] : ["-F", configFile];
}

/** A target out of the user's configuration keeps what else stands there: certificates, tokens. */
function identityArguments({ target, keyFiles }: MasterSettings): string[] {
  const { agent } = target.auth;
  const named = keyFiles.flatMap((path) => ["-i", path]);
  if (target.configName !== undefined) return named;
  return [
    ...options({
      IdentityAgent: agent === undefined ? "none" : quoted(agent),
      IdentitiesOnly: agent === undefined ? "yes" : "no",
    }),
    // Without a key ssh would try those of the user's folder.
    ...(named.length > 0 ? named : options({ IdentityFile: "none" })),
  ];
}

function jumpArguments({ target, jumpControlPath }: MasterSettings): string[] {
  if (jumpControlPath === undefined) return [];
  const through = ["ssh", ...slaveArguments(jumpControlPath, ["-W", tcpPlace(target)])];
  return options({ ProxyCommand: through.map(shellQuoted).join(" ").replaceAll("%", "%%") });
}

function tcpPlace({ host, port }: SshTarget): string {
  return `[${host}]:${port}`;
}

/**
 * Arguments of an ssh that goes through an open connection. Where that is not possible ssh would
 * silently open a second one; the ProxyCommand makes it fail instead.
 */
export function slaveArguments(controlPath: string, more: readonly string[]): string[] {
  // The name is not looked at.
  return [...slaveOptions(controlPath), "-T", ...more, "--", "host"];
}

/** The same for ssh and sftp. */
export function slaveOptions(controlPath: string): string[] {
  return [
    "-F",
    "none",
    ...options({
      ControlMaster: "no",
      ControlPath: quoted(controlPath),
      ProxyCommand: "false",
      BatchMode: "yes",
      LogLevel: "ERROR",
    }),
  ];
}

function options(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([name, value]) => `-o${name}=${value}`);
}

/** A path as ssh_config(5) takes it: with blanks, and with no `%` token. */
function quoted(path: string): string {
  return `"${path.replaceAll("%", "%%")}"`;
}

/** One word of a command line of sh. */
export function shellQuoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
