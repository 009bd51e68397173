// Bundles fuzz/main.ts with the sources it tests and runs it: `npm run fuzz -- --runs N --seed N`.
import { createRequire } from "node:module";
import { join } from "node:path";
import { buildSync } from "esbuild";

const { outputFiles } = buildSync({
  entryPoints: [join(import.meta.dirname, "main.ts")],
  bundle: true,
  platform: "node",
  format: "cjs",
  packages: "external",
  write: false,
  logLevel: "warning",
});
const require = createRequire(import.meta.url);
const run = new Function("require", "__dirname", outputFiles[0].text);
run(require, join(import.meta.dirname, "text"));
