// Takes the running Node and this package, gives the versions of the tools that fit both.
import { createRequire } from "node:module";
import { type CompilerOrigin, compilerOrigin } from "../../graph/compiler-origin";

/** The newest wrangler for Node 20; the ones after it want Node 22 (`engines` of wrangler). */
const wranglerForNode20 = "4.86.0";

interface PackageJson {
  readonly version: string;
}

/**
 * Development dependencies of a workspace with Tova programs, by name. Miniflare comes with
 * `tova-cli`, which runs no other version than its own. Where these packages are of the workspace
 * itself there is nothing of them to install.
 */
export function versionsToInstall(
  node = process.versions.node,
  origin: CompilerOrigin = compilerOrigin(),
): Record<string, string> {
  // The package itself, wherever this file was bundled to.
  const { version } = createRequire(__filename)("nx-tova/package.json") as PackageJson;
  const major = Number(node.split(".")[0]);
  const ours = { "nx-tova": `^${version}`, "tova-cli": `^${version}` };
  return {
    ...(origin === "installed" ? ours : {}),
    wrangler: major < 22 ? wranglerForNode20 : `^${wranglerForNode20}`,
  };
}
