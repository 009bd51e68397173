// Takes a project's old and new name, gives the workspace's configurations with the new one, and who speaks of the old.
import { posix } from "node:path";
import { joinPathFragments, type Tree, updateJson, visitNotIgnoredFiles } from "@nx/devkit";
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

/** A value with the new name wherever it stands for the project. */
function renamed(value: unknown, from: string, to: string, isName: boolean): unknown {
  if (typeof value === "string") return isName ? renameText(value, from, to) : value;
  if (Array.isArray(value)) return value.map((item) => renamed(item, from, to, isName));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, renamed(item, from, to, isNaming(key))]),
  );
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
  const update = (path: string, change: (json: object) => unknown) => {
    const text = tree.exists(path) ? tree.read(path, "utf-8") : null;
    // No other file is formatted anew.
    if (!text?.includes(`"${from}`) && !text?.includes(`"!${from}`)) return;
    updateJson(tree, path, (json: object) => change(json) as object);
  };
  update("nx.json", (json) => renamed(json, from, to, false));
  for (const root of new Set(roots)) {
    update(joinPathFragments(root, "project.json"), (json) => renamed(json, from, to, false));
    update(joinPathFragments(root, "package.json"), (json) => ({
      ...json,
      ...("nx" in json ? { nx: renamed(json.nx, from, to, false) } : {}),
    }));
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
