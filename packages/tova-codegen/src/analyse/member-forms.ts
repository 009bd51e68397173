// The first word of a member of an edge block → how that member is written; data only.

/** Of the members whose first words look like variables to be set, keys or functions to be called. */
export const memberForms: ReadonlyMap<string, string> = new Map([
  ["target", 'target: "cloudflare"'],
  ["max_body", 'max_body: "1mb"'],
  ...["kv", "sql", "storage", "queue", "secret"].map((kind) => [kind, `${kind} NAME`] as const),
  ["env", 'env NAME = "default"'],
  ["cors", 'cors { origins: ["https://example.com"] }'],
  ["health", 'health "/path"'],
  ["on_error", "on_error fn(err, req) { … }"],
  ["middleware", "middleware fn name(req, next) { … }"],
  ["consume", "consume QUEUE fn(messages) { … }"],
  ["route", 'route GET "/path" => handler'],
  ["schedule", 'schedule "name" cron("0 3 * * *") { … }'],
]);
