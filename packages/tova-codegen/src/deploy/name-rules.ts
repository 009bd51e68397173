// What names and ids must look like before a platform takes them.

/** A rule for text: what it must match, and how a message says so. */
export interface TextRule {
  readonly pattern: RegExp;
  readonly expected: string;
  readonly help?: string;
}

/** Names as wrangler checks them before an upload. */
export const nameRules = {
  worker: {
    pattern: /^[a-z0-9_][a-z0-9_-]{0,62}$/,
    expected: "at most 63 lower-case letters, digits, `-` and `_`",
  },
  /** Also the name of its stack, which has no `_` (spec of CloudFormation, `StackName`). */
  lambdaWorker: {
    pattern: /^[a-z][a-z0-9-]{0,62}$/,
    expected: "a lower-case letter and at most 62 lower-case letters, digits and `-` on lambda",
  },
  bucket: {
    pattern: /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    expected: "3 to 63 lower-case letters, digits and `-`, with no `-` at either end",
  },
  /** One behind whose name the account's number and the region come (spec of S3: 63 in all). */
  ownBucket: {
    pattern: /^[a-z0-9][a-z0-9-]{1,34}$/,
    expected: "2 to 35 lower-case letters, digits and `-`, as account and region come behind them",
  },
  queue: {
    pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    expected: "at most 63 lower-case letters, digits and `-`, with no `-` at either end",
  },
} satisfies Record<string, TextRule>;
