export interface ProvisionExecutorSchema {
  readonly file: string;
  readonly env?: string;
  readonly dryRun?: boolean;
  readonly timeout?: number;
}
