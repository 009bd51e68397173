// Takes a project's old and new name, gives the workspace's configurations with the new one.
import { joinPathFragments, type Tree, updateJson } from "@nx/devkit";

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
