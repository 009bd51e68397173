// The plans of a file's workers → the same, each with the queues and buckets that its deployment makes.
import { emptyDeployFile } from "../deploy/deploy-file";
import type { DeployTable } from "../deploy/read-table";
import { kebab } from "../model/kebab";
import type { Deployment, WorkerPlan } from "../model/plan";
import type { PlanOptions } from "./target";

/** A stack, as one environment deploys it. */
interface Stack {
  readonly plan: WorkerPlan;
  readonly deployment: Deployment;
}

/**
 * Two stacks cannot make the same thing. Every queue is made with the worker that reads it, one for
 * dead letters that nobody reads with the first that sends to it, and a bucket with the first that has
 * it. Only Lambda's configuration makes any; elsewhere `provision` does, or the platform has none.
 */
export function assignResources(
  plans: readonly WorkerPlan[],
  { stem, deploy = emptyDeployFile }: PlanOptions,
): readonly WorkerPlan[] {
  const isStack = ({ target }: WorkerPlan) => target === "lambda";
  if (!plans.some(isStack)) return plans;
  const assigned = (
    environment: string | null,
    table: DeployTable,
  ): ReadonlyMap<WorkerPlan, Deployment> => {
    const stacks = plans.filter(isStack).map((plan): Stack => {
      const deployment =
        (environment === null ? null : plan.environments.get(environment)) ?? plan.production;
      return { plan, deployment: withOwnBuckets(deployment, table, `${kebab(stem)}-`) };
    });
    const queues = queueOwners(stacks);
    const buckets = bucketOwners(stacks);
    return new Map(
      stacks.map(({ plan, deployment }) => {
        const makes = [...queues].flatMap(([name, owner]) => (owner === plan ? [name] : []));
        const ownBuckets = new Map(
          [...deployment.ownBuckets.keys()].map((name) => [
            name,
            { made: buckets.get(name) === plan },
          ]),
        );
        return [plan, { ...deployment, makes, ownBuckets }];
      }),
    );
  };
  const production = assigned(null, deploy.production);
  const others = new Map(
    [...deploy.environments].map(([name, table]) => [name, assigned(name, table)]),
  );
  return plans.map((plan) => {
    if (!isStack(plan)) return plan;
    const environments = [...plan.environments].map(
      ([name, deployment]) => [name, others.get(name)?.get(plan) ?? deployment] as const,
    );
    return {
      ...plan,
      production: production.get(plan) ?? plan.production,
      environments: new Map(environments),
    };
  });
}

/** Names of buckets are the world's: one that the deploy file does not give gets the program's before it. */
function withOwnBuckets(deployment: Deployment, table: DeployTable, prefix: string): Deployment {
  const storage = deployment.storage.map((bucket) => {
    const isOwn = !table.storage.get(bucket.binding)?.name;
    return isOwn && !bucket.id.startsWith(prefix)
      ? { ...bucket, id: `${prefix}${bucket.id}` }
      : bucket;
  });
  const own = storage.filter(({ binding }) => !table.storage.get(binding)?.name);
  return {
    ...deployment,
    storage,
    ownBuckets: new Map(own.map(({ id }) => [id, { made: false }])),
  };
}

function queueOwners(stacks: readonly Stack[]): ReadonlyMap<string, WorkerPlan> {
  const owners = new Map<string, WorkerPlan>();
  const own = (plan: WorkerPlan, name: string) => owners.set(name, owners.get(name) ?? plan);
  for (const { plan, deployment } of stacks) {
    for (const { queue } of deployment.consumes) own(plan, queue);
  }
  for (const { plan, deployment } of stacks) {
    for (const { deadLetterQueue } of deployment.consumes) {
      if (deadLetterQueue !== null) own(plan, deadLetterQueue);
    }
  }
  return owners;
}

function bucketOwners(stacks: readonly Stack[]): ReadonlyMap<string, WorkerPlan> {
  const owners = new Map<string, WorkerPlan>();
  for (const { plan, deployment } of stacks) {
    for (const name of deployment.ownBuckets.keys()) {
      owners.set(name, owners.get(name) ?? plan);
    }
  }
  return owners;
}
