import { configDefaults, defineConfig } from "vitest/config";

import { TallyReporter } from "./test/support/tally-reporter.ts";

export default defineConfig({
  test: {
    projects: [
      // These start nothing and change nothing outside of themselves: they may share a process.
      {
        extends: true,
        test: { name: "quick", include: ["test/unit/**/*.test.{ts,tsx}"], isolate: false },
      },
      {
        extends: true,
        test: {
          name: "whole",
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: ["test/unit/**", ...configDefaults.exclude],
        },
      },
    ],
    reporters: ["default", new TallyReporter()],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // One more than the cores of the machines that build fbtr: many tests wait for processes.
    maxWorkers: 3,
    // Tests that run side by side in a file mostly wait for a server of their own.
    maxConcurrency: 16,
  },
});
