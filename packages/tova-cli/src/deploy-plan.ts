// Compiled workers and options in, the wrangler command lines to run in turn out; pure.
import type { Worker } from "tova-codegen";
import { outlineIn } from "./compiled";

/** One run of wrangler. */
export interface DeployStep {
  readonly worker: Worker;
  /** The worker as it is called on Cloudflare. */
  readonly name: string;
  readonly args: readonly string[];
}

/** What of the options of `deploy` reaches wrangler. */
export interface DeployPlanOptions {
  readonly env?: string | undefined;
  readonly dryRun?: boolean | undefined;
  /** Absolute. */
  readonly secretsFile?: string | undefined;
  /** Passed to wrangler as they are. */
  readonly args?: readonly string[] | undefined;
  /** True when the config has environments, so that none must be chosen explicitly. */
  readonly hasEnvironments: boolean;
}

function deployArgs(config: string, worker: Worker, options: DeployPlanOptions): string[] {
  const env = options.env ?? (options.hasEnvironments ? "" : undefined);
  const wantsSecrets = outlineIn(worker, options.env).secrets.length > 0;
  return [
    "deploy",
    "--config",
    config,
    ...(env === undefined ? [] : [`--env=${env}`]),
    ...(options.dryRun ? ["--dry-run"] : []),
    // A worker gets no secrets that it does not declare.
    ...(options.secretsFile !== undefined && wantsSecrets
      ? ["--secrets-file", options.secretsFile]
      : []),
    ...(options.args ?? []),
  ];
}

/** Consumers before their producers, so that no message is sent to a queue without a reader. */
function consumersFirst(workers: readonly Worker[], env: string | undefined): Worker[] {
  const ordered = new Set<Worker>();
  const started = new Set<Worker>();
  const visit = (worker: Worker): void => {
    if (started.has(worker)) return;
    started.add(worker);
    const sends = new Set(outlineIn(worker, env).produces.map(({ id }) => id));
    for (const other of workers) {
      if (outlineIn(other, env).consumes.some(({ queue }) => sends.has(queue))) visit(other);
    }
    ordered.add(worker);
  };
  for (const worker of workers) visit(worker);
  return [...ordered];
}

/** Plans the deployment of workers; those without a wrangler config are left out. */
export function planDeploy(workers: readonly Worker[], options: DeployPlanOptions): DeployStep[] {
  return consumersFirst(workers, options.env).flatMap((worker) => {
    if (worker.config === null) return [];
    const args = deployArgs(worker.config.fileName, worker, options);
    return [{ worker, name: outlineIn(worker, options.env).workerName, args }];
  });
}
