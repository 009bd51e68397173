// What the tools have in common of their options.
import type { Logger } from "./logger";

/** What every tool that works on a program may be told. */
export interface ProgramOptions {
  /** The `.tova` file, relative to `cwd`. */
  readonly file: string;
  /** @default the process's working directory */
  readonly cwd?: string | undefined;
  /** @default stdout and stderr */
  readonly log?: Logger | undefined;
}

/** What tools that write or read the outputs of a build may be told. */
export interface OutputOptions extends ProgramOptions {
  /** @default `.tova-out` beside the source */
  readonly outDir?: string | undefined;
}

/** What tools that talk to Cloudflare may be told. */
export interface CloudflareOptions extends ProgramOptions {
  /** An `[env.<name>]` of the deploy file. */
  readonly env?: string | undefined;
  /** Seconds to wait for one answer or one run of wrangler. @default 15, and 600 for wrangler */
  readonly timeout?: number | undefined;
}

/** Options whose defaults are filled in. */
export type Filled<Options extends ProgramOptions> = Options & {
  readonly cwd: string;
  readonly log: Logger;
};
