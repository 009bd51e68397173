export type { TovaMetadata } from "./graph/nodes";
export type { TovaPluginOptions } from "./graph/options";
