// Takes the options of a `deploy` task, gives what is wrong with their names.
import { nearest } from "tova-codegen";
import type { DeployExecutorSchema } from "./schema";

const known: Readonly<Record<keyof Required<DeployExecutorSchema>, true>> = {
  file: true,
  block: true,
  outDir: true,
  env: true,
  dryRun: true,
  secretsFile: true,
  skipMigrationsCheck: true,
  args: true,
  preview: true,
  message: true,
  adopt: true,
  timeout: true,
};

/**
 * Null when all options are known. Nx would check this by the schema, but a batch that it refuses
 * ends in an unhandled rejection without the option's name (nx 24.0.6, run-batch).
 */
export function unknownOption(options: object): string | null {
  // Nx's own keys begin with underscores.
  const names = Object.keys(options).filter((name) => !name.startsWith("_"));
  const unknown = names.find((name) => !Object.hasOwn(known, name));
  if (unknown === undefined) return null;
  const close = nearest(unknown, Object.keys(known));
  const help = close === null ? "" : ` Did you mean --${close}?`;
  return `\`deploy\` has no option --${unknown}.${help}`;
}
