// `.dev.vars` beside a program in, the values its workers get here and what is amiss out.
import { join } from "node:path";
import { parse } from "dotenv";
import type { BlockOutline } from "tova-codegen";
import { type Problem, problems } from "../problems";
import { readOptionalText, type Source, shownPath } from "../source";

/** Values of `env` and `secret` declarations on this machine. */
export interface Variables {
  /** As shown to the user; the file that is, or would be, read. */
  readonly file: string;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Reads `.dev.vars`; with an environment `.dev.vars.<env>` stands in for it where there is one, as
 * in wrangler (developers.cloudflare.com/workers/configuration/secrets).
 * @throws ProblemError when the file is there but cannot be read
 */
export async function readVariables(
  source: Source,
  env: string | undefined,
  cwd: string,
): Promise<Variables> {
  const names = env === undefined ? [".dev.vars"] : [`.dev.vars.${env}`, ".dev.vars"];
  const files = names.map((name) => join(source.folder, name));
  for (const path of files) {
    const text = await readOptionalText(path, shownPath(path, cwd));
    if (text !== null) return { file: shownPath(path, cwd), values: parse(text) };
  }
  return { file: shownPath(join(source.folder, ".dev.vars"), cwd), values: {} };
}

/** A secret's value: from the file, else from the environment that `tova dev` was started in. */
function secretValue(name: string, { values }: Variables): string {
  return values[name] ?? process.env[name] ?? "";
}

/** What one worker gets; a secret without a value is left out, so that the worker fails closed. */
export function variablesOf(
  outline: BlockOutline,
  variables: Variables,
): Record<string, string | number | boolean> {
  const bound: Record<string, string | number | boolean> = {};
  for (const declared of outline.env) {
    const value = variables.values[declared.name] ?? declared.default;
    if (value !== null) bound[declared.name] = value;
  }
  for (const name of outline.secrets) {
    const value = secretValue(name, variables);
    if (value !== "") bound[name] = value;
  }
  return bound;
}

/** Secrets without a value, and values that no worker reads. */
export function variableProblems(
  outlines: readonly BlockOutline[],
  variables: Variables,
): readonly Problem[] {
  const { file, values } = variables;
  const missing = outlines.flatMap(({ projectName, secrets }) => {
    const names = secrets.filter((name) => secretValue(name, variables) === "");
    return names.length === 0
      ? []
      : [problems.missingSecrets({ worker: projectName, names, file })];
  });
  const declared = new Set(
    outlines.flatMap(({ env, secrets }) => [...env.map(({ name }) => name), ...secrets]),
  );
  const undeclared = Object.keys(values)
    .filter((name) => !declared.has(name))
    .map((name) => problems.undeclaredVariable({ name, file }));
  return [...missing, ...undeclared];
}
