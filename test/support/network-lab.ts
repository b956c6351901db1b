import { spawnSync } from "node:child_process";
import { userInfo } from "node:os";

import { requirePeer } from "./peers.ts";

const PATH = `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin`;

/** Begins a command in a network of its own, in which nothing is there but loopback. */
const NAMESPACE = userInfo().uid === 0 ? ["unshare", "-n"] : ["unshare", "-rn"];

/** Whether networks can be made and blocked here. */
export const hasNetworkLab = run("ip link set lo up && nft list ruleset").status === 0;
if (!hasNetworkLab) requirePeer("network namespaces and nft (package nftables)");

function run(script: string) {
  const [program = "", ...args] = NAMESPACE;
  return spawnSync(program, [...args, "sh", "-c", script], { env: { ...process.env, PATH } });
}

/**
 * Runs a program of the test suite in a network of its own, and returns what it has printed as JSON.
 *
 * @param path of the program, which may block what it likes with `block`.
 */
export function runInLab(path: string): unknown {
  const { stdout, stderr, status } = run(
    `ip link set lo up && exec '${process.execPath}' '${path}'`,
  );
  if (status !== 0) throw new Error(`the lab failed: ${stderr.toString("utf8")}`);
  return JSON.parse(stdout.toString("utf8"));
}

/** Drops what leaves for a port of the network that this process is in, in silence. */
export function block(protocol: "tcp" | "udp", port: number): void {
  const rules = [
    "add table inet lab",
    "add chain inet lab out { type filter hook output priority 0 ; }",
    `add rule inet lab out ${protocol} dport ${port} drop`,
  ];
  const { status, stderr } = spawnSync("nft", ["-f", "-"], {
    input: `${rules.join("\n")}\n`,
    env: { ...process.env, PATH },
  });
  if (status !== 0) throw new Error(`nft: ${stderr.toString("utf8")}`);
}
