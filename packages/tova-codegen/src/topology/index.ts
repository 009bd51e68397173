export { renderMermaid } from "./mermaid";
export { renderSvg } from "./svg";
export { topologyOf } from "./topology-of";
export { renderTree, type TreeOptions } from "./tree";
