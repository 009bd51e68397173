// Command line arguments in, the exit code of the tool they name out.
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { build } from "./build";
import { check, checkFormats } from "./check";
import { addMigrate, addProvision, addSecrets } from "./command-cloudflare";
import {
  blockOption,
  type CommandContext,
  examples,
  fileHelp,
  parseFolder,
  type Run,
} from "./command-context";
import { addDeploy, addRollback } from "./command-deploy";
import { dev } from "./dev/dev";
import { explain } from "./explain";
import { findSource } from "./find-source";
import { consoleLogger, type Logger } from "./logger";
import { ProblemError, problems } from "./problems";
import { type ExitCode, guarded, reportProblems } from "./report";
import { topology } from "./topology";

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  throw new InvalidArgumentError("A port is a whole number from 1 to 65535.");
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== "" && seconds >= 0 && seconds <= 60) return seconds;
  throw new InvalidArgumentError("Give a number of seconds from 0 to 60.");
}

function parseCount(text: string): number {
  const count = Number(text);
  if (text.trim() !== "" && Number.isSafeInteger(count) && count >= 0) return count;
  throw new InvalidArgumentError("Give a whole number from 0 on.");
}

const strictOption = [
  "--strict",
  "unknown names and mismatched types are errors, not warnings",
] as const;

function addBuild(program: Command, context: CommandContext, run: Run): void {
  program
    .command("build")
    .description("compile a program to workers, source maps and wrangler files")
    .argument("[file]", fileHelp)
    .option(
      "-o, --out-dir <folder>",
      "where to write (default: .tova-out beside the file)",
      parseFolder,
    )
    .option(...blockOption)
    .option(...strictOption)
    .addHelpText("after", examples("tova build pipeline.tova", "tova build --block api"))
    .action(async (file: string | undefined, options) => {
      await run(build({ ...context, ...options, file: file ?? (await findSource(context.cwd)) }));
    });
}

function addCheck(program: Command, context: CommandContext, run: Run): void {
  program
    .command("check")
    .description("show errors and warnings, write nothing")
    .argument("[file]", fileHelp)
    .addOption(
      new Option("-f, --format <format>", "for people, editors, GitHub or code scanning")
        .choices(checkFormats)
        .default("pretty"),
    )
    .option(...strictOption)
    .option("--max-warnings <count>", "fail when there are more", parseCount)
    .addHelpText(
      "after",
      examples(
        "tova check pipeline.tova",
        "tova check --strict --max-warnings 0",
        "tova check --format sarif",
      ),
    )
    .action(async (file: string | undefined, options) => {
      await run(check({ ...context, ...options, file: file ?? (await findSource(context.cwd)) }));
    });
}

function addExplain(program: Command, context: CommandContext, run: Run): void {
  program
    .command("explain")
    .description("tell what a code such as E202 means, with an example")
    .argument("<code>", "as diagnostics show it")
    .addHelpText("after", examples("tova explain E202", "tova explain W_INVALID_CRON"))
    .action(async (code: string) => {
      await run(explain({ ...context, code }));
    });
}

function addTopology(program: Command, context: CommandContext, run: Run): void {
  program
    .command("topology")
    .description("show workers, routes, stores, queues and crons; write picture, Mermaid and JSON")
    .argument("[file]", fileHelp)
    .option(
      "-o, --out-dir <folder>",
      "where to write (default: .tova-out/<program> beside the file)",
      parseFolder,
    )
    .option("-e, --env <name>", "names of an [env.<name>] of the deploy file")
    .option("--check", "write nothing; fail unless the files are as they would be written")
    .addHelpText(
      "after",
      examples("tova topology pipeline.tova", "tova topology --out-dir docs --check"),
    )
    .action(async (file: string | undefined, options) => {
      await run(
        topology({ ...context, ...options, file: file ?? (await findSource(context.cwd)) }),
      );
    });
}

function addDev(program: Command, context: CommandContext, run: Run): void {
  program
    .command("dev")
    .alias("serve")
    .description("run all workers of a program here, and again whenever it is saved")
    .argument("[file]", fileHelp)
    .option("-p, --port <port>", "of the first worker; the others follow", parsePort, 8787)
    .option("--host <address>", "to listen on", "127.0.0.1")
    .option("-e, --env <name>", "use the values of .dev.vars.<name>")
    .option("--queue-wait <seconds>", "longest wait for a batch to fill", parseSeconds, 1)
    .addHelpText(
      "after",
      examples(
        "tova dev pipeline.tova",
        "tova dev --port 3000",
        'curl "http://127.0.0.1:8787/cdn-cgi/handler/scheduled?cron=0+9+*+*+*"',
      ),
    )
    .action(async (file: string | undefined, options) => {
      await run(dev({ ...context, ...options, file: file ?? (await findSource(context.cwd)) }));
    });
}

function createProgram(context: CommandContext, run: Run): Command {
  const program = new Command("tova")
    .description("Ship Tova edge programs: one .tova file, many workers.")
    .version(context.version, "-v, --version")
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.log.info(text.trimEnd()),
      // Errors are shown by runCommand in the form all others have.
      writeErr: () => undefined,
    });
  const commands = [
    addBuild,
    addCheck,
    addExplain,
    addTopology,
    addDev,
    addProvision,
    addMigrate,
    addSecrets,
    addDeploy,
    addRollback,
  ];
  for (const add of commands) add(program, context, run);
  // Subcommands made before do not inherit these.
  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
}

/** A remark of commander as all other messages are written. */
function sentence(remark: string): string {
  const text = remark.replace(/^error: /, "").replaceAll("\n", " ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.)]$/.test(text) ? "" : "."}`;
}

/** Shows what is wrong with a command line; help and version, which were asked for, are not. */
function reportUsage(
  error: CommanderError,
  program: Command,
  name: string | undefined,
  log: Logger,
): ExitCode {
  if (error.exitCode === 0) return 0;
  const named = program.commands.find(
    (command) => name !== undefined && [command.name(), ...command.aliases()].includes(name),
  );
  const command = named === undefined ? "tova" : `tova ${named.name()}`;
  if (error.code === "commander.help") log.error(program.helpInformation());
  const said = error.code === "commander.help" ? "no command was given" : error.message;
  reportProblems(log, [problems.usage({ reason: sentence(said), command })]);
  return 2;
}

/** @throws ProblemError when the folder that this process runs in has been removed */
function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    throw new ProblemError(problems.noWorkingDirectory({}), 2);
  }
}

/**
 * Runs one `tova` command line.
 * @param argv the arguments after `tova`
 * @returns 0 when it did its work, 1 on an error, 2 when the command line itself is wrong
 */
export async function runCommand(
  argv: readonly string[],
  { cwd, log = consoleLogger, version = "unknown" }: Partial<Omit<CommandContext, "toolArgs">> = {},
): Promise<ExitCode> {
  // Only a deployment hands something on; what stands before is of tova, whose mistakes are shown.
  const end = argv[0] === "deploy" ? argv.indexOf("--") : -1;
  const [own, toolArgs] = end < 0 ? [argv, []] : [argv.slice(0, end), argv.slice(end + 1)];
  let exitCode: ExitCode = 0;
  return guarded<ExitCode>(
    log,
    async () => {
      const context = { cwd: cwd ?? workingDirectory(), log, version, toolArgs };
      const program = createProgram(context, async (running) => {
        exitCode = (await running).exitCode;
      });
      try {
        await program.parseAsync(own, { from: "user" });
        return exitCode;
      } catch (error) {
        if (!(error instanceof CommanderError)) throw error;
        return reportUsage(error, program, argv[0], log);
      }
    },
    (code) => code,
  );
}
