import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { expect, it } from "vitest";

import { stopDaemon } from "../../../src/client/daemon-stop.ts";
import { tempDir } from "../../support/temp-dir.ts";

/** A child that has ended, and a parent that never asks how. */
const ZOMBIE = ["-c", "sleep 0.2 & echo $!; exec sleep 60"];

it.skipIf(process.platform !== "linux")(
  "a daemon has ended even if nobody buries its process",
  async () => {
    await using dir = await tempDir();
    const socket = dir.file("d.sock");
    const server = createServer((_, response) => response.writeHead(202).end("{}"));
    await once(server.listen(socket), "listening");
    const parent = spawn("sh", ZOMBIE, { stdio: ["ignore", "pipe", "ignore"] });
    const [chunk] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(chunk.toString());
    await stopDaemon({
      pid,
      version: "1",
      startedAt: "",
      socket,
      addresses: [],
      peers: { socket: "", network: [] },
    });
    expect(process.kill(pid, 0)).toBe(true);
    parent.kill();
    server.close();
  },
);
