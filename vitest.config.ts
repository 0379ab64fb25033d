import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "packages/*/src/**/*.test.ts",
      "packages/perception/browser/**/*.test.ts",
      "bench/src/**/*.test.ts",
      "apps/*/src/**/*.test.ts",
      "apps/studio/e2e/**/*.test.ts",
      "docs/**/*.test.ts",
    ],
    testTimeout: 60_000,
  },
});
