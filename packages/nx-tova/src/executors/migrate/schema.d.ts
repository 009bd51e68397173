export interface MigrateExecutorSchema {
  readonly file: string;
  readonly env?: string;
  readonly local?: boolean;
  readonly remote?: boolean;
  readonly outDir?: string;
  readonly timeout?: number;
}
