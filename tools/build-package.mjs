// Builds the package in the working directory: dist/index.{js,mjs} by esbuild, declarations by tsc.
// Dependencies stay external, so a package never carries a second copy of another.
import { execFileSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { build } from "esbuild";

const require = createRequire(import.meta.url);
const common = {
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20.19",
  sourcemap: true,
  sourcesContent: false,
  logLevel: "warning",
};

rmSync("dist", { recursive: true, force: true });
const entries = ["src/index.ts", "src/plugin.ts"].filter((file) => existsSync(file));
await Promise.all([
  build({ ...common, entryPoints: entries, outdir: "dist", format: "cjs" }),
  build({
    ...common,
    entryPoints: entries,
    outdir: "dist",
    format: "esm",
    outExtension: { ".js": ".mjs" },
  }),
]);
execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
  stdio: "inherit",
});
