export interface ReportExecutorSchema {
  readonly message: string;
}
