// The name of a platform's tool in, the path of its program out.
import { accessSync, constants } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import spawn from "cross-spawn";
import { ProblemError, problems } from "../problems";

/** What to look for, and for whom. */
export interface Tool {
  /** Of the program, and of the npm package that brings it. */
  readonly name: string;
  /** Where it is described how to install it without npm. */
  readonly site: string;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The folders in which npm puts programs, for a folder and those around it. */
function installed(folder: string): string[] {
  const bins = join(folder, "node_modules", ".bin");
  const above = dirname(folder);
  return above === folder ? [bins] : [bins, ...installed(above)];
}

/** Looks for a program as npm does: beside the folder's, in those around it, then on the PATH. */
export function toolPath(name: string, folder: string): string | null {
  const path = (process.env.PATH ?? "").split(delimiter).filter((part) => part !== "");
  const here = [...installed(folder), ...installed(process.cwd()), ...path];
  // npm writes `vercel.cmd` on Windows, which only what `spawnTool` does can start.
  const names = process.platform === "win32" ? [`${name}.exe`, `${name}.cmd`] : [name];
  return here.flatMap((bins) => names.map((one) => join(bins, one))).find(isProgram) ?? null;
}

/** Starts a program that {@link toolPath} has found: on Windows a `.cmd` needs a shell and its quotes. */
export const spawnTool: typeof spawn = spawn;

/**
 * Finds a tool that runs workers.
 * @throws ProblemError when it is nowhere
 */
export function findTool({ name, site }: Tool, folder: string): string {
  const found = toolPath(name, folder);
  if (found === null) throw new ProblemError(problems.noPlatformTool({ name, site }));
  return found;
}
