export { cloudflare } from "./cloudflare";
export { defaultCompatibilityDate } from "./compatibility-date";
export { outlineOf } from "./outline-of";
export type { Deployment, PlanOptions, Target, WorkerPlan } from "./target";
export { targetOf } from "./target-of";
