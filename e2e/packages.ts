// The packages of this repository in, what `npm pack` would publish of them out.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const repository = resolve(__dirname, "..");

/** In the order of their dependencies. */
export const packageNames = ["tova-parser", "tova-codegen", "tova-cli", "nx-tova"];

export const packageFolder = (name: string): string => join(repository, "packages", name);

export interface Packed {
  readonly manifest: { readonly name: string; readonly version: string };
  /** Paths in the tarball, from the package's folder. */
  readonly files: readonly string[];
  readonly tarball: Buffer;
  /** As npm writes it into lockfiles. */
  readonly integrity: string;
}

/** Packs a built package into a folder. */
export function packPackage(name: string, folder: string): Packed {
  const printed = execFileSync(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--pack-destination", folder],
    { cwd: packageFolder(name), encoding: "utf8" },
  );
  type Report = { readonly filename: string; readonly files: readonly { readonly path: string }[] };
  const [{ filename, files }] = JSON.parse(printed) as [Report];
  const tarball = readFileSync(join(folder, filename));
  return {
    manifest: JSON.parse(readFileSync(join(packageFolder(name), "package.json"), "utf8")),
    files: files.map(({ path }) => path),
    tarball,
    integrity: `sha512-${createHash("sha512").update(tarball).digest("base64")}`,
  };
}
