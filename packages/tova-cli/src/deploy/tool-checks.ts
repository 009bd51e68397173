// Planned deployments by other tools than wrangler in, what stands in their way out; nothing changed.
import { type Compiled, outlineIn } from "../compiled";
import { toolPath } from "../platforms/tool";
import { type Problem, problems } from "../problems";
import type { SecretValues } from "../secrets-file";
import { shownPath } from "../source";
import { type Check, counted } from "./check";
import { missingOutputs } from "./local-checks";
import type { DeployStep } from "./plan";
import { planTool } from "./tool-runs";

/** What is to be deployed, and how. */
export interface ToolPreflight {
  readonly compiled: Compiled;
  /** Only those of other platforms. */
  readonly steps: readonly DeployStep[];
  readonly env: string | undefined;
  readonly preview: boolean;
  readonly dryRun: boolean;
  readonly build: boolean;
  readonly outDir: string;
  readonly cwd: string;
  readonly secrets: SecretValues | null;
}

/** Every tool once. A dry run does without them. */
function toolsCheck({ compiled, steps, env, preview, dryRun }: ToolPreflight): Check {
  const options = { env, preview, args: [], secrets: new Map<string, string>() };
  const tools = new Map(
    steps
      .flatMap(({ worker }) => planTool(worker, options).runs)
      .map(({ tool }) => [tool.name, tool] as const),
  );
  const missing = [...tools.values()].filter(
    ({ name }) => toolPath(name, compiled.source.folder) === null,
  );
  const found = missing.map((tool) => problems.noDeployTool(tool));
  const severity = dryRun ? "warning" : "error";
  return {
    name: "tools",
    fact: [...tools.keys()].join(", "),
    problems: found.map((one): Problem => ({ ...one, severity })),
  };
}

async function outputsCheck({
  compiled,
  steps,
  build,
  outDir,
  cwd,
}: ToolPreflight): Promise<Check> {
  const workers = steps.map(({ worker }) => worker);
  const only = { ...compiled, result: { ...compiled.result, workers } };
  const missing = build ? [] : await missingOutputs(only, outDir);
  const found = missing.map((path) => problems.notBuilt({ path: shownPath(path, cwd) }));
  const fact = found.length > 0 ? "not built" : counted(steps.length, "worker");
  return { name: "outputs", fact, problems: found };
}

/** What a platform cannot do, and what would reach the wrong place. */
function optionProblems({ steps, preview, secrets, env }: ToolPreflight): Problem[] {
  const unpreviewed = steps.filter(
    ({ worker: { target } }) => preview && (target === "lambda" || target === "bun"),
  );
  const vercel = steps.filter(({ worker: { target } }) => target === "vercel");
  const shared = vercel.length > 1 && (process.env.VERCEL_PROJECT_ID ?? "") !== "";
  const unset = steps.flatMap(({ name, worker }) => {
    const { target } = worker;
    if (target !== "deno" && target !== "bun") return [];
    const names = outlineIn(worker, env).secrets.filter((secret) => secrets?.values.get(secret));
    return names.length === 0 ? [] : [problems.secretsElsewhere({ worker: name, names, target })];
  });
  return [
    ...unpreviewed.map(({ name, worker: { target } }) =>
      problems.noPreview({ worker: name, target }),
    ),
    ...(shared ? [problems.oneVercelProject({ workers: vercel.map(({ name }) => name) })] : []),
    ...unset,
  ];
}

/** Makes all checks; none without steps. */
export async function runToolChecks(preflight: ToolPreflight): Promise<readonly Check[]> {
  if (preflight.steps.length === 0) return [];
  const targets = [...new Set(preflight.steps.map(({ worker }) => worker.target))];
  return [
    toolsCheck(preflight),
    await outputsCheck(preflight),
    { name: "platforms", fact: targets.join(", "), problems: optionProblems(preflight) },
  ];
}
