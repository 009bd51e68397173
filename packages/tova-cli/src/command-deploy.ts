// The commands that change what answers, added to the `tova` command line out.
import type { Command } from "commander";
import {
  blockOption,
  buildFolderOption,
  type CommandContext,
  examples,
  fileHelp,
  parseTimeout,
  type Run,
  timeoutOption,
} from "./command-context";
import { deploy } from "./deploy/deploy";
import { rollback } from "./deploy/rollback";
import { findSource } from "./find-source";

/** Adds `tova deploy`. */
export function addDeploy(program: Command, context: CommandContext, run: Run): void {
  program
    .command("deploy")
    .description("build, check everything, then deploy with the tools of the platforms")
    .argument("[file]", fileHelp)
    .usage("[options] [file] [-- arguments for the platform's tool]")
    .option(...blockOption)
    .option("-e, --env <name>", "an [env.<name>] of the deploy file")
    .option("--dry-run", "everything but the upload; works offline")
    .option("--preview", "upload versions that answer at addresses of their own only")
    .option("--secrets-file <file>", "values of the secrets, as NAME=value lines or JSON")
    .option("-m, --message <text>", "why; Cloudflare keeps it with the version")
    .option("--adopt", "deploy over a worker of this name that was not deployed from here")
    .option("--skip-migrations-check", "the tables are made elsewhere")
    .option(...buildFolderOption)
    .option("--no-build", "deploy what the last build wrote")
    .option(...timeoutOption, parseTimeout)
    .addHelpText(
      "after",
      examples(
        "tova deploy pipeline.tova --dry-run",
        "tova deploy pipeline.tova --block api --env staging",
        "tova deploy pipeline.tova --secrets-file .prod.vars",
        "tova deploy pipeline.tova --preview",
        "tova deploy pipeline.tova -- --minify",
      ),
    )
    .action(async (given: string | undefined, options) => {
      const file = given ?? (await findSource(context.cwd));
      await run(deploy({ ...context, ...options, file, args: context.toolArgs }));
    });
}

/** Adds `tova rollback`. */
export function addRollback(program: Command, context: CommandContext, run: Run): void {
  program
    .command("rollback")
    .description("let the version answer that did before, with wrangler")
    .argument("[file]", fileHelp)
    .option(...blockOption)
    .option("-e, --env <name>", "an [env.<name>] of the deploy file")
    .option("--to <version>", "id of a version of one block, or its beginning")
    .option("--dry-run", "show what would answer, change nothing")
    .option("-m, --message <text>", "why; Cloudflare keeps it with the deployment")
    .option(...timeoutOption, parseTimeout)
    .addHelpText(
      "after",
      examples(
        "tova rollback pipeline.tova --block api --dry-run",
        "tova rollback pipeline.tova --block api --to 8f2c51d0",
      ),
    )
    .action(async (file: string | undefined, options) => {
      await run(
        rollback({ ...context, ...options, file: file ?? (await findSource(context.cwd)) }),
      );
    });
}
