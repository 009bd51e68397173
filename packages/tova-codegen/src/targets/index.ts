export { defaultCompatibilityDate } from "./compatibility-date";
export { outlineOf } from "./outline-of";
export { planProgram } from "./plan-program";
export type { PlanOptions } from "./target";
export { supportOf, targetOf } from "./target-of";
