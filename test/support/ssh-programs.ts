import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

import { requirePeer } from "./peers.ts";

export const SSHD = "/usr/sbin/sshd";

/** Whether ssh and its companions (ssh-keygen, ssh-agent, sftp) are there. */
export const hasSsh = spawnSync("ssh", ["-V"]).status === 0;
if (!hasSsh) requirePeer("ssh (package openssh-client)");

/** Whether a server can be started, too. */
export const hasSshd = hasSsh && existsSync(SSHD);
if (!hasSshd) requirePeer(`${SSHD} (package openssh-server)`);
