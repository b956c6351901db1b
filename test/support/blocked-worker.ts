import { freePort } from "./daemon.ts";
import { block } from "./network-lab.ts";
import { startSshServer } from "./ssh-server.ts";
import { tempDir } from "./temp-dir.ts";
import { configure, jsonLines, machineIn, type Machine } from "./worker-machines.ts";

/** How the worker is reached, and how long that took, milliseconds. */
async function transportTo(root: Machine): Promise<{ transport: unknown; ms: number }> {
  const began = performance.now();
  const { out } = await root.fbtr(["workers", "show", "w", "--json"]);
  return { transport: jsonLines(out)[0]?.["transport"], ms: performance.now() - began };
}

/** Run in a network of its own: a worker whose port is open first, and then is not. */
async function main(): Promise<void> {
  await using server = await startSshServer();
  await using rootDir = await tempDir();
  await using dir = await tempDir();
  const port = await freePort();
  const peers = { FBTR_PEER_HOST: "127.0.0.1", FBTR_PEER_PORT: String(port) };
  const worker = await machineIn(dir, peers);
  const root = await machineIn(rootDir);
  configure(root, server, { w: worker });
  await worker.fbtr(["daemon", "start"]);
  try {
    await root.fbtr(["workers", "pair", "w"]);
    const open = await transportTo(root);
    block("udp", port);
    const withoutUdp = await transportTo(root);
    block("tcp", port);
    const closed = await transportTo(root);
    process.stdout.write(JSON.stringify({ open, withoutUdp, closed }));
  } finally {
    await worker.fbtr(["daemon", "stop"]);
  }
}

await main();
