// Takes a name and a source file, gives the file one edge block more; the rest stays as it is.
import { posix } from "node:path";
import { type GeneratorCallback, names, type Tree } from "@nx/devkit";
import { addEdgeBlock, outline, type TargetName } from "tova-codegen";
import { checkFree, type Projects, readProjects } from "../projects";
import { syncManifests } from "../sync-manifests";

export interface EdgeOptions {
  readonly name: string;
  readonly file: string;
  /** @default "cloudflare" */
  readonly target?: TargetName;
}

/** What a new worker does: it says that it is there. */
const body = (name: string): readonly string[] => [
  "",
  'health "/healthz"',
  "",
  `route GET "/${names(name).fileName}" => fn(req) {`,
  `\t{ worker: ${JSON.stringify(name)} }`,
  "}",
];

/** @throws Error when the new block's project would have the name of another */
function checkProject(projects: Projects, file: string, name: string, text: string): void {
  const block = outline(text, { fileName: file }).blocks.find((one) => one.name === name);
  if (block === undefined) return;
  const root = posix.join(posix.dirname(file), block.projectName);
  checkFree(projects, block.projectName, root);
}

/**
 * Adds an edge block in a workspace with these projects.
 * @throws Error when the file or a name does not allow it; nothing changes
 */
export function addEdge(tree: Tree, options: EdgeOptions, projects: Projects): GeneratorCallback {
  const { name, file, target = "cloudflare" } = options;
  const source = tree.exists(file) && tree.isFile(file) ? tree.read(file, "utf-8") : null;
  if (source === null || !file.endsWith(".tova")) {
    throw new Error(`${file} is no Tova source file. Give its path from the workspace's root.`);
  }
  const { text, problem } = addEdgeBlock(source, { name, target, body: body(name) });
  if (text === null) throw new Error(`${file}: ${problem}`);
  checkProject(projects, posix.normalize(file), name, text);
  tree.write(file, text);
  return syncManifests;
}

/** `nx g nx-tova:edge`, as {@link addEdge} says. */
export default async function edge(tree: Tree, options: EdgeOptions): Promise<GeneratorCallback> {
  return addEdge(tree, options, await readProjects());
}
