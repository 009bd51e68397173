export interface RollbackExecutorSchema {
  readonly file: string;
  readonly block?: string | null;
  readonly env?: string;
  readonly to?: string;
  readonly dryRun?: boolean;
  readonly message?: string;
  readonly timeout?: number;
}
