// Compiled workers in, everything that must be put right before wrangler may start out.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { BlockOutline, Resource } from "tova-codegen";
import { type Compiled, outlineIn } from "./compiled";
import { type Problem, problems } from "./problems";

/** What a deployment is of, made by `deploy`. */
export interface Deployment {
  readonly compiled: Compiled;
  /** One of the deploy file's environments; absent for the plain one. */
  readonly env: string | undefined;
}

const deployFile = ({ source }: Compiled): string =>
  source.deploy?.fileName ?? `${source.stem}.deploy.toml`;

/** A KV namespace has no name but the one it is created with, so an environment's needs its own. */
const createCommands = {
  kv: ({ binding }: Resource, env: string | undefined) =>
    `npx wrangler kv namespace create ${binding}${env === undefined ? "" : `-${env}`}`,
  sql: ({ name, binding }: Resource) => `npx wrangler d1 create ${name ?? binding}`,
  storage: ({ id }: Resource) => `npx wrangler r2 bucket create ${id}`,
  produces: ({ id }: Resource) => `npx wrangler queues create ${id}`,
};

const nouns = {
  kv: "KV namespace",
  sql: "D1 database",
  storage: "R2 bucket",
  produces: "queue",
};

/** Where the deploy file keeps each kind's ids (docs/deploy-file.md). */
const sections = { kv: "kv", sql: "sql", storage: "storage", produces: "queue" };

const kinds = ["kv", "sql", "storage", "produces"] as const;

/**
 * A worker whose resource has only a placeholder for an id: wrangler would send it, after having
 * made buckets (measured on wrangler 4.86).
 */
function placeholders(outline: BlockOutline, file: string, env: string | undefined): Problem[] {
  const table = env === undefined ? "" : `env.${env}.`;
  return kinds.flatMap((kind) =>
    outline[kind]
      .filter(({ placeholder }) => placeholder)
      .map((resource) =>
        problems.placeholder({
          worker: outline.projectName,
          what: `${nouns[kind]} ${resource.binding}`,
          command: createCommands[kind](resource, env),
          where: `under [${table}${sections[kind]}.${resource.binding}] in ${file}`,
        }),
      ),
  );
}

async function hasMigrations(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  return names.some((name) => name.endsWith(".sql"));
}

/** Databases whose tables no migration makes, each once. */
export async function missingMigrations({ compiled, env }: Deployment): Promise<Problem[]> {
  const { source, result } = compiled;
  if (source.migrations !== null && (await hasMigrations(source.migrations))) return [];
  const folder = "migrations";
  const workers = result.workers.map((worker) => outlineIn(worker, env));
  const owners = new Map<string, string>();
  for (const { projectName, sql } of workers.toReversed()) {
    for (const { binding } of sql) owners.set(binding, projectName);
  }
  return [...owners].map(([binding, worker]) => problems.noMigrations({ worker, binding, folder }));
}

/** Resources without an id, each once however many workers share it. */
export function missingIds({ compiled, env }: Deployment): Problem[] {
  const seen = new Set<string | undefined>();
  return compiled.result.workers
    .flatMap((worker) => placeholders(outlineIn(worker, env), deployFile(compiled), env))
    .filter(({ help }) => !seen.has(help) && seen.add(help));
}

/** An environment that the deploy file does not have. */
export function unknownEnvironment({ compiled, env }: Deployment): Problem[] {
  const known = compiled.result.environments;
  if (env === undefined || known.includes(env)) return [];
  return [problems.unknownEnvironment({ env, known, file: deployFile(compiled) })];
}

/** Files that a build should have left in the output folder. */
export async function missingOutputs({ compiled }: Deployment, outDir: string): Promise<Problem[]> {
  const present = new Set(await readdir(outDir).catch(() => []));
  return compiled.result.workers
    .flatMap(({ fileName, config }) => [fileName, ...(config === null ? [] : [config.fileName])])
    .filter((name) => !present.has(name))
    .map((name) => problems.notBuilt({ path: join(outDir, name) }));
}
