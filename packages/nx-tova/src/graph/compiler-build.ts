// The installed packages in; which compiler they are, found without loading it, out.
import { hash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fingerprint } from "./file-state";

/** What reads the sources: the packages of the compiler, or none in a workspace yet to build them. */
interface Compiler {
  /** Part of every fingerprint. */
  readonly version: string;
  /** Differs with every build of the compiler, on no other machine; null when nothing may be kept. */
  readonly build: string | null;
}

/** Versions of the packages that make workers, as manifests name them. */
export function compilerVersions(): Readonly<Record<string, string>> {
  const versionOf = (name: string): string =>
    JSON.parse(readFileSync(require.resolve(`${name}/package.json`), "utf8")).version;
  return { "tova-codegen": versionOf("tova-codegen"), "tova-cli": versionOf("tova-cli") };
}

const textOf = (path: string): string => readFileSync(path, "utf8");

/** Of code, more than a megabyte with all of it: as bytes it need not become text and bytes again. */
const digestOf = (path: string): string => hash("sha256", readFileSync(path), "hex");

/** Folder of a package as another finds it, whether or not it exports its package.json. */
function packageFolder(name: string, from: NodeJS.Require): string {
  const folders = (from.resolve.paths(name) ?? []).map((modules) => join(modules, name));
  const found = folders.find((folder) => existsSync(join(folder, "package.json")));
  if (found === undefined) throw new Error(`There is no package ${name}.`);
  return found;
}

/** A package's code, and the versions of those that it makes workers with. */
function describePackage(entry: string, manifest: string, makers: readonly string[] | null) {
  const { dependencies = {} } = JSON.parse(textOf(manifest));
  const from = createRequire(entry);
  const names = (makers ?? Object.keys(dependencies)).filter((name) => !/^(nx-)?tova/.test(name));
  const versions = names.map((name) => {
    const { version } = JSON.parse(textOf(join(packageFolder(name, from), "package.json")));
    return `${name} ${version}`;
  });
  return [digestOf(entry), ...versions];
}

/**
 * Finds the compiler without loading it, and tells it by its code: the same on every machine.
 * Reading it takes a millisecond or two.
 */
function findCompiler(): Compiler {
  try {
    const version = JSON.stringify(compilerVersions());
    const [codegen, cli] = [require.resolve("tova-codegen"), require.resolve("tova-cli")];
    const parser = createRequire(codegen).resolve("tova-parser");
    const manifestOf = (entry: string) => join(dirname(dirname(entry)), "package.json");
    const code = [
      ...[parser, codegen].flatMap((entry) => describePackage(entry, manifestOf(entry), null)),
      // Of all that the command needs, esbuild makes workers; the others are in those that check tokens
      // or ask AWS for something.
      ...describePackage(cli, manifestOf(cli), ["esbuild", "jose", "aws4fetch"]),
      // What is kept of an outline is this package's own business.
      digestOf(require.resolve("nx-tova/plugin")),
    ];
    return { version, build: fingerprint([version, ...code]) };
  } catch {
    return { version: "", build: null };
  }
}

/** Of the code that is loaded: Nx's daemon goes on with it while another is built. */
export const compiler = findCompiler();
