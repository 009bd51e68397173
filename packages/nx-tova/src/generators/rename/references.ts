// Takes a project's old and new name, gives the workspace's configurations with the new one, and who speaks of the old.
import { posix } from "node:path";
import { joinPathFragments, type Tree, visitNotIgnoredFiles } from "@nx/devkit";
import { applyEdits, visit } from "jsonc-parser";
import { manifestPath } from "../../graph/manifest";

const names = new Set(["implicitDependencies", "dependsOn", "projects", "defaultProject"]);

/** True of keys of Nx's configurations whose strings name projects or their targets: `devServerTarget`. */
const isNaming = (key: string): boolean => names.has(key) || /[a-z]Targets?$/.test(key);

const renameText = (text: string, from: string, to: string): string => {
  const bang = text.startsWith("!") ? "!" : "";
  const rest = text.slice(bang.length);
  if (rest === from) return `${bang}${to}`;
  return rest.startsWith(`${from}:`) ? `${bang}${to}${rest.slice(from.length)}` : text;
};

/**
 * The text of a configuration with the new name wherever it stands for the project; all else of it, comments
 * too, stays as it is.
 * @param isPart tells of the keys above a value whether it is of Nx's configuration
 */
function renameIn(
  text: string,
  from: string,
  to: string,
  isPart: (path: readonly (string | number)[]) => boolean,
): string {
  const edits: { offset: number; length: number; content: string }[] = [];
  visit(text, {
    onLiteralValue(value: unknown, offset, length, _line, _column, pathSupplier) {
      if (typeof value !== "string") return;
      const path = pathSupplier();
      const key = path.findLast((part) => typeof part === "string");
      if (typeof key !== "string" || !isNaming(key) || !isPart(path)) return;
      const changed = renameText(value, from, to);
      if (changed !== value) edits.push({ offset, length, content: JSON.stringify(changed) });
    },
  });
  return applyEdits(text, edits);
}

/**
 * Renames a project in nx.json and in the project.json and package.json of the given roots, where
 * Nx's configuration names projects: `implicitDependencies`, `dependsOn`, `projects`, `buildTarget`
 * and other options that name a target.
 */
export function renameReferences(
  tree: Tree,
  from: string,
  to: string,
  roots: readonly string[],
): void {
  const update = (path: string, isPart: Parameters<typeof renameIn>[3] = () => true) => {
    const text = tree.exists(path) ? (tree.read(path, "utf-8") ?? "") : "";
    const renamed = renameIn(text, from, to, isPart);
    if (renamed !== text) tree.write(path, renamed);
  };
  update("nx.json");
  for (const root of new Set(roots)) {
    update(joinPathFragments(root, "project.json"));
    update(joinPathFragments(root, "package.json"), ([first]) => first === "nx");
  }
}

/** Files in which people and scripts name projects. */
const speaks = /\.(json|md|ya?ml|[cm]?[jt]sx?|sh)$/;

const lockfiles = new Set(["package-lock.json", "pnpm-lock.yaml"]);

/**
 * Finds files that speak of a project: among its program's, configurations at the roots, those that stand at
 * the workspace's root, and workflows.
 * @returns their paths, sorted
 */
export function findMentions(
  tree: Tree,
  name: string,
  { file, roots }: { readonly file: string; readonly roots: readonly string[] },
): readonly string[] {
  const found = new Set<string>();
  const word = new RegExp(`(?<![\\w-])${name.replace(/[^\w-]/g, "\\$&")}(?![\\w-])`);
  const look = (path: string) => {
    if (!speaks.test(path) || lockfiles.has(posix.basename(path)) || !tree.exists(path)) return;
    // `nx sync` writes it anew.
    if (path !== manifestPath(file) && word.test(tree.read(path, "utf-8") ?? "")) found.add(path);
  };
  const lookIn = (folder: string) => {
    if (tree.exists(folder)) visitNotIgnoredFiles(tree, folder, look);
  };
  const folder = posix.dirname(file);
  if (folder !== ".") lookIn(folder);
  lookIn(".github");
  for (const path of tree.children(".")) if (tree.isFile(path)) look(path);
  for (const root of roots) {
    for (const path of ["project.json", "package.json"]) look(joinPathFragments(root, path));
  }
  return [...found].sort();
}
