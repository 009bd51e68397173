// What the compiler takes and gives: the public types of `compile`.
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { ModuleExport, ModuleImport, ModuleLinks, ModuleNeed } from "./modules";
import type { BlockOutline } from "./outline";
import type { TargetName } from "./program";
import type { SqlUse } from "./sql";

export interface CompileOptions {
  /** As shown in diagnostics; its stem (`pipeline` of `apps/x/pipeline.tova`) names the workers. */
  readonly fileName: string;
  /** The committed `<stem>.deploy.toml` beside the source: resource ids by environment. */
  readonly deploy?: { readonly fileName: string; readonly text: string };
  /** D1 migrations, relative to the output directory, e.g. `../migrations`; absent without any. */
  readonly migrationsDir?: string;
  /** @default defaultCompatibilityDate */
  readonly compatibilityDate?: string;
  /** Compile only this block; null means the unnamed one. All blocks are still checked. */
  readonly block?: string | null;
  /** What the imports lead to; of one that is not among them every name is taken as exported. */
  readonly modules?: ModuleLinks;
  /**
   * `module`: what other files may import of this one, its edge blocks left out, as code for a
   * bundler.
   * @default workers, or the program of a file without edge blocks
   */
  readonly as?: "module";
  /**
   * With `as: "module"`: the target of the worker that imports it; null for a program outside workers.
   * @default "cloudflare"
   */
  readonly target?: TargetName | null;
  /** With `as: "module"`: the exports to keep, with what they use and what runs at load. @default all */
  readonly keep?: readonly string[];
  /** With `as: "module"`: exported types that importers check bodies against. @default none */
  readonly bodies?: readonly string[];
}

export interface CompileResult {
  readonly diagnostics: readonly Diagnostic[];
  /** The plain ES module of a file without edge blocks; null otherwise or on an error. */
  readonly program: { readonly code: string; readonly map: string } | null;
  /** Also on an error, as far as they can be read. */
  readonly imports: readonly ModuleImport[];
  /** What a module or program needs of others; empty for workers, which say it each. */
  readonly needs: readonly ModuleNeed[];
  /** What a module or program exports; empty for workers. */
  readonly exports: readonly ModuleExport[];
  /** Empty on an error. */
  readonly workers: readonly Worker[];
  /** What a checker of SQL needs, also on an error; null for a program without databases. */
  readonly sql: SqlUse | null;
  /** Names under `[env.*]` of the deploy file. */
  readonly environments: readonly string[];
  /** `account_id` of the deploy file. */
  readonly accountId: string | null;
}

/** One compiled edge block. */
export interface Worker {
  /** Name of the block; null for the unnamed one. */
  readonly name: string | null;
  readonly target: TargetName;
  /** `pipeline.edge.api.js`; its map is the same with `.map` appended. */
  readonly fileName: string;
  /**
   * A self-contained ES module that ends with its `sourceMappingURL` comment. With `imports` it has
   * yet to be bundled: it imports them as they are written, and helpers as `runtimeModule` knows.
   */
  readonly code: string;
  /** What it needs of other modules; empty for a worker that needs no bundling. */
  readonly imports: readonly ModuleNeed[];
  /** Source map v3 with `sourcesContent`. */
  readonly map: string;
  /** The platform's config, `wrangler.api.toml`; null where the target has none. */
  readonly config: { readonly fileName: string; readonly text: string } | null;
  /** What else the platform's tool reads. */
  readonly files: readonly { readonly fileName: string; readonly text: string }[];
  /** Declarations of its module and its `Env`, `pipeline.edge.api.d.ts`; null likewise. */
  readonly types: { readonly fileName: string; readonly text: string } | null;
  /** The config for a worker whose bundle needs modules or globals of Node; null for one without imports. */
  readonly nodeConfig: { readonly fileName: string; readonly text: string } | null;
  readonly outline: BlockOutline;
  /** The outline as each `[env.<name>]` of the deploy file makes it. */
  readonly environments: Readonly<Record<string, BlockOutline>>;
}
