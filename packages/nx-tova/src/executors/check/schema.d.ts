import type { CheckOptions } from "tova-cli";

export interface CheckExecutorSchema {
  readonly file: string;
  readonly format?: CheckOptions["format"];
  readonly strict?: boolean;
  readonly maxWarnings?: number;
  readonly fingerprint?: string;
}
