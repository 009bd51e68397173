// Takes a name, gives a small program that runs: source, migration, test, README.
import {
  formatFiles,
  type GeneratorCallback,
  generateFiles,
  getWorkspaceLayout,
  joinPathFragments,
  logger,
  names,
  normalizePath,
  offsetFromRoot,
  runTasksInSerial,
  type Tree,
} from "@nx/devkit";
import init from "../init/generator";
import { checkFolder, checkFree, type Projects, readProjects, readTargetNames } from "../projects";
import { syncManifests } from "../sync-manifests";

export interface ApplicationOptions {
  readonly name: string;
  /** @default `apps/<name>`, or in the folder that nx.json names for apps */
  readonly directory?: string;
  readonly skipFormat?: boolean;
}

/** @throws Error when the name cannot be one of a file, a project and a worker at once */
function checkedName(name: string): string {
  const { fileName } = names(name);
  if (/^[a-z][a-z0-9-]*$/.test(fileName) && fileName.length <= 40) return fileName;
  throw new Error(
    `"${name}" cannot name an application: use up to 40 letters, digits and -, as in "shop".`,
  );
}

/** @throws Error when the folder is not one of the workspace, or a file */
function checkedDirectory(tree: Tree, given: string): string {
  const path = normalizePath(given);
  const directory = joinPathFragments(path.replace(/\/+$/, ""));
  if (/^(\/|[A-Za-z]:)/.test(path) || /^\.\.(\/|$)/.test(directory)) {
    throw new Error(`${given} is no folder of the workspace. Give its path from the root of that.`);
  }
  const parts = directory.split("/");
  const folders = parts.map((_, at) => parts.slice(0, at + 1).join("/"));
  const file = folders.find((folder) => tree.exists(folder) && tree.isFile(folder));
  if (file !== undefined) throw new Error(`${file} is a file. Choose another --directory.`);
  return directory;
}

/** A path as a command takes it. */
const shellWord = (path: string): string => (/[^\w./-]/.test(path) ? JSON.stringify(path) : path);

/** Writes the files of a program. @throws Error when one of them is there already */
function writeFiles(tree: Tree, name: string, directory: string): void {
  const changed = new Set(tree.listChanges().map(({ path }) => path));
  generateFiles(tree, joinPathFragments(__dirname, "files"), directory, {
    name,
    directory,
    offset: offsetFromRoot(directory),
    source: shellWord(joinPathFragments(directory, `${name}.tova`)),
    title: names(name).className,
    targets: readTargetNames(tree),
  });
  const inTheWay = tree
    .listChanges()
    .filter(({ path, type }) => type === "UPDATE" && !changed.has(path))
    .map(({ path }) => path);
  if (inTheWay.length === 0) return;
  const are = inTheWay.length === 1 ? "is" : "are";
  throw new Error(
    `${inTheWay.join(", ")} ${are} there already. Choose another name or --directory.`,
  );
}

/**
 * Makes an application in a workspace with these projects.
 * @throws Error when its files or projects are there already; nothing is written then
 */
export async function makeApplication(
  tree: Tree,
  options: ApplicationOptions,
  projects: Projects,
): Promise<GeneratorCallback> {
  const name = checkedName(options.name);
  const { appsDir } = getWorkspaceLayout(tree);
  const inApps = joinPathFragments(appsDir === "." ? "apps" : appsDir, name);
  const directory = checkedDirectory(tree, options.directory ?? inApps);
  const source = joinPathFragments(directory, `${name}.tova`);
  if (tree.exists(source)) {
    throw new Error(`${source} is there already. Choose another name or --directory.`);
  }
  checkFolder(projects, directory);
  checkFree(projects, name, directory);
  checkFree(projects, `${name}-api`, joinPathFragments(directory, `${name}-api`));
  writeFiles(tree, name, directory);
  const install = await init(tree, { skipFormat: true });
  if (!options.skipFormat) await formatFiles(tree);
  const { serveTargetName: serve } = readTargetNames(tree);
  const sayNext = () =>
    logger.info(`Run it with \`npx nx ${serve} ${name}\`, test it with \`npx nx test ${name}\`.`);
  return runTasksInSerial(install, syncManifests, sayNext);
}

/** `nx g nx-tova:application`, as {@link makeApplication} says. */
export default async function application(
  tree: Tree,
  options: ApplicationOptions,
): Promise<GeneratorCallback> {
  return makeApplication(tree, options, await readProjects());
}
