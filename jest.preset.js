/** Shared by every package: TypeScript through swc (types are the `typecheck` target's business). */
// Nx asks its tasks for colours. What a test starts answers as in any pipe, with Nx or without.
delete process.env.FORCE_COLOR;

module.exports = {
  testEnvironment: "node",
  // Many start processes, on machines that do other things too.
  testTimeout: 30_000,
  testMatch: ["**/test/**/*.test.ts", "**/e2e/**/*.test.ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2023" }, module: { type: "commonjs" } },
    ],
  },
  testPathIgnorePatterns: ["/node_modules/", "/dist/"],
  modulePathIgnorePatterns: ["/\\.dist-"],
  reporters: ["default", require.resolve("./tools/results-reporter.js")],
};
