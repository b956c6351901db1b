import type { KnipConfig } from "knip";

const config: KnipConfig = {
  entry: ["src/cli/main.ts", "test/**/*.test.{ts,tsx}", "test/bench/*.ts"],
  project: ["src/**/*.{ts,tsx}", "test/**/*.{ts,tsx}"],
  // `node` is the runtime that the launcher hands over to; no file imports it.
  ignoreDependencies: ["node", "oxlint-tsgolint", "vite"],
};

export default config;
