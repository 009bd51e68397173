// The commands between a build and a running system in, added to the `tova` command line out.
import type { Command } from "commander";
import {
  blockOption,
  buildFolderOption,
  type CommandContext,
  examples,
  fileHelp,
  parseFolder,
  parseTimeout,
  type Run,
  timeoutOption,
} from "./command-context";
import { findSource } from "./find-source";
import { migrate } from "./migrate";
import { provision } from "./provision";
import { secrets } from "./secrets";

/** Adds `tova provision`. */
export function addProvision(program: Command, context: CommandContext, run: Run): void {
  program
    .command("provision")
    .description("create missing stores and queues on Cloudflare, keep their ids")
    .argument("[file]", fileHelp)
    .option("-e, --env <name>", "an [env.<name>] of the deploy file")
    .option("--dry-run", "show the plan, change nothing")
    .option(...timeoutOption, parseTimeout)
    .addHelpText(
      "after",
      examples("tova provision pipeline.tova --dry-run", "tova provision --env staging"),
    )
    .action(async (file: string | undefined, options) => {
      await run(
        provision({ ...context, ...options, file: file ?? (await findSource(context.cwd)) }),
      );
    });
}

/** Adds `tova migrate`. */
export function addMigrate(program: Command, context: CommandContext, run: Run): void {
  program
    .command("migrate")
    .description("apply migrations/*.sql to the databases of a program")
    .argument("[file]", fileHelp)
    .option("--local", "to those that tova dev uses")
    .option("--in <folder>", "to the files of Deno's and Bun's workers in a folder", parseFolder)
    .option("--remote", "to those on Cloudflare")
    .option("-e, --env <name>", "an [env.<name>] of the deploy file")
    .option(...buildFolderOption)
    .option("--no-build", "use the wrangler files of the last build")
    .option(...timeoutOption, parseTimeout)
    .addHelpText(
      "after",
      examples("tova migrate pipeline.tova --local", "tova migrate --remote --env staging"),
    )
    .action(async (file: string | undefined, options) => {
      await run(migrate({ ...context, ...options, file: file ?? (await findSource(context.cwd)) }));
    });
}

/** Adds `tova secrets`. */
export function addSecrets(program: Command, context: CommandContext, run: Run): void {
  program
    .command("secrets")
    .description("set the secrets of deployed workers, without showing any")
    .argument("[file]", fileHelp)
    .option(...blockOption)
    .option("-e, --env <name>", "an [env.<name>] of the deploy file")
    .option("--from <file>", "NAME=value lines or JSON (default: variables of the environment)")
    .option(...timeoutOption, parseTimeout)
    .addHelpText(
      "after",
      examples("tova secrets pipeline.tova --block api --env staging --from .env.staging"),
    )
    .action(async (file: string | undefined, options) => {
      await run(secrets({ ...context, ...options, file: file ?? (await findSource(context.cwd)) }));
    });
}
