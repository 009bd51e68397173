// Takes a workspace, gives it what every Tova program needs: the plugin, its tools, ignored outputs.
import {
  addDependenciesToPackageJson,
  formatFiles,
  type GeneratorCallback,
  logger,
  type NxJsonConfiguration,
  readNxJson,
  type TargetConfiguration,
  type Tree,
  updateNxJson,
} from "@nx/devkit";
import { plugin, readTargetNames } from "../projects";
import { versionsToInstall } from "./versions";

export interface InitOptions {
  readonly skipFormat?: boolean;
  /** Adds nothing to package.json. */
  readonly skipPackageJson?: boolean;
  /** Leaves versions alone that package.json already asks for. @default true */
  readonly keepExistingVersions?: boolean;
}

const buildExecutor = "nx-tova:build";

/** Outputs of builds, state of this machine, and secrets. */
const ignored = [".tova-out/", ".wrangler/", ".dev.vars", ".dev.vars.*", "!.dev.vars.example"];

type TargetDefaults = NonNullable<NxJsonConfiguration["targetDefaults"]>;

/** One of the entries that a name may have, or the only one. */
type TargetDefaultEntry = Partial<TargetConfiguration>;

/**
 * `nx init` writes the outputs of a workspace's packages as those of every `build`, and they would go
 * before what the plugin infers. What stands under the name of an executor goes before both: all but
 * these outputs holds for Tova's builds as well.
 */
function keepOutputs(tree: Tree, targetDefaults: TargetDefaults): TargetDefaults {
  const { [readTargetNames(tree).buildTargetName]: builds, [buildExecutor]: known } =
    targetDefaults;
  if (builds === undefined || known !== undefined) return targetDefaults;
  const entries: readonly TargetDefaultEntry[] = Array.isArray(builds) ? builds : [builds];
  if (entries.every(({ outputs }) => outputs === undefined)) return targetDefaults;
  const own = entries.map(({ outputs: _, ...others }) => ({ cache: true, ...others }));
  return { ...targetDefaults, [buildExecutor]: Array.isArray(builds) ? own : (own[0] ?? {}) };
}

function registerPlugin(tree: Tree): void {
  const nxJson = readNxJson(tree) ?? {};
  const plugins = nxJson.plugins ?? [];
  const registered = plugins.some(
    (entry) => (typeof entry === "string" ? entry : entry.plugin) === plugin,
  );
  const { targetDefaults: defaults = {} } = nxJson;
  const targetDefaults = keepOutputs(tree, defaults);
  // Written anew the file would lose its layout where another formatter than Nx's keeps it.
  const isKept = targetDefaults === defaults;
  if (registered && isKept && nxJson.sync?.applyChanges !== undefined) return;
  // A task brings the manifests up to date before it runs; in CI `nx sync:check` refuses stale ones.
  const sync = { applyChanges: true, ...nxJson.sync };
  updateNxJson(tree, {
    ...nxJson,
    ...(isKept ? {} : { targetDefaults }),
    plugins: registered ? plugins : [...plugins, plugin],
    sync,
  });
}

/** Adds the lines that are missing, under a heading of their own. */
function ignore(tree: Tree): void {
  const text = tree.exists(".gitignore") ? (tree.read(".gitignore", "utf-8") ?? "") : "";
  const lines = new Set(text.split(/\r?\n/).map((line) => line.trim()));
  const isThere = (line: string) =>
    [line, `/${line}`, line.replace(/\/$/, "")].some((form) => lines.has(form));
  const missing = ignored.filter((line) => !isThere(line));
  if (missing.length === 0) return;
  const gap = text === "" ? "" : text.endsWith("\n") ? "\n" : "\n\n";
  tree.write(".gitignore", `${text}${gap}# Tova\n${missing.join("\n")}\n`);
}

/** Adds what programs are built, run and deployed with to package.json. */
function addTools(tree: Tree, options: InitOptions): GeneratorCallback {
  if (options.skipPackageJson) return () => undefined;
  const versions = versionsToInstall();
  // `nx init` in a folder without one keeps Nx and its plugins in .nx/installation.
  if (!tree.exists("package.json")) {
    const names = Object.keys(versions).join(", ");
    return () =>
      logger.warn(
        `There is no package.json to add ${names} to. Tests and \`deploy\` need them: ` +
          "make one and run `nx g nx-tova:init` again.",
      );
  }
  const { keepExistingVersions = true } = options;
  return addDependenciesToPackageJson(tree, {}, versions, undefined, keepExistingVersions);
}

/** Prepares a workspace for Tova programs. Running it again changes nothing. */
export default async function init(tree: Tree, options: InitOptions): Promise<GeneratorCallback> {
  registerPlugin(tree);
  ignore(tree);
  const install = addTools(tree, options);
  if (!options.skipFormat) await formatFiles(tree);
  return install;
}
