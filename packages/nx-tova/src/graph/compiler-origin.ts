// Takes where this plugin is installed, gives the inputs by which a new compiler misses old caches.
import type { TargetConfiguration } from "@nx/devkit";

/** `installed`: a package from a registry, known to Nx by the lockfile. `workspace`: a linked folder. */
export type CompilerOrigin = "installed" | "workspace";

/** Tells a package of node_modules from one linked into it, such as a project of the workspace. */
export function compilerOrigin(): CompilerOrigin {
  return /[\\/]node_modules[\\/]/.test(__dirname) ? "installed" : "workspace";
}

const compilerPackages = ["tova-codegen", "nx-tova"];
const compilerOnly = [{ externalDependencies: compilerPackages }];

/**
 * Nx refuses an external dependency that is not in the lockfile. A linked compiler has its place in
 * the workspace's `targetDefaults`, as the task that builds it is known only there.
 * @param packages that end up in the worker
 */
export function compilerInputs(
  origin: CompilerOrigin,
  packages: readonly string[],
): NonNullable<TargetConfiguration["inputs"]> {
  if (packages.length === 0) return origin === "installed" ? compilerOnly : [];
  const compiler = origin === "installed" ? compilerPackages : [];
  return [{ externalDependencies: [...compiler, ...packages] }];
}
