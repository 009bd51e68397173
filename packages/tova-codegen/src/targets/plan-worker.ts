// An edge block and the deploy file → the plan of its worker, as far as all targets plan alike.
import { type DeployFile, emptyDeployFile } from "../deploy/deploy-file";
import { kebab } from "../model/kebab";
import type { Deployment, WorkerPlan } from "../model/plan";
import type { EdgeBlock } from "../model/program";
import { defaultCompatibilityDate } from "./compatibility-date";
import { type Context, deploymentOf } from "./deployment";
import type { PlanOptions } from "./target";

/**
 * Plans a worker.
 * @param configFile makes the name of the platform's configuration file of the part of names that
 *   tells the block, `.api` or nothing; null for a platform without one
 */
export function planWorker(
  block: EdgeBlock,
  options: PlanOptions,
  configFile: ((part: string) => string) | null,
): WorkerPlan {
  const { stem } = options;
  const deploy: DeployFile = options.deploy ?? emptyDeployFile;
  const projectName = kebab(block.name === null ? stem : `${stem}-${block.name}`);
  const context: Context = { block, stem, projectName, production: deploy.production };
  const production = deploymentOf(context, deploy.production, null);
  const environments = new Map<string, Deployment>();
  for (const [name, table] of deploy.environments) {
    environments.set(name, deploymentOf(context, table, name));
  }
  const part = block.name === null ? "" : `.${filePart(block.name)}`;
  return {
    block: block.name,
    target: block.target,
    projectName,
    main: `${stem}.edge${part}.js`,
    configFile: configFile?.(part) ?? null,
    upload: null,
    platformCrons: new Map(),
    deployFile: `${stem}.deploy.toml`,
    compatibilityDate: options.compatibilityDate ?? defaultCompatibilityDate,
    migrationsDir: options.migrationsDir ?? null,
    production,
    environments,
    queueNames: queueNames([production, ...environments.values()]),
    variables: block.env.map(({ name }) => name),
    hasHttp: block.routes.length > 0 || block.health !== null,
  };
}

/** A block's name as it stands in file names: itself, when every file system takes it. */
function filePart(name: string): string {
  return /^[\w-]+$/.test(name) ? name : kebab(name);
}

function queueNames(
  deployments: readonly Deployment[],
): Readonly<Record<string, readonly string[]>> {
  const names = new Map<string, string[]>();
  for (const { consumes } of deployments) {
    for (const { binding, queue } of consumes) {
      const known = names.get(binding) ?? [];
      if (!known.includes(queue)) names.set(binding, [...known, queue]);
    }
  }
  return Object.fromEntries(names);
}
