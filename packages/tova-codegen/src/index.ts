export { type Parsed, parse } from "tova-parser";
export { compile } from "./compile";
export { type KeyLine, readKeys } from "./deploy/keys";
export { type Diagnostic, hasErrors, type Severity } from "./diagnostics/diagnostic";
export { type Lines, linesOf } from "./diagnostics/lines";
export { nearest } from "./diagnostics/nearest";
export { type RenderOptions, renderDiagnostic, renderSummary } from "./diagnostics/render";
export { strictly } from "./diagnostics/strict";
export { addEdgeBlock, type NewBlock } from "./edit/add-block";
export type { Edited } from "./edit/edit";
export { renameEdgeBlock, renameInDeployFile } from "./edit/rename-block";
export { runtimeModule } from "./emit/link";
export { secretParameter } from "./emit/platforms/sam-template";
export { locateBundleProblems, readImports } from "./imports";
export type {
  BundleProblem,
  ModuleExport,
  ModuleImport,
  ModuleLink,
  ModuleLinks,
  ModuleNeed,
  ModuleProblem,
} from "./model/modules";
export { nodeGlobals } from "./model/node-globals";
export type { BlockOutline, ConsumedQueue, Outline, Resource } from "./model/outline";
export type { BindingKind, TargetName } from "./model/program";
export type { CompileOptions, CompileResult, Worker } from "./model/result";
export type { SqlBind, SqlDatabase, SqlProblem, SqlText, SqlUse } from "./model/sql";
export type { Capability, HttpFeature, Support } from "./model/support";
export type {
  StoreKind,
  Topology,
  TopologyConsumer,
  TopologyQueue,
  TopologyStore,
  TopologyWorker,
} from "./model/topology";
export { type OutlineOptions, outline } from "./outline";
export { locateSqlProblems, placeOfSql } from "./sql";
export { defaultCompatibilityDate, supportOf } from "./targets";
export { renderMermaid, renderSvg, renderTree, type TreeOptions, topologyOf } from "./topology";
