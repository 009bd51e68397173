// Takes where this plugin is installed, gives the inputs by which a new compiler misses old caches.
import type { TargetConfiguration } from "@nx/devkit";

/** `installed`: a package from a registry, known to Nx by the lockfile. `workspace`: a linked folder. */
export type CompilerOrigin = "installed" | "workspace";

/** Tells a package of node_modules from one linked into it, such as a project of the workspace. */
export function compilerOrigin(): CompilerOrigin {
  return /[\\/]node_modules[\\/]/.test(__dirname) ? "installed" : "workspace";
}

type Inputs = NonNullable<TargetConfiguration["inputs"]>;

/** The inputs by which a new compiler misses old caches, with those of packages that end up in the worker. */
export type CompilerInputs = (packages: readonly string[]) => Inputs;

/**
 * Without a lockfile there are none: Nx refuses an external dependency that it does not know from there.
 * A linked compiler has its place in the workspace's `targetDefaults`, as the task that builds it is
 * known only there.
 * @param isLocked of the name of a package
 */
export function openCompilerInputs(
  isLocked: (name: string) => boolean,
  origin: CompilerOrigin = compilerOrigin(),
): CompilerInputs {
  const all = origin === "installed" ? ["tova-codegen", "nx-tova"] : [];
  const compiler = all.filter(isLocked);
  const inputsOf = (names: readonly string[]): Inputs =>
    names.length === 0 ? [] : [{ externalDependencies: [...names] }];
  // What a thousand programs have in common is made once.
  const compilerOnly = inputsOf(compiler);
  return (packages) =>
    packages.length === 0 ? compilerOnly : inputsOf([...compiler, ...packages]);
}
