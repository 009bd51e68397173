// What Nx loads as `nx-tova/plugin`.
export { createDependencies } from "./graph/dependencies";
export { createNodes } from "./graph/nodes";

/** Shown by Nx beside what this plugin infers. */
export const name = "nx-tova";
