// Takes a name and a source file, gives the file one edge block more; the rest stays as it is.
import { posix } from "node:path";
import { type GeneratorCallback, logger, names, runTasksInSerial, type Tree } from "@nx/devkit";
import { addEdgeBlock, nearest, outline, type TargetName } from "tova-codegen";
import { checkFree, type Projects, readProjects, readTargetNames, tovaOf } from "../projects";
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

/** @throws Error when there is no such program, with the one that may be meant */
function readProgram(tree: Tree, file: string, projects: Projects): string {
  const isThere = tree.exists(file);
  const text = isThere && tree.isFile(file) ? tree.read(file, "utf-8") : null;
  if (text !== null && file.endsWith(".tova")) return text;
  const known = new Set(Object.values(projects).flatMap((one) => tovaOf(one)?.file ?? []));
  const isNamed = (path: string) => posix.basename(path) === posix.basename(file);
  const meant = [...known].find(isNamed) ?? nearest(file, known);
  const help =
    meant === null ? "Give its path from the workspace's root." : `Did you mean ${meant}?`;
  throw new Error(
    isThere ? `${file} is no Tova source file. ${help}` : `There is no file ${file}. ${help}`,
  );
}

/** The new block's project. @throws Error when it would have the name of another */
function checkedProject(
  projects: Projects,
  file: string,
  { name, text }: { readonly name: string; readonly text: string },
): string | null {
  const block = outline(text, { fileName: file }).blocks.find((one) => one.name === name);
  if (block === undefined) return null;
  const root = posix.join(posix.dirname(file), block.projectName);
  checkFree(projects, block.projectName, root);
  return block.projectName;
}

/**
 * Adds an edge block in a workspace with these projects.
 * @throws Error when the file or a name does not allow it; nothing changes
 */
export function addEdge(tree: Tree, options: EdgeOptions, projects: Projects): GeneratorCallback {
  const { name, file, target = "cloudflare" } = options;
  const source = readProgram(tree, file, projects);
  const { text, problem } = addEdgeBlock(source, { name, target, body: body(name) });
  if (text === null) throw new Error(`${file}: ${problem}`);
  const project = checkedProject(projects, posix.normalize(file), { name, text });
  tree.write(file, text);
  const { buildTargetName: build } = readTargetNames(tree);
  const sayNext = () => logger.info(`Its project is ${project}: \`npx nx ${build} ${project}\`.`);
  return project === null ? syncManifests : runTasksInSerial(syncManifests, sayNext);
}

/** `nx g nx-tova:edge`, as {@link addEdge} says. */
export default async function edge(tree: Tree, options: EdgeOptions): Promise<GeneratorCallback> {
  return addEdge(tree, options, await readProjects());
}
