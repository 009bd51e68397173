// Takes the plugin's options of nx.json as written, gives complete options and what is wrong with them.

/** Options of the plugin's entry in nx.json. */
export interface TovaPluginOptions {
  /**
   * Name of the target that compiles a block to its worker.
   * @default "build"
   */
  readonly buildTargetName?: string;
  /**
   * Name of the target that builds all blocks of a source file.
   * @default "build-all"
   */
  readonly buildAllTargetName?: string;
  /**
   * Name of the target that checks a whole source file.
   * @default "check"
   */
  readonly checkTargetName?: string;
  /**
   * Name of the target that runs all workers of a source file locally.
   * @default "serve"
   */
  readonly serveTargetName?: string;
  /**
   * Name of the target that deploys a block's worker.
   * @default "deploy"
   */
  readonly deployTargetName?: string;
  /**
   * Name of the target that creates a source file's stores and queues on Cloudflare.
   * @default "provision"
   */
  readonly provisionTargetName?: string;
  /**
   * Name of the target that applies migrations to the databases of a source file.
   * @default "migrate"
   */
  readonly migrateTargetName?: string;
  /**
   * Name of the target that sets the secrets of a block's worker.
   * @default "secrets"
   */
  readonly secretsTargetName?: string;
  /**
   * Name of the target that lets the version of a worker answer that did before.
   * @default "rollback"
   */
  readonly rollbackTargetName?: string;
  /**
   * Name of the target that shows and draws the system of a source file.
   * @default "topology"
   */
  readonly topologyTargetName?: string;
}

/** Complete options: made by {@link normalizeOptions}, read by the target builders. */
export type TargetNames = Readonly<Required<TovaPluginOptions>>;

const defaults: TargetNames = {
  buildTargetName: "build",
  buildAllTargetName: "build-all",
  checkTargetName: "check",
  serveTargetName: "serve",
  deployTargetName: "deploy",
  provisionTargetName: "provision",
  migrateTargetName: "migrate",
  secretsTargetName: "secrets",
  rollbackTargetName: "rollback",
  topologyTargetName: "topology",
};

const isKnown = (key: string): key is keyof TargetNames => Object.hasOwn(defaults, key);

const isTable = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function problemOf(key: string, value: unknown): string | null {
  if (!isKnown(key)) {
    return `unknown option \`${key}\`; the options are ${Object.keys(defaults).join(", ")}.`;
  }
  // Nx splits `project:target:configuration` at colons.
  if (typeof value !== "string" || value.trim() === "" || value.includes(":")) {
    return `\`${key}\` must be a target name without colons, not ${JSON.stringify(value)}.`;
  }
  return null;
}

/** Two targets of one name would silently become one. */
function sameNames(names: TargetNames): string[] {
  const entries = Object.entries(names);
  return entries.flatMap(([key, value], at) => {
    const earlier = entries.slice(0, at).find(([, other]) => other === value);
    return earlier === undefined
      ? []
      : [`\`${earlier[0]}\` and \`${key}\` are both "${value}"; give them different names.`];
  });
}

/**
 * Fills in the defaults. Never throws: an option that is unknown or wrong is left out and described,
 * so that a slip in nx.json does not take the workspace's graph down.
 */
export function normalizeOptions(options: unknown): {
  readonly names: TargetNames;
  readonly problems: readonly string[];
} {
  if (options !== undefined && !isTable(options)) {
    return { names: defaults, problems: ["the options must be an object."] };
  }
  const problems: string[] = [];
  const given: Record<string, string> = {};
  for (const [key, value] of Object.entries(options ?? {})) {
    const problem = problemOf(key, value);
    if (problem === null) given[key] = value;
    else problems.push(problem);
  }
  const names = { ...defaults, ...given };
  const same = sameNames(names);
  return same.length === 0
    ? { names, problems }
    : { names: defaults, problems: [...problems, ...same] };
}
