export interface DeployExecutorSchema {
  readonly file: string;
  readonly block?: string | null;
  readonly outDir?: string;
  readonly env?: string;
  readonly dryRun?: boolean;
  readonly secretsFile?: string;
  readonly skipMigrationsCheck?: boolean;
  readonly args?: string[];
  readonly preview?: boolean;
  readonly message?: string;
  readonly adopt?: boolean;
  readonly timeout?: number;
}
