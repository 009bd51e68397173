export { compile } from "./compile";
export type { Diagnostic, Severity } from "./diagnostics/diagnostic";
export { type RenderOptions, renderDiagnostic, renderSummary } from "./diagnostics/render";
export type { BlockOutline, ConsumedQueue, Outline, Resource } from "./model/outline";
export type { BindingKind, TargetName } from "./model/program";
export type { CompileOptions, CompileResult, Worker } from "./model/result";
export { type OutlineOptions, outline } from "./outline";
export { defaultCompatibilityDate } from "./targets";
