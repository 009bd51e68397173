// The files that a tool reads in, a folder of their own with them out.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A worker's code and what runs it; made by {@link writeCode}. */
export interface CodeFolder {
  /** Absolute. */
  readonly path: string;
  remove(): Promise<void>;
}

/** Writes files, by their names, into a new folder. */
export async function writeCode(
  target: string,
  files: Readonly<Record<string, string>>,
): Promise<CodeFolder> {
  const path = await mkdtemp(join(tmpdir(), `tova-${target}-`));
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
