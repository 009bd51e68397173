// The plans of a file's workers → the same, each with the queues that its deployment makes.
import type { Deployment, WorkerPlan } from "../model/plan";

/**
 * Every queue is made with the worker that reads it, and one for dead letters that nobody reads with
 * the first that sends to it: two stacks cannot make the same queue. Only Lambda's configuration
 * makes queues; elsewhere `provision` does, or the platform has none.
 */
export function assignQueues(plans: readonly WorkerPlan[]): readonly WorkerPlan[] {
  const stacks = plans.filter(({ target }) => target === "lambda");
  const assign = (plan: WorkerPlan, deployment: Deployment, environment: string | null) => {
    const all = stacks.map((stack) => ({ stack, deployment: deploymentIn(stack, environment) }));
    const owners = new Map<string, WorkerPlan>();
    const own = (stack: WorkerPlan, name: string) => owners.set(name, owners.get(name) ?? stack);
    for (const one of all) for (const { queue } of one.deployment.consumes) own(one.stack, queue);
    for (const one of all) {
      for (const { deadLetterQueue } of one.deployment.consumes) {
        if (deadLetterQueue !== null) own(one.stack, deadLetterQueue);
      }
    }
    const makes = [...owners].flatMap(([name, owner]) => (owner === plan ? [name] : []));
    return { ...deployment, makes };
  };
  return plans.map((plan) => {
    if (plan.target !== "lambda") return plan;
    const environments = new Map(
      [...plan.environments].map(([name, deployment]) => [name, assign(plan, deployment, name)]),
    );
    return { ...plan, production: assign(plan, plan.production, null), environments };
  });
}

const deploymentIn = (plan: WorkerPlan, environment: string | null): Deployment =>
  (environment === null ? undefined : plan.environments.get(environment)) ?? plan.production;
