export interface DeployExecutorSchema {
  readonly file: string;
  readonly block?: string | null;
  readonly env?: string;
  readonly dryRun?: boolean;
  readonly args?: string[];
}
