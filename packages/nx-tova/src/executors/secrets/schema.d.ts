export interface SecretsExecutorSchema {
  readonly file: string;
  readonly block?: string | null;
  readonly env?: string;
  readonly from?: string;
  readonly timeout?: number;
}
