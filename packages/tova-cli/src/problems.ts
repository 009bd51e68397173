// Every message of the tools that is not about a line of the program: code, sentence, help.
import pc from "picocolors";

/** Something wrong outside the program's text: a file, a port, an id, a missing tool. */
export interface Problem {
  /** Stable code, `T001`. */
  readonly code: string;
  readonly severity: "error" | "warning";
  /** One sentence on what is wrong. */
  readonly message: string;
  /** One sentence on what to do. */
  readonly help?: string;
}

/** Stops a tool; its problems are shown without a stack trace. */
export class ProblemError extends Error {
  readonly problems: readonly Problem[];
  /** 2 for a wrong command line, 1 for anything else. */
  readonly exitCode: 1 | 2;

  constructor(problems: Problem | readonly Problem[], exitCode: 1 | 2 = 1) {
    const list = "code" in problems ? [problems] : problems;
    super(list.map(({ code, message }) => `${code}: ${message}`).join("\n"));
    this.name = "ProblemError";
    this.problems = list;
    this.exitCode = exitCode;
  }
}

function problem<Args>(
  code: string,
  severity: Problem["severity"],
  message: (args: Args) => string,
  help?: (args: Args) => string,
): (args: Args) => Problem {
  return (args) => ({
    code,
    severity,
    message: message(args),
    ...(help === undefined ? {} : { help: help(args) }),
  });
}

interface PathArgs {
  path: string;
}
interface ReasonArgs extends PathArgs {
  reason: string;
}

const listed = (title: string, items: readonly string[]): string =>
  `${title}: ${items.length === 0 ? "nothing" : items.join(", ")}.`;

/** Call sites write `new ProblemError(problems.noFile({ path }))`: a wrong code does not compile. */
export const problems = {
  // ── Reading ────────────────────────────────────────────────────────
  noFile: problem<PathArgs>(
    "T001",
    "error",
    ({ path }) => `There is no file \`${path}\`.`,
    () => "Check the path; it is relative to the working directory.",
  ),
  isFolder: problem<PathArgs>(
    "T002",
    "error",
    ({ path }) => `\`${path}\` is a folder, not a file.`,
    () => "Name the .tova file inside it.",
  ),
  notText: problem<PathArgs>(
    "T003",
    "error",
    ({ path }) => `\`${path}\` is not UTF-8 text.`,
    () => "Save it as UTF-8; a binary file cannot be compiled.",
  ),
  emptyFile: problem<PathArgs>(
    "T009",
    "error",
    ({ path }) => `\`${path}\` is empty, so there is nothing to compile.`,
    () => "Write a program into it, such as an `edge` block, or remove the file.",
  ),
  unreadable: problem<ReasonArgs>(
    "T004",
    "error",
    ({ path, reason }) => `\`${path}\` cannot be read: ${reason}.`,
    () => "Check the file's permissions.",
  ),
  brokenLink: problem<PathArgs & { target: string }>(
    "T005",
    "error",
    ({ path, target }) => `\`${path}\` is a link to \`${target}\`, which does not exist.`,
    () => "Restore the link's target, or remove the link.",
  ),
  noSource: problem<PathArgs>(
    "T006",
    "error",
    ({ path }) => `No file was named and \`${path}\` has no .tova file.`,
    () => "Name the file, as in `tova build apps/pipeline/pipeline.tova`.",
  ),
  manySources: problem<{ files: readonly string[] }>(
    "T007",
    "error",
    ({ files }) => `No file was named and there are several here: ${files.join(", ")}.`,
    ({ files }) => `Name one of them, as in \`tova build ${files[0]}\`.`,
  ),
  notTova: problem<PathArgs>(
    "T008",
    "error",
    ({ path }) => `\`${path}\` is not a Tova program: its name does not end in .tova.`,
    () => "Name a .tova file.",
  ),
  // ── Writing ────────────────────────────────────────────────────────
  unwritable: problem<ReasonArgs>(
    "T010",
    "error",
    ({ path, reason }) => `\`${path}\` cannot be written: ${reason}.`,
    () => "Check the folder's permissions, or name another folder with --out-dir.",
  ),
  outputIsFile: problem<PathArgs>(
    "T011",
    "error",
    ({ path }) => `The output folder \`${path}\` cannot be made: a file is in its way.`,
    () => "Move that file, or name another folder with --out-dir.",
  ),
  outputIsFolder: problem<PathArgs>(
    "T012",
    "error",
    ({ path }) => `\`${path}\` cannot be written: a folder has this name.`,
    () => "Move that folder, or name another output folder with --out-dir.",
  ),
  // ── Blocks ─────────────────────────────────────────────────────────
  unknownBlock: problem<{ block: string; path: string; blocks: readonly string[] }>(
    "T020",
    "error",
    ({ block, path }) => `\`${path}\` has no edge block ${block}.`,
    ({ blocks }) =>
      blocks.length === 0 ? "It has no edge blocks at all." : `Its blocks: ${blocks.join(", ")}.`,
  ),
  noBlocks: problem<PathArgs>(
    "T021",
    "error",
    ({ path }) => `\`${path}\` has no edge block for Cloudflare, so there is no worker to start.`,
    () => 'Add one, as in `edge "api" { route GET "/" => fn(req) "hello" }`.',
  ),
  otherTarget: problem<{ worker: string; target: string }>(
    "T022",
    "warning",
    ({ worker, target }) => `\`${worker}\` is for ${target}; only Cloudflare workers run here.`,
    () => "Build it and start the output with its own platform's tool.",
  ),
  // ── Local development ──────────────────────────────────────────────
  noFreePort: problem<{ host: string; port: number; last: number }>(
    "T030",
    "error",
    ({ host, port, last }) => `No port from ${port} to ${last} is free on ${host}.`,
    () => "End a program that listens there, or name another port with --port.",
  ),
  cannotListen: problem<{ host: string; port: number; reason: string }>(
    "T031",
    "error",
    ({ host, port, reason }) => `Cannot listen on ${host}:${port}: ${reason}.`,
    () => "Name another address with --host or --port.",
  ),
  missingSecrets: problem<{ worker: string; names: readonly string[]; file: string }>(
    "T032",
    "warning",
    ({ worker, names }) =>
      `\`${worker}\` has no value for ${names.length === 1 ? "secret" : "secrets"} ${names.join(", ")}; it answers 500 until it has.`,
    ({ names, file }) =>
      `Write ${names.map((name) => `${name}="…"`).join(" and ")} into ${file}, which git must ignore.`,
  ),
  undeclaredVariable: problem<{ name: string; file: string }>(
    "T033",
    "warning",
    ({ name, file }) => `${file} sets ${name}, which no edge block declares; no worker sees it.`,
    ({ name }) => `Add \`secret ${name}\` or \`env ${name}\` to a block, or remove the line.`,
  ),
  migrationFailed: problem<{ file: string; binding: string; reason: string }>(
    "T034",
    "error",
    ({ file, binding, reason }) => `Migration ${file} failed on ${binding}: ${reason}.`,
    () => "Nothing of this file was applied; correct it and save.",
  ),
  workersFailed: problem<{ reason: string }>(
    "T035",
    "error",
    ({ reason }) => `The workers could not be started: ${reason}`,
  ),
  cronNotRun: problem<{ worker: string; cron: string; reason: string }>(
    "T036",
    "warning",
    ({ worker, cron, reason }) => `\`${worker}\`: cron \`${cron}\` will not fire here: ${reason}.`,
    () => "Fire it by hand: GET /cdn-cgi/handler/scheduled?cron=… on the worker's port.",
  ),
  // ── Deploying ──────────────────────────────────────────────────────
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
      `Write the tables into ${folder}/0001_init.sql, or pass --skip-migrations-check if they are made elsewhere.`,
  ),
  notDeployable: problem<{ worker: string; target: string }>(
    "T044",
    "warning",
    ({ worker, target }) =>
      `\`${worker}\` is for ${target}, which wrangler cannot deploy; left out.`,
    () => "Build it and deploy the output with its own platform's tool.",
  ),
  notBuilt: problem<PathArgs>(
    "T045",
    "error",
    ({ path }) => `\`${path}\` has not been built.`,
    () => "Build first, or leave out --no-build.",
  ),
  wranglerFailed: problem<{ worker: string; exitCode: number; rest: readonly string[] }>(
    "T046",
    "error",
    ({ worker, exitCode, rest }) =>
      `wrangler ended with exit code ${exitCode} for \`${worker}\`${
        rest.length === 0 ? "" : `; not deployed: ${rest.join(", ")}`
      }.`,
  ),
  secretsHint: problem<{ worker: string; names: readonly string[]; command: string }>(
    "T047",
    "warning",
    ({ worker, names }) => `\`${worker}\` needs ${names.join(", ")} before its first deploy.`,
    ({ command }) =>
      `If wrangler says they are missing: put NAME=value lines into a file that git ignores and add --secrets-file <file>, or run \`${command}\`.`,
  ),
  ownArgument: problem<{ argument: string }>(
    "T048",
    "error",
    ({ argument }) => `\`${argument}\` cannot be passed on to wrangler: tova chooses it.`,
    () => "Choose an environment with the option --env of tova itself.",
  ),
  // ── Resources, migrations, secrets ─────────────────────────────────
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
        ? "--local and --remote exclude each other."
        : "Which databases to migrate was not said, those here or those on Cloudflare.",
    () =>
      "Add --local for those of `tova dev`, or --remote for those that the deployed workers use.",
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
  // ── The tool itself ────────────────────────────────────────────────
  unknownCode: problem<{ code: string; meant: string | null }>(
    "T091",
    "error",
    ({ code }) => `\`${code}\` is not a code of the compiler's diagnostics.`,
    ({ meant }) =>
      meant === null
        ? "Codes stand in brackets in each diagnostic, as in error[E202]."
        : `Did you mean \`${meant}\`?`,
  ),
  usage: problem<{ reason: string; command: string }>(
    "T090",
    "error",
    ({ reason }) => reason,
    ({ command }) => `See \`${command} --help\`.`,
  ),
  internal: problem<{ reason: string }>(
    "T099",
    "error",
    ({ reason }) => `Something unexpected went wrong: ${reason}`,
    () => "This is a fault of tova: please report it with the output of TOVA_DEBUG=1.",
  ),
};

/** `error[T001]: sentence` and its help below, as diagnostics of the program are shown. */
export function renderProblem(shown: Problem, color = false): string {
  const paint = pc.createColors(color);
  const head = `${shown.severity}[${shown.code}]`;
  const title = shown.severity === "error" ? paint.red(head) : paint.yellow(head);
  const help = shown.help === undefined ? "" : `\n  ${paint.cyan("= help:")} ${shown.help}`;
  return `${paint.bold(title)}: ${shown.message}${help}`;
}
