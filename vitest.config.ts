import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // Two workers: the machines that build fbtr have two cores, and some tests start processes.
    maxWorkers: 2,
  },
});
