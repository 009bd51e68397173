// Takes a worker's project and a new name of its block, gives the workspace with the new name.
import { posix } from "node:path";
import {
  createProjectGraphAsync,
  type GeneratorCallback,
  logger,
  type ProjectConfiguration,
  readProjectsConfigurationFromProjectGraph,
  type Tree,
} from "@nx/devkit";
import { outline, renameEdgeBlock, renameInDeployFile } from "tova-codegen";
import type { TovaMetadata } from "../../graph/nodes";
import { syncManifests } from "../sync-manifests";
import { renameReferences } from "./references";

export interface RenameOptions {
  readonly project: string;
  readonly to: string;
}

/** The block of a project. @throws Error when the project is none */
function findBlock(project: ProjectConfiguration | undefined, name: string) {
  const tova = project?.metadata?.tova as TovaMetadata | undefined;
  if (tova === undefined || typeof tova.block !== "string") {
    throw new Error(`"${name}" is no project of a named edge block, such as "shop-orders".`);
  }
  return { file: tova.file, block: tova.block };
}

const read = (tree: Tree, path: string): string | null =>
  tree.exists(path) ? tree.read(path, "utf-8") : null;

/** The name that the renamed block's project will have. */
function projectNameOf(source: string, file: string, block: string): string {
  const found = outline(source, { fileName: file }).blocks.find(({ name }) => name === block);
  return found?.projectName ?? block;
}

/**
 * Renames an edge block in its source, its deploy file, its manifest and in what other projects say
 * of its project.
 * @throws Error when one of them does not allow it; nothing changes then
 */
export async function rename(
  tree: Tree,
  { project, to }: RenameOptions,
): Promise<GeneratorCallback> {
  const { projects } = readProjectsConfigurationFromProjectGraph(await createProjectGraphAsync());
  const { file, block } = findBlock(projects[project], project);
  const source = renameEdgeBlock(read(tree, file) ?? "", block, to);
  if (source.text === null) throw new Error(`${file}: ${source.problem}`);
  const deployPath = posix.join(
    posix.dirname(file),
    `${posix.basename(file, ".tova")}.deploy.toml`,
  );
  const deployText = read(tree, deployPath);
  if (deployText !== null) {
    const deploy = renameInDeployFile(deployText, block, to);
    if (deploy.text === null) throw new Error(`${deployPath}: ${deploy.problem}`);
    if (deploy.text !== deployText) tree.write(deployPath, deploy.text);
  }
  tree.write(file, source.text);
  const name = projectNameOf(source.text, file, to);
  renameReferences(
    tree,
    project,
    name,
    Object.values(projects).map(({ root }) => root),
  );
  logger.warn(
    `The next deployment makes a new worker. One that is deployed as ${project} stays until you delete it ` +
      `(npx wrangler delete --name ${project}); or keep its name with [workers.${JSON.stringify(to)}] name = "${project}".`,
  );
  return syncManifests;
}

export default rename;
