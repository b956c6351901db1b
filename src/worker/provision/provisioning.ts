import { createHash } from "node:crypto";

import { FbtrError } from "../../base/errors.ts";
import { oneLine } from "../../base/one-line.ts";
import { unframed } from "../pairing/frame.ts";
import { releaseReplyOf, type ReleaseReply } from "../pairing/messages.ts";
import type { ExecResult, SshConnection } from "../ssh/ssh-client.ts";
import { archiveOf } from "./archive.ts";
import { packageFiles } from "./package-files.ts";

/** An fbtr that can be brought to other machines. */
export interface OwnPackage {
  /** Folder in which it is installed. */
  readonly root: string;
  readonly version: string;
}

/** What kind of machine it is, and where fbtr goes there. */
const LOOK = `
umask 077
folder="$HOME/.local/share/fbtr"
mkdir -p "$folder" || exit 1
command -v tar >/dev/null && tar=yes || tar=no
command -v node >/dev/null && node=yes || node=no
printf '\\nFBTR-PLACE %s %s tar=%s node=%s %s\\n' "$(uname -s)" "$(uname -m)" "$tar" "$node" "$folder"
`;

/** Unpacks beside the others, and lets what is new there put itself in use. */
const INSTALL = `
set -e
umask 077
folder="$HOME/.local/share/fbtr"
staged="$folder/.staged-$1"
trap 'rm -rf "$staged" "$folder/.upload-$1"' EXIT
rm -rf "$staged"
mkdir "$staged"
tar -xzof "$folder/.upload-$1" -C "$staged"
[ -d "$folder/$1" ] || mv "$staged" "$folder/$1"
node "$folder/$1/bin/fbtr" worker activate </dev/null
`;

const ROLL_BACK = `
node "$HOME/.local/share/fbtr/current/bin/fbtr" worker rollback </dev/null
`;

const SYSTEMS: Readonly<Record<string, string>> = { Linux: "linux", Darwin: "darwin" };
const PROCESSORS: Readonly<Record<string, string>> = {
  x86_64: "x64",
  amd64: "x64",
  aarch64: "arm64",
  arm64: "arm64",
};

/**
 * Brings this very fbtr to a machine, with all that it needs, and starts its daemon. Either all of
 * that is done, or the machine is as it was; the version before is kept. Idempotent.
 *
 * @throws FbtrError SSH_*; WORKER_UNFIT if it cannot run there.
 */
export async function install(
  { root, version }: OwnPackage,
  connection: SshConnection,
  signal?: AbortSignal,
): Promise<ReleaseReply> {
  const { platform, folder } = placeIn(await run(connection, LOOK, [], signal), connection);
  const archive = await archiveOf(root, packageFiles(root, platform));
  const digest = createHash("sha256").update(archive).digest("hex").slice(0, 8);
  const name = `${version}-${digest}`;
  await connection.writeFile(`${folder}/.upload-${name}`, archive, 0o600);
  signal?.throwIfAborted();
  return replyOf(await run(connection, INSTALL, [name], signal), connection);
}

/**
 * Puts the version in use that was there before, and starts its daemon.
 *
 * @throws FbtrError SSH_*; WORKER_UNFIT if there is none.
 */
export async function rollBack(
  connection: SshConnection,
  signal?: AbortSignal,
): Promise<ReleaseReply> {
  return replyOf(await run(connection, ROLL_BACK, [], signal), connection);
}

/** A script of sh as standard input: nothing of it depends on the login shell. */
async function run(
  connection: SshConnection,
  script: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ExecResult> {
  const command = ["sh", "-s", "--", ...args].join(" ");
  return connection.exec(command, { stdin: script, ...(signal && { signal }) });
}

function placeIn(result: ExecResult, { target: { host } }: SshConnection) {
  const pattern = /^FBTR-PLACE (\S+) (\S+) tar=(\w+) node=(\w+) (\/.*)$/m;
  const [, system = "", processor = "", tar, node, folder] =
    pattern.exec(result.stdout.toString("utf8")) ?? [];
  if (folder === undefined) throw refused(host, result);
  const lacks = tar === "no" ? "tar" : "Node.js";
  if (tar === "no" || node === "no") {
    throw new FbtrError("WORKER_UNFIT", `there is no ${lacks} on ${host}`, {
      hint: `Install it so that a command over SSH finds it; fbtr needs Node 22.19 or newer.`,
    });
  }
  const platform = `${SYSTEMS[system] ?? system}-${PROCESSORS[processor] ?? processor}`;
  return { platform, folder };
}

function replyOf(result: ExecResult, { target: { host } }: SshConnection): ReleaseReply {
  const answer = unframed(result.stdout.toString("utf8"));
  if (answer === undefined) throw refused(host, result);
  return releaseReplyOf(answer);
}

function refused(host: string, { stderr, exitCode }: ExecResult): FbtrError {
  const said = oneLine(stderr.toString("utf8")).slice(0, 300) || `exit status ${exitCode ?? "?"}`;
  return new FbtrError("WORKER_UNFIT", `fbtr cannot be installed on ${host}: ${said}`, {
    hint: "It takes a login without limits, a POSIX shell, tar, and Node 22.19 or newer there.",
  });
}
