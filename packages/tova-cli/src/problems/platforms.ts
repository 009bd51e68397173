// Messages on deploying to other platforms than Cloudflare.
import { problem } from "./problem";

/** Arguments of messages about one worker of a platform. */
export interface PlatformArgs {
  worker: string;
  target: string;
}

/** Part of `problems`. */
export const platformProblems = {
  noDeployTool: problem<{ name: string; install: string }>(
    "T100",
    "error",
    ({ name }) => `\`${name}\`, which deploys such workers, is not installed.`,
    ({ install }) => install,
  ),
  toolFailed: problem<{ worker: string; tool: string; exitCode: number }>(
    "T101",
    "error",
    ({ worker, tool, exitCode }) =>
      `\`${tool}\` ended with exit code ${exitCode} for \`${worker}\`.`,
    () => "What it did before stays; run the same command again when its reason is gone.",
  ),
  toolTimedOut: problem<{ worker: string; tool: string }>(
    "T102",
    "error",
    ({ worker, tool }) => `\`${tool}\` did not end in time for \`${worker}\` and was stopped.`,
    () => "What it did until then is not known; run the same command again to finish.",
  ),
  noPreview: problem<PlatformArgs>(
    "T103",
    "error",
    ({ worker, target }) => `\`${worker}\` cannot be previewed: ${target} has no previews.`,
    () => "Choose other blocks with --block, or deploy to an environment with --env.",
  ),
  oneVercelProject: problem<{ workers: readonly string[] }>(
    "T104",
    "error",
    ({ workers }) =>
      `VERCEL_PROJECT_ID names one project, in which ${workers.join(" and ")} would replace each other.`,
    () => "Unset it, so that each gets a project of its own; or choose one with --block.",
  ),
  secretsElsewhere: problem<PlatformArgs & { names: readonly string[] }>(
    "T105",
    "warning",
    ({ worker, names, target }) =>
      `${names.join(", ")} of \`${worker}\` cannot be set from here on ${target}.`,
    ({ target }) =>
      target === "deno"
        ? "Set them in the app's settings, or with `deno deploy env`."
        : "Set them in the environment of the process that runs it.",
  ),
  argumentsOfMany: problem<{ tools: readonly string[] }>(
    "T106",
    "error",
    ({ tools }) => `Arguments after \`--\` are for one tool, but ${tools.join(" and ")} would run.`,
    () => "Choose blocks of one platform with --block.",
  ),
  onlyCloudflare: problem<PlatformArgs & { tool: string; instead: string }>(
    "T107",
    "error",
    ({ worker, target, tool }) =>
      `\`tova ${tool}\` is for workers on Cloudflare; \`${worker}\` is for ${target}.`,
    ({ instead }) => instead,
  ),
};
