// A block, its plan and one deployment of it → the outline that tools outside see.
import type { BlockOutline } from "../model/outline";
import type { Deployment, WorkerPlan } from "../model/plan";
import type { EdgeBlock } from "../model/program";

/** Makes the outline of a worker as `deployment`, one of the plan's, deploys it. */
export function outlineOf(
  block: EdgeBlock,
  plan: WorkerPlan,
  deployment: Deployment,
): BlockOutline {
  return {
    name: block.name,
    projectName: plan.projectName,
    workerName: deployment.workerName,
    accountId: deployment.accountId,
    target: block.target,
    main: plan.main,
    configFile: plan.configFile,
    upload: plan.upload,
    range: block.ranges[0] ?? { from: 0, to: 0 },
    kv: deployment.kv,
    sql: deployment.sql,
    storage: deployment.storage,
    produces: deployment.produces,
    consumes: deployment.consumes,
    rateLimiters: deployment.rateLimiters,
    env: block.env.map(({ name }) => ({ name, default: deployment.vars.get(name) ?? null })),
    secrets: deployment.secrets,
    routes: block.routes.map(({ method, path }) => ({ method, path })),
    health: block.health?.path ?? null,
    schedules: block.schedules.map(({ name, cron }) => ({ name, cron })),
    crons: deployment.crons,
    hasHttp: plan.hasHttp,
  };
}
