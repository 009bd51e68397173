// The model of a source file: what analysis makes and every target plans from. Names no platform.
import type { ast, SourceRange } from "tova-parser";
import type { Limiter, Security } from "./security";
import type { Segment } from "./segment";

export type TargetName = "cloudflare" | "deno" | "vercel" | "lambda" | "bun";
export type BindingKind = "kv" | "sql" | "storage" | "queue";

/** A whole file, blocks of one name merged (spec 10). Made by `analyse/program.ts`. */
export interface Program {
  readonly source: string;
  /** Whether the word `it` stands anywhere in it; where not, no argument becomes a function. */
  readonly mentionsIt: boolean;
  /** Top-level statements and those of `shared` blocks, in source order. */
  readonly shared: readonly ast.Statement[];
  /** In the order of their first appearance. */
  readonly blocks: readonly EdgeBlock[];
  /** Of all security blocks together; null without one. */
  readonly security: Security | null;
  /** Blocks that other toolchains build. */
  readonly leftOut: readonly ast.Unsupported[];
}

/** All edge blocks of one name as one (spec 11). */
export interface EdgeBlock {
  /** Null for `edge { … }` without a name. */
  readonly name: string | null;
  readonly target: TargetName;
  /** Headers (`edge "api"`) of the blocks merged here, in source order; never empty. */
  readonly ranges: readonly SourceRange[];
  readonly bindings: readonly Binding[];
  readonly env: readonly EnvVar[];
  readonly secrets: readonly Secret[];
  readonly cors: Cors | null;
  readonly health: Health | null;
  readonly onError: ast.Expression | null;
  /** Bytes that a request's body may have, of `max_body: …`; null: as the platform says. */
  readonly maxBody: number | null;
  /** Outermost first. */
  readonly middleware: readonly ast.FunctionDeclaration[];
  /** In declaration order; the members of a group with its prefix. */
  readonly routes: readonly Route[];
  readonly schedules: readonly Schedule[];
  readonly consumers: readonly Consumer[];
  /** Of the file's `rate_limit` rules; empty for a worker without HTTP. */
  readonly limiters: readonly Limiter[];
  /** Ordinary statements, private to this worker. */
  readonly statements: readonly ast.Statement[];
}

export interface Binding {
  readonly kind: BindingKind;
  readonly name: string;
  /** The name in the declaration. */
  readonly range: SourceRange;
}

export interface EnvVar {
  readonly name: string;
  readonly range: SourceRange;
  readonly fallback: ast.Expression | null;
  /** The default when it is a literal: it then stands in the platform's config. */
  readonly literal: string | number | boolean | null;
}

export interface Secret {
  readonly name: string;
  readonly range: SourceRange;
}

export interface Route {
  /** Upper case. */
  readonly method: string;
  /** As written, group prefix included: `/things/:id`. */
  readonly path: string;
  readonly segments: readonly Segment[];
  readonly range: SourceRange;
  /** From `route` to the path. */
  readonly head: SourceRange;
  /** Whether the path could be read. */
  readonly isKnown: boolean;
  readonly handler: ast.Expression;
  /** Of `body: Type`; null where any body will do. */
  readonly body: ast.TypeExpression | null;
  /** Of `with auth`: any user, or one of a role; null for an open route. */
  readonly requires: { readonly role: string | null; readonly range: SourceRange } | null;
  /** Bytes that its body may have, of `with max_body(…)`; null: as the block says. */
  readonly maxBody: number | null;
}

export interface Cors {
  readonly range: SourceRange;
  /** Null: any origin. */
  readonly origins: readonly string[] | null;
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly credentials: boolean;
  /** Seconds. */
  readonly maxAge: number;
}

export interface Health {
  readonly range: SourceRange;
  readonly path: string;
  readonly segments: readonly Segment[];
  readonly checksMemory: boolean;
}

export interface Schedule {
  readonly name: string;
  readonly cron: string;
  readonly range: SourceRange;
  readonly body: ast.Block;
}

export interface Consumer {
  /** The binding's name, `PROCESS_QUEUE`. */
  readonly queue: string;
  readonly range: SourceRange;
  readonly handler: ast.Expression;
  readonly options: ConsumerOptions;
}

export interface ConsumerOptions {
  /** Messages, 1-100. @default 10 */
  readonly maxBatchSize: number;
  /** Seconds, 0-60. @default 30 */
  readonly maxBatchTimeout: number;
  /** Null: the platform's default. */
  readonly maxRetries: number | null;
  /** Seconds before a message comes again; null: the platform's default. */
  readonly retryDelay: number | null;
  /** Batches at a time; null: as many as the platform likes. */
  readonly maxConcurrency: number | null;
  /** Deployed name of the dead-letter queue. */
  readonly deadLetterQueue: string | null;
}
