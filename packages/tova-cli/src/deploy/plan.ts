// Compiled workers and options in, what to deploy in turn and with which arguments out; pure.
import type { Worker } from "tova-codegen";
import { outlineIn } from "../compiled";
import type { Logger } from "../logger";
import type { SecretValues } from "../secrets-file";
import { markOf } from "./mark";

/** One worker to deploy: a run of wrangler, or of the tool of its platform. */
export interface DeployStep {
  readonly worker: Worker;
  /** The worker as it is called on its platform. */
  readonly name: string;
  /** By which it is known again; see `markOf`. */
  readonly mark: string;
  /** Names of the workers that must be deployed before it. */
  readonly after: readonly string[];
  /** Of wrangler; for another tool only those of the user. */
  readonly args: readonly string[];
}

/** What the steps have in common. */
export interface Run {
  /** Where the built files are. */
  readonly outDir: string;
  /** The program's. */
  readonly folder: string;
  readonly env: string | undefined;
  /** Undefined in a dry run, which needs none. */
  readonly account: string | undefined;
  readonly timeout: number | undefined;
  readonly secrets: (SecretValues & { readonly path: string }) | null;
  /** `Deploying`, as it is shown. */
  readonly verb: string;
  readonly log: Logger;
  readonly preview: boolean;
  /** True when nothing may be changed. */
  readonly dryRun: boolean;
  /** How to name a path to the user. */
  shown(path: string): string;
}

/** What of the options of `deploy` reaches wrangler. */
export interface DeployPlanOptions {
  /** `pipeline` of `pipeline.tova`. */
  readonly stem: string;
  readonly env?: string | undefined;
  readonly dryRun?: boolean | undefined;
  /** Uploads a version that answers only at an address of its own. */
  readonly preview?: boolean | undefined;
  /** Passed to wrangler as they are. */
  readonly args?: readonly string[] | undefined;
  /** True when the config has environments, so that none must be chosen explicitly. */
  readonly hasEnvironments: boolean;
}

function wranglerArgs(main: string, config: string, options: DeployPlanOptions): string[] {
  const env = options.env ?? (options.hasEnvironments ? "" : undefined);
  return [
    ...(options.preview ? ["versions", "upload"] : ["deploy"]),
    // The configuration names it too, but a name among the user's arguments would replace that one.
    `./${main}`,
    "--config",
    config,
    ...(env === undefined ? [] : [`--env=${env}`]),
    ...(options.dryRun ? ["--dry-run"] : []),
    ...(options.args ?? []),
  ];
}

/** Names of the queues that must be there first. On Lambda the worker that reads a queue makes it. */
function sendsOf(worker: Worker, env: string | undefined): ReadonlySet<string | null> {
  const { produces, consumes } = outlineIn(worker, env);
  const dead = worker.target === "lambda" ? consumes : [];
  return new Set([
    ...produces.map(({ id }) => id),
    ...dead.map(({ deadLetterQueue }) => deadLetterQueue),
  ]);
}

/** The workers among these that read what a worker sends. */
function readersOf(worker: Worker, all: readonly Worker[], env: string | undefined): Worker[] {
  const sends = sendsOf(worker, env);
  return all.filter(
    (other) =>
      other !== worker &&
      other.target === worker.target &&
      outlineIn(other, env).consumes.some(({ queue }) => sends.has(queue)),
  );
}

/**
 * Consumers before their producers, so that what is sent by new code finds new code to read it.
 * An order that would close a circle is not kept.
 */
function ordered(workers: readonly Worker[], env: string | undefined) {
  const done = new Map<Worker, readonly Worker[]>();
  const started = new Set<Worker>();
  const visit = (worker: Worker): void => {
    if (started.has(worker)) return;
    started.add(worker);
    const readers = readersOf(worker, workers, env);
    for (const reader of readers) visit(reader);
    done.set(
      worker,
      readers.filter((reader) => done.has(reader)),
    );
  };
  for (const worker of workers) visit(worker);
  return done;
}

/** Plans the deployment of workers. */
export function planDeploy(workers: readonly Worker[], options: DeployPlanOptions): DeployStep[] {
  const { env, stem } = options;
  const nameOf = (worker: Worker) => outlineIn(worker, env).workerName;
  return [...ordered(workers, env)].map(([worker, readers]) => {
    const { config, target } = worker;
    const isWranglers = target === "cloudflare" && config !== null;
    return {
      worker,
      name: nameOf(worker),
      mark: markOf(stem, worker.name),
      // A preview takes no messages, and nobody sends to it.
      after: options.preview ? [] : readers.map(nameOf),
      args: isWranglers
        ? wranglerArgs(worker.fileName, config.fileName, options)
        : (options.args ?? []),
    };
  });
}
