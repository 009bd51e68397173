// Everything other programs may use of tova-cli.
export { type BuildOptions, type BuildResult, build } from "./build";
export { type CheckFormat, type CheckOptions, check } from "./check";
export { runCommand } from "./command";
export { type DeployOptions, type DeployResult, deploy } from "./deploy/deploy";
export { type RollbackOptions, rollback } from "./deploy/rollback";
export type { Outcome } from "./deploy/run";
export { type DevOptions, dev, type RunningWorker } from "./dev/dev";
export { type ExplainOptions, explain } from "./explain";
export { type Inspection, type InspectOptions, inspect } from "./inspect";
export { type Inspected, inspectAll } from "./inspect-all";
export { consoleLogger, type Logger } from "./logger";
export { type MigrateOptions, migrate } from "./migrate";
export { type ProvisionOptions, provision } from "./provision";
export type { ExitCode } from "./report";
export { type SecretsOptions, secrets } from "./secrets";
export { type RunningProgram, type StartOptions, startProgram } from "./testing";
export type {
  KvStore,
  ObjectStore,
  SendingQueue,
  SqlDatabase,
  SqlStatement,
  StoredHead,
  StoredObject,
} from "./testing-stores";
export { type TopologyOptions, type TopologyResult, topology } from "./topology";
