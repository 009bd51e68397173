// Messages on what stands between a build and a deployment.
import { type PathArgs, problem } from "./problem";

/** Part of `problems`. */
export const deployProblems = {
  noWrangler: problem<PathArgs>(
    "T040",
    "error",
    ({ path }) => `wrangler, Cloudflare's tool, is not installed for \`${path}\`.`,
    () => "Install it: npm install --save-dev wrangler@^4.86.0",
  ),
  placeholder: problem<{
    worker: string;
    what: string;
    provision: string;
    command: string;
    where: string;
  }>(
    "T041",
    "error",
    ({ worker, what }) => `\`${worker}\`: ${what} has no id yet, only a placeholder.`,
    ({ provision, command, where }) =>
      `Run \`${provision}\`; or run \`${command}\` and write \`id = "…"\` as it prints it ${where}.`,
  ),
  unknownEnvironment: problem<{ env: string; known: readonly string[]; file: string }>(
    "T042",
    "error",
    ({ env, file }) => `There is no environment "${env}" in ${file}.`,
    ({ env, known }) =>
      known.length === 0
        ? `It has none; add an [env.${env}] table to it.`
        : `It has: ${known.join(", ")}.`,
  ),
  noMigrations: problem<{ worker: string; binding: string; folder: string }>(
    "T043",
    "error",
    ({ worker, binding, folder }) =>
      `\`${worker}\` uses the database ${binding}, but ${folder} has no migration (*.sql).`,
    ({ folder }) =>
      `Write the tables into ${folder}/0001_init.sql; if they are made elsewhere, \`tova deploy --skip-migrations-check\` does without.`,
  ),
  notBuilt: problem<PathArgs>(
    "T045",
    "error",
    ({ path }) => `\`${path}\` has not been built.`,
    () => "Build first, or leave out --no-build.",
  ),
  builtByOther: problem<PathArgs & { origin: string }>(
    "T113",
    "error",
    ({ path, origin }) => `\`${path}\` is of another program: it names ${origin}.`,
    () =>
      "Build this program again. Two in one folder whose blocks have one name need an output folder each (--out-dir), or another name for a block.",
  ),
  builtBefore: problem<{ program: string; paths: readonly string[] }>(
    "T112",
    "warning",
    ({ program, paths }) =>
      `${program} now makes something else of ${paths.map((path) => `\`${path}\``).join(", ")}.`,
    () => "Build first, so that what is used is what has been checked.",
  ),
  wranglerFailed: problem<{ worker: string; exitCode: number }>(
    "T046",
    "error",
    ({ worker, exitCode }) => `wrangler ended with exit code ${exitCode} for \`${worker}\`.`,
    () => "What it did before stays; run the same command again when its reason is gone.",
  ),
  leftOut: problem<{ worker: string; after: readonly string[] }>(
    "T047",
    "error",
    ({ worker, after }) => `\`${worker}\` was not deployed: it sends to ${after.join(", ")}.`,
    () => "Its messages would find the old code there, or none; run the same command again.",
  ),
  ownArgument: problem<{ argument: string }>(
    "T048",
    "error",
    ({ argument }) =>
      `\`${argument}\` cannot be passed on to the platform's tool: tova chooses it.`,
    () => "Use an option of tova itself: --env, --message, --secrets-file or --dry-run.",
  ),
  wranglerTimedOut: problem<{ worker: string }>(
    "T049",
    "error",
    ({ worker }) => `wrangler did not end in time for \`${worker}\` and was stopped.`,
    () => "What it did until then is not known; run the same command again to finish.",
  ),
};
