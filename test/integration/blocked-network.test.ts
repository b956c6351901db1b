import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { hasNetworkLab, runInLab } from "../support/network-lab.ts";
import { hasSshd } from "../support/ssh-programs.ts";

const BLOCKED = fileURLToPath(new URL("../support/blocked-worker.ts", import.meta.url));

interface Found {
  readonly transport: string;
  readonly ms: number;
}

describe.skipIf(!hasNetworkLab || !hasSshd)("a worker in a network that blocks", () => {
  it("is reached through SSH where its port is not, and soon", { timeout: 60_000 }, () => {
    const { open, closed } = runInLab(BLOCKED) as { open: Found; closed: Found };
    expect(open.transport).toBe("h2");
    expect(closed.transport).toBe("tunnel");
    // What it takes longer than without the block: the head start of the other way, and SSH.
    expect(closed.ms - open.ms).toBeLessThan(3000);
  });
});
