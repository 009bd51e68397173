// The manifests of a workspace in; those whose programs are gone removed, and told, out.
import type { Tree } from "@nx/devkit";
import { isThere } from "../../graph/links";
import { parseManifest, sourcePath } from "../../graph/manifest";
import { readSourceFiles } from "../../graph/outlines";

/** The files of the workspace, as far as stray manifests need them. */
type Files = Pick<Tree, "read" | "delete">;

/** Another tool may have files of such names. */
const isOurs = (files: Files, path: string): boolean => {
  const parsed = parseManifest(files.read(path, "utf-8") ?? "", path);
  return parsed.kind === "manifest" && parsed.manifest.compiler?.["tova-codegen"] !== undefined;
};

/** Of sources, those that have no edge block any more. */
async function findPlain(sources: readonly string[], workspaceRoot: string) {
  const { files } = await readSourceFiles(sources, workspaceRoot, { keeps: false });
  const plain = files.filter(({ outline }) => !outline.hasErrors && outline.blocks.length === 0);
  return new Set(plain.map(({ path }) => path));
}

/**
 * Removes the manifests that a program has left behind which was renamed, removed, or has lost its
 * last edge block.
 * @param paths of all files in the workspace that are named as manifests
 * @param programs whose manifests are up to date
 * @returns what was removed, with the reason
 */
export async function removeStrays(
  files: Files,
  paths: readonly string[],
  programs: ReadonlySet<string>,
  workspaceRoot: string,
): Promise<string[]> {
  const others = paths.filter((path) => !programs.has(sourcePath(path)));
  const strays = others.filter((path) => isOurs(files, path)).sort();
  // A link that leads nowhere is: its program may come back.
  const left = strays.map(sourcePath).filter((source) => isThere(workspaceRoot, source));
  const plain = await findPlain(left, workspaceRoot);
  return strays.flatMap((path) => {
    const source = sourcePath(path);
    if (left.includes(source) && !plain.has(source)) return [];
    files.delete(path);
    return [`${path} (its program ${plain.has(source) ? "has no edge block" : "is gone"})`];
  });
}
