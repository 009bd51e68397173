export interface ServeExecutorSchema {
  readonly file: string;
  readonly port?: number;
  readonly host?: string;
  readonly env?: string;
  readonly queueWait?: number;
}
