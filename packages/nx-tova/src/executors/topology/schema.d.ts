export interface TopologyExecutorSchema {
  readonly file: string;
  readonly outDir?: string;
  readonly env?: string;
}
