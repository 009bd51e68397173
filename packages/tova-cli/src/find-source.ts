// A folder in, the only `.tova` file in it out.
import { readdir } from "node:fs/promises";
import { ProblemError, problems } from "./problems";

/**
 * The program that a command means when it names none.
 * @throws ProblemError (a usage error) when the folder has none or several
 */
export async function findSource(cwd: string): Promise<string> {
  const entries = await readdir(cwd, { withFileTypes: true }).catch(() => []);
  const files = entries
    .filter((entry) => entry.name.endsWith(".tova") && !entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  if (files.length > 1) throw new ProblemError(problems.manySources({ files }), 2);
  const [file] = files;
  if (file === undefined) throw new ProblemError(problems.noSource({ path: cwd }), 2);
  return file;
}
