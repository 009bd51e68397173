export interface CheckExecutorSchema {
  readonly file: string;
}
