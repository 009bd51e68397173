export interface MigrateExecutorSchema {
  readonly file: string;
  readonly env?: string;
  readonly local?: boolean;
  readonly in?: string;
  readonly remote?: boolean;
  readonly outDir?: string;
  readonly timeout?: number;
}
