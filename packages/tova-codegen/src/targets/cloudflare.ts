// An edge block and the deploy file → the plan of a Cloudflare worker.
import { type DeployFile, emptyDeployFile } from "../deploy/deploy-file";
import { kebab } from "../model/kebab";
import type { Deployment, WorkerPlan } from "../model/plan";
import type { EdgeBlock } from "../model/program";
import { type Context, deploymentOf } from "./cloudflare-deployment";
import { defaultCompatibilityDate } from "./compatibility-date";
import type { PlanOptions, Target } from "./target";

export const cloudflare: Target = {
  name: "cloudflare",
  plan: (block, options) => ({
    value: planWorker(block, options, options.deploy ?? emptyDeployFile),
    findings: [],
  }),
};

function planWorker(block: EdgeBlock, options: PlanOptions, deploy: DeployFile): WorkerPlan {
  const { stem } = options;
  const projectName = kebab(block.name === null ? stem : `${stem}-${block.name}`);
  const context: Context = { block, stem, projectName, production: deploy.production };
  const production = deploymentOf(context, deploy.production, null);
  const environments = new Map(
    [...deploy.environments].map(([name, table]) => [name, deploymentOf(context, table, name)]),
  );
  const part = block.name === null ? "" : `.${filePart(block.name)}`;
  return {
    block: block.name,
    target: "cloudflare",
    projectName,
    main: `${stem}.edge${part}.js`,
    configFile: `wrangler${part}.toml`,
    deployFile: `${stem}.deploy.toml`,
    compatibilityDate: options.compatibilityDate ?? defaultCompatibilityDate,
    migrationsDir: options.migrationsDir ?? null,
    production,
    environments,
    queueNames: queueNames([production, ...environments.values()]),
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
  for (const { binding, queue } of deployments.flatMap((one) => one.consumes)) {
    const known = names.get(binding) ?? [];
    if (!known.includes(queue)) names.set(binding, [...known, queue]);
  }
  return Object.fromEntries(names);
}
