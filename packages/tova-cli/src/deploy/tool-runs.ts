// A worker for another platform than Cloudflare in, the runs of its platform's tool that deploy it out; pure.
import { stringify } from "smol-toml";
import { type BlockOutline, secretParameter, type Worker } from "tova-codegen";
import { outlineIn } from "../compiled";

/** A platform's own tool. */
export interface DeployTool {
  /** Of the program. */
  readonly name: string;
  /** A sentence on how to get it. */
  readonly install: string;
}

/** One run of a tool. */
export interface ToolRun {
  readonly tool: DeployTool;
  readonly args: readonly string[];
  /** Where it runs, from the output folder. */
  readonly folder: string;
  /** Given on its standard input, never shown. */
  readonly input?: string;
  /** A file that holds values nobody may see: it is there only while the tool runs. */
  readonly hidden?: { readonly option: string; readonly name: string; readonly text: string };
}

/** How a worker is deployed. */
export interface ToolPlan {
  /** In turn. */
  readonly runs: readonly ToolRun[];
  /** What a dry run starts, beside showing the runs. */
  readonly dry: readonly ToolRun[];
  /** Files of the output folder that must stand in a folder of their own first, by their new places. */
  readonly copies: ReadonlyMap<string, string>;
}

/** What of the options of `deploy` reaches the tools. */
export interface ToolOptions {
  readonly env: string | undefined;
  readonly preview: boolean;
  /** Passed on as they are. */
  readonly args: readonly string[];
  /** By name, of the whole program. */
  readonly secrets: ReadonlyMap<string, string>;
}

type Planner = (worker: Worker, outline: BlockOutline, options: ToolOptions) => ToolPlan;

const planners: Readonly<Record<string, Planner>> = { lambda, vercel, deno, bun };

/** Plans the deployment of a worker that is not for Cloudflare. */
export function planTool(worker: Worker, options: ToolOptions): ToolPlan {
  const plan = planners[worker.target];
  if (plan === undefined) throw new Error(`no tool deploys to ${worker.target}`);
  return plan(worker, outlineIn(worker, options.env), options);
}

/** Secrets of a worker: those that it declares, and what Vercel calls its schedules with. */
export const takenSecrets = ({ target, secrets, crons }: BlockOutline): readonly string[] =>
  target === "vercel" && crons.length > 0 ? [...secrets, "CRON_SECRET"] : secrets;

/** The secrets of a worker that there are values for; an empty value is none. */
function secretsOf(outline: BlockOutline, given: ToolOptions["secrets"]) {
  return takenSecrets(outline).flatMap((name): readonly (readonly [string, string])[] => {
    const value = given.get(name) ?? "";
    return value === "" ? [] : [[name, value]];
  });
}

const none: ReadonlyMap<string, string> = new Map();

// ── Lambda ─────────────────────────────────────────────────────────

const sam: DeployTool = {
  name: "sam",
  install:
    "Install the AWS SAM CLI: docs.aws.amazon.com/serverless-application-model/latest/developerguide/install-sam-cli.html.",
};

/** As `sam` reads them in its configuration: quotes and backslashes escaped (samconfig.toml). */
const override = (name: string, value: string): string =>
  `${name}="${value.replace(/["\\]/g, "\\$&")}"`;

function lambda({ files }: Worker, outline: BlockOutline, options: ToolOptions): ToolPlan {
  const { workerName, upload, configFile, secrets } = outline;
  const { env, args } = options;
  const folder = upload?.folder ?? ".";
  const wanted = env === undefined ? configFile : (files.find(isOf(env))?.fileName ?? configFile);
  const template = ["--template-file", (wanted ?? "").slice(folder.length + 1)];
  const values = secretsOf(outline, options.secrets).map(([name, value]) =>
    override(secretParameter(secrets, name), value),
  );
  const overrides = {
    default: { deploy: { parameters: { parameter_overrides: values.join(" ") } } },
  };
  const text = stringify({ version: 0.1, ...overrides });
  const run: ToolRun = {
    tool: sam,
    folder,
    args: [
      ...["deploy", ...template, "--stack-name", workerName],
      ...["--capabilities", "CAPABILITY_IAM", "--resolve-s3"],
      ...["--no-confirm-changeset", "--no-fail-on-empty-changeset"],
      ...args,
    ],
    ...(values.length === 0
      ? {}
      : { hidden: { option: "--config-file", name: "samconfig.toml", text } }),
  };
  const check: ToolRun = { tool: sam, folder, args: ["validate", "--lint", ...template] };
  return { runs: [run], dry: [check], copies: none };
}

const isOf =
  (env: string) =>
  ({ fileName }: { readonly fileName: string }): boolean =>
    fileName.endsWith(`.${env}.yaml`);

// ── Vercel ─────────────────────────────────────────────────────────

const vercelTool: DeployTool = {
  name: "vercel",
  install: "Run `npm install --save-dev vercel`, then `npx vercel login` or set VERCEL_TOKEN.",
};

function vercel(_: Worker, outline: BlockOutline, options: ToolOptions): ToolPlan {
  const { workerName, upload, env: variables } = outline;
  const { env, preview, args } = options;
  const folder = upload?.folder ?? ".";
  const place = preview ? "preview" : (env ?? "production");
  const target = preview ? [] : env === undefined ? ["--prod"] : [`--target=${env}`];
  const run = (...given: string[]): ToolRun => ({ tool: vercelTool, folder, args: given });
  const given = secretsOf(outline, options.secrets);
  const settings = variables.flatMap(({ name, default: value }) =>
    value === null ? [] : ["--env", `${name}=${value}`],
  );
  const runs = [
    // Without it the project would be named after the folder.
    run("link", "--yes", "--project", workerName),
    ...given.map(([name, input]) => ({
      ...run("env", "add", name, place, "--sensitive", "--force"),
      input,
    })),
    run("deploy", "--prebuilt", "--yes", ...target, ...settings, ...args),
  ];
  return { runs, dry: [], copies: none };
}

// ── Deno and Bun ───────────────────────────────────────────────────

const denoTool: DeployTool = {
  name: "deno",
  install:
    "Run `npm install --save-dev deno`, or see docs.deno.com/runtime/getting_started/installation.",
};

/** Deno Deploy takes all of a folder: it gets one with nothing but the worker's own files. */
function deno({ fileName, config }: Worker, outline: BlockOutline, options: ToolOptions): ToolPlan {
  const { preview, args } = options;
  const folder = fileName.replace(/\.js$/, ".deno");
  const copies = new Map([[fileName, `${folder}/main.js`]]);
  if (config !== null) copies.set(config.fileName, `${folder}/deno.json`);
  const where = preview ? [] : ["--prod"];
  const run = ["deploy", "--app", outline.workerName, ...where, ...args];
  return { runs: [{ tool: denoTool, folder, args: run }], dry: [], copies };
}

const bunTool: DeployTool = {
  name: "bun",
  install: "Run `npm install --save-dev bun`, or see bun.com/docs/installation.",
};

/** Bun has no platform of its own: what is deployed is a program that needs nothing installed. */
function bun({ fileName }: Worker, outline: BlockOutline, { args }: ToolOptions): ToolPlan {
  const run = ["build", "--compile", "--outfile", outline.workerName, ...args, fileName];
  return { runs: [{ tool: bunTool, folder: ".", args: run }], dry: [], copies: none };
}
