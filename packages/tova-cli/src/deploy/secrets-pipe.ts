// Values of secrets in, a path from which wrangler can read them once out: they are on no disk.
import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ProblemError, problems } from "../problems";
import type { SecretValues } from "../secrets-file";

const run = promisify(execFile);

/** Opening the other end lets a writer go on that nobody reads. */
async function release(path: string): Promise<void> {
  const reader = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  await reader.close();
}

async function withPipe<T>(text: string, use: (path: string) => Promise<T>): Promise<T> {
  // Readable by this user only.
  const folder = await mkdtemp(join(tmpdir(), "tova-secrets-"));
  const path = join(folder, "secrets.json");
  try {
    await run("mkfifo", ["-m", "600", path]);
    const written = writeFile(path, text).catch(() => undefined);
    try {
      return await use(path);
    } finally {
      await release(path);
      await written;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Lends a file of the secrets that one worker declares, and of no others: wrangler gives a worker
 * all that it finds. It is a named pipe. Windows has none in its file system, so that there the
 * user's own file must be of this worker alone.
 * @param use given undefined when there is nothing to give
 * @throws ProblemError on Windows, for a file that has more
 */
export async function withSecretsFile<T>(
  {
    given,
    declared,
    worker,
  }: {
    readonly given: (SecretValues & { readonly path: string }) | null;
    readonly declared: readonly string[];
    readonly worker: string;
  },
  use: (path: string | undefined) => Promise<T>,
): Promise<T> {
  const own = [...(given?.values ?? [])].filter(
    ([name, value]) => declared.includes(name) && value !== "",
  );
  if (given === null || own.length === 0) return use(undefined);
  if (process.platform !== "win32") return withPipe(JSON.stringify(Object.fromEntries(own)), use);
  const others = [...given.values.keys()].filter((name) => !declared.includes(name));
  if (others.length === 0) return use(given.path);
  throw new ProblemError(problems.foreignSecrets({ worker, names: others, from: given.from }));
}
