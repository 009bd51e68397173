// A TypeScript file of this folder → what it exports, with the tools' own sources in it.
import { mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/** Bundles it into one file beside the packages, so that their dependencies are found. */
export async function loadTools(file) {
  const folder = path("../packages/tova-cli/tmp");
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${basename(file, ".ts")}-${process.pid}.cjs`);
  buildSync({
    entryPoints: [path(file)],
    bundle: true,
    packages: "external",
    platform: "node",
    format: "cjs",
    outfile,
  });
  try {
    return (await import(outfile)).default;
  } finally {
    rmSync(outfile);
  }
}
