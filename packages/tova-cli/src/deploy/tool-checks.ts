// Planned deployments by other tools than wrangler in, what stands in their way out; nothing changed.
import { type Compiled, outlineIn } from "../compiled";
import { toolPath } from "../platforms/tool";
import { type Problem, problems } from "../problems";
import type { SecretValues } from "../secrets-file";
import { type Check, counted } from "./check";
import { earlierBuild } from "./local-checks";
import type { DeployStep } from "./plan";
import { checkSizes, readSized } from "./size";
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

/** What is built, and how much room it takes. */
async function outputsChecks(preflight: ToolPreflight): Promise<readonly Check[]> {
  const { compiled, steps } = preflight;
  const workers = steps.map(({ worker }) => worker);
  const only = { ...compiled, result: { ...compiled.result, workers } };
  const { problems: found, isUnbuilt } = await earlierBuild({ ...preflight, compiled: only });
  const fact = isUnbuilt ? "not built" : counted(steps.length, "worker");
  const outputs = { name: "outputs", fact, problems: found };
  if (isUnbuilt) return [outputs];
  return [outputs, ...(await checkSizes(await readSized(steps, preflight)))];
}

/** All variables of a function together (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
const environmentLimit = 4096;

/** Variables of Lambda workers as far as they are known here: addresses of queues are left out. */
function environmentProblems({ steps, env, secrets }: ToolPreflight): Problem[] {
  return steps.flatMap(({ name, worker }) => {
    if (worker.target !== "lambda") return [];
    const outline = outlineIn(worker, env);
    const pairs = [
      ...outline.env.map((one) => [one.name, String(one.default ?? "")] as const),
      ...outline.secrets.map((one) => [one, secrets?.values.get(one) ?? ""] as const),
    ];
    const bytes = pairs.reduce((sum, pair) => sum + Buffer.byteLength(pair.join("")), 0);
    if (bytes <= environmentLimit) return [];
    const [size, limit] = [`${bytes} bytes`, `${environmentLimit} bytes`];
    return [problems.largeEnvironment({ worker: name, size, limit })];
  });
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
    ...(await outputsChecks(preflight)),
    {
      name: "platforms",
      fact: targets.join(", "),
      problems: [...optionProblems(preflight), ...environmentProblems(preflight)],
    },
  ];
}
