// Takes a name, gives a small program that runs: source, migration, test, README.
import { posix } from "node:path";
import {
  formatFiles,
  type GeneratorCallback,
  generateFiles,
  getWorkspaceLayout,
  joinPathFragments,
  logger,
  names,
  runTasksInSerial,
  type Tree,
} from "@nx/devkit";
import init from "../init/generator";
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

/** Makes an application. @throws Error when its folder has a file of that name already */
export default async function application(
  tree: Tree,
  options: ApplicationOptions,
): Promise<GeneratorCallback> {
  const name = checkedName(options.name);
  const { appsDir } = getWorkspaceLayout(tree);
  const directory = posix.normalize(
    options.directory ?? joinPathFragments(appsDir === "." ? "apps" : appsDir, name),
  );
  const source = joinPathFragments(directory, `${name}.tova`);
  if (tree.exists(source)) {
    throw new Error(`${source} is there already. Choose another name or --directory.`);
  }
  const install = await init(tree, { skipFormat: true });
  generateFiles(tree, joinPathFragments(__dirname, "files"), directory, {
    name,
    directory,
    title: names(name).className,
  });
  if (!options.skipFormat) await formatFiles(tree);
  const sayNext = () =>
    logger.info(`Run it with \`npx nx serve ${name}\`, test it with \`npx nx test ${name}\`.`);
  return runTasksInSerial(install, syncManifests, sayNext);
}
