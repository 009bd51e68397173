// Takes a worker's project and a new name of its block, gives the workspace with the new name.
import { posix } from "node:path";
import { type GeneratorCallback, logger, type Tree } from "@nx/devkit";
import { nearest, outline, renameEdgeBlock, renameInDeployFile } from "tova-codegen";
import { deployFileName } from "../../graph/outlines";
import { checkFree, type Projects, readProjects, tovaOf } from "../projects";
import { syncManifests } from "../sync-manifests";
import { findMentions, renameReferences } from "./references";

export interface RenameOptions {
  readonly project: string;
  readonly to: string;
}

interface Block {
  readonly file: string;
  readonly block: string;
}

function blockOf(projects: Projects, name: string): Block | null {
  const project = Object.hasOwn(projects, name) ? projects[name] : undefined;
  const tova = project && tovaOf(project);
  return typeof tova?.block === "string" ? { file: tova.file, block: tova.block } : null;
}

/** The block of a project. @throws Error when the project is none, with one that is */
export function findBlock(projects: Projects, name: string): Block {
  const found = blockOf(projects, name);
  if (found !== null) return found;
  const known = Object.keys(projects).filter((other) => blockOf(projects, other) !== null);
  const close = nearest(name, known);
  const [first] = known.sort();
  const help = first === undefined ? "This workspace has none." : `Name one such as "${first}".`;
  throw new Error(
    `"${name}" is no project of a named edge block. ${close === null ? help : `Did you mean "${close}"?`}`,
  );
}

const read = (tree: Tree, path: string): string | null =>
  tree.exists(path) ? tree.read(path, "utf-8") : null;

/** The renamed block, as the platform and Nx know it. */
function outlineOf(source: string, deploy: string | null, { file, block }: Block) {
  const { blocks } = outline(source, {
    fileName: file,
    ...(deploy === null ? {} : { deploy: { fileName: deployPathOf(file), text: deploy } }),
  });
  return blocks.find(({ name }) => name === block);
}

const deployPathOf = (file: string): string =>
  posix.join(posix.dirname(file), deployFileName(posix.basename(file, ".tova")));

/** The deploy file with the new name; null without one. */
function renameInDeploy(tree: Tree, { file, block }: Block, to: string): string | null {
  const path = deployPathOf(file);
  const text = read(tree, path);
  if (text === null) return null;
  const renamed = renameInDeployFile(text, block, to);
  if (renamed.text === null) throw new Error(`${path}: ${renamed.problem}`);
  if (renamed.text !== text) tree.write(path, renamed.text);
  return renamed.text;
}

type Outlined = ReturnType<typeof outlineOf>;

/** Renaming makes a new worker on the platform; what that leaves behind is the user's to decide. */
function warnOfDeployed(old: Outlined, is: Outlined, block: string): void {
  if (old === undefined || old.workerName === is?.workerName) return;
  const name = old.workerName;
  const how = old.target === "cloudflare" ? ` (npx wrangler delete --name ${name})` : "";
  logger.warn(
    `The next deployment makes a new worker ${is?.workerName}. If ${name} is deployed, it stays until you ` +
      `delete it${how}; or keep its name: [workers.${JSON.stringify(block)}] name = "${name}".`,
  );
}

/** Commands, workflows and texts name projects as words among others: no program knows which to change. */
function warnOfMentions(paths: readonly string[], name: string): void {
  if (paths.length === 0) return;
  const shown = paths.length > 8 ? [...paths.slice(0, 8), `${paths.length - 8} more`] : paths;
  logger.warn(
    `These files still speak of ${name}; change them where it is meant: ${shown.join(", ")}.`,
  );
}

/**
 * Renames an edge block in its source, its deploy file, its manifest and in what other projects say
 * of its project.
 * @throws Error when one of them does not allow it; nothing changes then
 */
export default async function rename(
  tree: Tree,
  { project, to }: RenameOptions,
): Promise<GeneratorCallback> {
  const projects = await readProjects();
  const found = findBlock(projects, project);
  const { file, block } = found;
  const text = read(tree, file) ?? "";
  const old = outlineOf(text, read(tree, deployPathOf(file)), found);
  const source = renameEdgeBlock(text, block, to);
  if (source.text === null) throw new Error(`${file}: ${source.problem}`);
  const deploy = renameInDeploy(tree, found, to);
  const is = outlineOf(source.text, deploy, { file, block: to });
  const name = is?.projectName ?? project;
  checkFree(projects, name, posix.join(posix.dirname(file), name));
  tree.write(file, source.text);
  const roots = Object.values(projects).map(({ root }) => root);
  renameReferences(tree, project, name, roots);
  warnOfDeployed(old, is, to);
  if (name !== project) warnOfMentions(findMentions(tree, project, { file, roots }), project);
  return syncManifests;
}
