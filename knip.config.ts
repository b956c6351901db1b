import type { KnipConfig } from "knip";

const config: KnipConfig = {
  entry: [
    "src/cli/main.ts",
    "src/draft/lexicon/build.ts",
    "src/worker/ssh/askpass.ts",
    "test/**/*.test.{ts,tsx}",
    "test/bench/*.ts",
    "test/support/slow-*.ts",
    "test/support/blocked-*.ts",
    "test/unit/draft/prose/renew.ts",
  ],
  project: ["src/**/*.{ts,tsx}", "test/**/*.{ts,tsx}"],
  // Only where they are there.
  ignoreBinaries: [
    "groff",
    "nft",
    "sha256sum",
    "ssh-add",
    "ssh-agent",
    "ssh-keygen",
    "systemd-analyze",
  ],
  // An interface belongs to the contract of its file, also while nothing else names it.
  ignoreExportsUsedInFile: { interface: true, type: true },
};

export default config;
