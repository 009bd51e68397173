// Takes a provider, gives its workflow that checks every change and deploys main.
import {
  detectPackageManager,
  formatFiles,
  type GeneratorCallback,
  generateFiles,
  getPackageManagerCommand,
  getPackageManagerVersion,
  joinPathFragments,
  logger,
  readJson,
  readNxJson,
  type Tree,
} from "@nx/devkit";
import { readTargetNames } from "../projects";

export interface CiOptions {
  readonly provider: "github";
  /** Of the workflow and its file. @default "ci" */
  readonly name?: string;
  readonly skipFormat?: boolean;
}

/** How an action sets up a package manager and its cache (github.com/actions/setup-node). */
const cached = { npm: "npm", pnpm: "pnpm", yarn: "yarn", bun: null } as const;

/** For the action that installs pnpm, unless package.json says it: of both it takes neither. */
function pnpmVersion(tree: Tree): string | null {
  if ("packageManager" in readJson(tree, "package.json")) return null;
  try {
    return getPackageManagerVersion("pnpm", tree.root).split(".", 1)[0] ?? null;
  } catch {
    // Not on this machine.
    return "latest";
  }
}

/** Writes the workflow. @throws Error when there is one of that name, or nothing to install */
export default async function ci(tree: Tree, options: CiOptions): Promise<GeneratorCallback> {
  const { name = "ci" } = options;
  if (!/^[\w-]+$/.test(name)) {
    throw new Error(`"${name}" cannot name a workflow file: use letters, digits, - and _.`);
  }
  const path = `.github/workflows/${name}.yml`;
  if (tree.exists(path)) {
    throw new Error(`${path} is there already. Give the new one another --name.`);
  }
  // `nx init` in a folder without one keeps Nx and its plugins in .nx/installation.
  if (!tree.exists("package.json")) {
    throw new Error(
      "The workflow would have no package.json to install from. Make one and run `nx g nx-tova:init` first.",
    );
  }
  const targets = readTargetNames(tree);
  const { checkTargetName: check, buildTargetName: build } = targets;
  const manager = detectPackageManager(tree.root);
  const { exec, ciInstall } = getPackageManagerCommand(manager);
  generateFiles(tree, joinPathFragments(__dirname, "files"), ".github/workflows", {
    name,
    branch: readNxJson(tree)?.defaultBase ?? "main",
    manager,
    cache: cached[manager],
    version: manager === "pnpm" ? pnpmVersion(tree) : null,
    nx: `${exec} nx`,
    // Packages that are no program have their own `build`.
    checks: [...new Set(["lint", check, "test", "build", build])].join(" "),
    deploy: targets.deployTargetName,
    ciInstall,
  });
  if (!options.skipFormat) await formatFiles(tree);
  return () =>
    logger.info(
      "Give the repository the secrets CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID, with which main is deployed.",
    );
}
