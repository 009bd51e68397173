// Messages on resources, migrations and secrets on Cloudflare.
import { listed, problem, type ReasonArgs } from "./problem";

/** Part of `problems`. */
export const cloudflareProblems = {
  stepFailed: problem<{
    step: string;
    reason: string;
    done: readonly string[];
    rest: readonly string[];
  }>(
    "T050",
    "error",
    ({ step, reason }) => `Failed to ${step}: ${reason}.`,
    ({ done, rest }) =>
      `${listed("Done", done)} ${listed("Not done", rest)} What was done stays; run the same command again to finish.`,
  ),
  unknownId: problem<{ what: string; id: string; file: string; command: string }>(
    "T051",
    "error",
    ({ what, id, file }) => `The account has no ${what} with the id ${id} of ${file}.`,
    ({ command }) =>
      `Compare with \`${command}\`; remove the line to have a new one made, or choose the account with account_id.`,
  ),
  noPlaceForId: problem<{ file: string; table: string }>(
    "T052",
    "error",
    ({ file, table }) =>
      `There is no place in ${file} for the id of [${table}] that leaves the rest as it is.`,
    ({ table, file }) => `Write an empty [${table}] table into ${file} and run it again.`,
  ),
  undeclaredSecrets: problem<{ names: readonly string[]; from: string; path: string }>(
    "T053",
    "error",
    ({ names, from, path }) =>
      `${from} has ${names.join(", ")}, which ${path} does not declare; nothing was sent.`,
    ({ names }) => `Add \`secret ${names[0]}\` to an edge block, or remove it from the file.`,
  ),
  secretsWithoutValue: problem<{ worker: string; names: readonly string[]; from: string }>(
    "T054",
    "error",
    ({ worker, names, from }) =>
      `\`${worker}\` has no value for ${names.join(", ")}, neither on Cloudflare nor in ${from}; nothing was sent.`,
    ({ names }) => `Add ${names.map((name) => `${name}="…"`).join(" and ")} to a file for --from.`,
  ),
  notDeployed: problem<{ worker: string; command: string }>(
    "T055",
    "error",
    ({ worker }) => `\`${worker}\` has not been deployed, so it cannot be given secrets yet.`,
    ({ command }) => `A first deploy takes them along: \`${command}\`.`,
  ),
  badSecrets: problem<ReasonArgs>(
    "T056",
    "error",
    ({ path, reason }) => `\`${path}\` holds no secrets: ${reason}.`,
    () => "Write NAME=value lines, or one JSON object of texts.",
  ),
  whereToMigrate: problem<{ both: boolean }>(
    "T057",
    "error",
    ({ both }) =>
      both
        ? "--local, --in and --remote exclude each other."
        : "Which databases to migrate was not said, those here or those on Cloudflare.",
    () =>
      "Add --local for those of `tova dev`, --remote for those on Cloudflare, or --in for files of a folder.",
  ),
  sameNumber: problem<{ folder: string; number: number; names: readonly string[] }>(
    "T058",
    "error",
    ({ folder, number, names }) =>
      `Migrations in ${folder} share the number ${number}: ${names.join(", ")}.`,
    () => "Their order would be chance; give one of them the next free number.",
  ),
  secretsFailed: problem<{
    worker: string;
    reason: string;
    done: readonly string[];
    rest: readonly string[];
  }>(
    "T059",
    "error",
    ({ worker, reason }) => `The secrets of \`${worker}\` were not set: ${reason}.`,
    ({ done, rest }) => `${listed("Set", done)} ${listed("Not set", rest)}`,
  ),
  sharedName: problem<{ names: readonly string[]; name: string; table: string; file: string }>(
    "T060",
    "error",
    ({ names, name }) => `${names.join(" and ")} would be one database, named ${name}.`,
    ({ table, file }) => `Give one a \`name\` of its own under ${table} in ${file}.`,
  ),
  migrationsFailed: problem<{
    binding: string;
    exitCode: number;
    done: readonly string[];
    rest: readonly string[];
  }>(
    "T061",
    "error",
    ({ binding, exitCode }) =>
      `wrangler ended with exit code ${exitCode} when it migrated ${binding}.`,
    ({ done, rest }) =>
      `${listed("Up to date", done)} ${listed("Not reached", rest)} Migrations that were applied stay; run the same command again to finish.`,
  ),
};
