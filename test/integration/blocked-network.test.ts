import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { hasNetworkLab, runInLab } from "../support/network-lab.ts";
import { hasSshd } from "../support/ssh-programs.ts";

const BLOCKED = fileURLToPath(new URL("../support/blocked-worker.ts", import.meta.url));

interface Found {
  readonly transport: string;
  readonly ms: number;
}

describe.skipIf(!hasNetworkLab || !hasSshd)(
  "a worker in a network that blocks",
  { timeout: 60_000 },
  () => {
    it("is reached over HTTP/3, over HTTP/2 without UDP, and else through SSH: soon", () => {
      const found = runInLab(BLOCKED) as Record<"open" | "withoutUdp" | "closed", Found>;
      const { open, withoutUdp, closed } = found;
      expect(open.transport).toBe("h3");
      expect(withoutUdp.transport).toBe("h2");
      expect(closed.transport).toBe("tunnel");
      // What it takes longer than without a block: the head start of the ways before.
      expect(withoutUdp.ms - open.ms).toBeLessThan(2000);
      expect(closed.ms - open.ms).toBeLessThan(3000);
    });
  },
);
