export interface BuildExecutorSchema {
  readonly file: string;
  readonly block?: string | null;
  readonly outDir?: string;
  readonly strict?: boolean;
  readonly fingerprint?: string;
}
