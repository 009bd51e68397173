// A file of secrets or the environment in, values by name out; no value ever leaves in a message.
import { resolve } from "node:path";
import { parse } from "dotenv";
import { ProblemError, problems } from "./problems";
import { readText } from "./source";

/** Values and where they come from, as shown to the user. */
export interface SecretValues {
  readonly from: string;
  readonly values: ReadonlyMap<string, string>;
}

function fromJson(text: string, path: string): [string, string][] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // The parser's message would quote the text.
    throw new ProblemError(problems.badSecrets({ path, reason: "it is not valid JSON" }));
  }
  const entries = Object.entries(content as Record<string, unknown>);
  const wrong = entries.filter(([, value]) => typeof value !== "string").map(([name]) => name);
  if (wrong.length > 0) {
    const reason = `${wrong.join(", ")} must be text`;
    throw new ProblemError(problems.badSecrets({ path, reason }));
  }
  return entries as [string, string][];
}

/**
 * Reads `NAME=value` lines or a JSON object, the two forms that wrangler takes.
 * @throws ProblemError when there is no such file or it has neither form
 */
async function readSecretsFile(file: string, cwd: string): Promise<SecretValues> {
  const text = await readText(resolve(cwd, file), file);
  const entries = text.trimStart().startsWith("{")
    ? fromJson(text, file)
    : Object.entries(parse(text));
  if (entries.length === 0) {
    const reason = "it has no NAME=value line";
    throw new ProblemError(problems.badSecrets({ path: file, reason }));
  }
  return { from: file, values: new Map(entries) };
}

/** The declared secrets that this process has in its environment, as CI gives them. */
export function secretsOfEnvironment(declared: readonly string[]): SecretValues {
  const found = declared.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { from: "the environment", values: new Map(found) };
}

/**
 * Reads a file of secrets for a program.
 * @param program its declared secrets, and its path for messages
 * @throws ProblemError as {@link readSecretsFile}, and for names that no block declares
 */
export async function readDeclared(
  from: string,
  cwd: string,
  { declared, path }: { readonly declared: readonly string[]; readonly path: string },
): Promise<SecretValues> {
  const given = await readSecretsFile(from, cwd);
  const names = [...given.values.keys()].filter((name) => !declared.includes(name));
  if (names.length > 0) throw new ProblemError(problems.undeclaredSecrets({ names, from, path }));
  return given;
}
