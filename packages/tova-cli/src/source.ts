// A path to a `.tova` file in; its text, its deploy file and where its migrations are out.
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { CompileOptions } from "tova-codegen";
import { ProblemError, problems } from "./problems";

/** A program as it lies on disk, made by {@link readSource}. */
export interface Source {
  /** Absolute. */
  readonly path: string;
  readonly folder: string;
  /** `pipeline` of `pipeline.tova`. */
  readonly stem: string;
  /** Relative to the working directory where that is shorter, as diagnostics show it. */
  readonly name: string;
  readonly text: string;
  /** `<stem>.deploy.toml` beside it, when there is one. */
  readonly deploy: { readonly fileName: string; readonly text: string } | null;
  /** `migrations` beside it, absolute, when it holds `.sql` files: Git keeps no empty folder. */
  readonly migrations: string | null;
}

/** A path with the separators of URLs, import paths and config files. */
export const posixPath = (path: string): string => path.split(sep).join("/");

/** A path as a user would write it: relative to `cwd` unless that leads out of it. */
export function shownPath(path: string, cwd: string): string {
  const shown = relative(cwd, path);
  return shown === "" ? "." : posixPath(shown.startsWith("..") ? path : shown);
}

async function unreadable(error: NodeJS.ErrnoException, path: string, shown: string) {
  if (error.code === "EISDIR") return problems.isFolder({ path: shown });
  if (error.code !== "ENOENT" && error.code !== "ENOTDIR" && error.code !== "ELOOP") {
    return problems.unreadable({ path: shown, reason: error.code ?? error.message });
  }
  const entry = await lstat(path).catch(() => null);
  if (entry?.isSymbolicLink()) {
    return problems.brokenLink({ path: shown, target: await readlink(path) });
  }
  return problems.noFile({ path: shown });
}

/**
 * Reads UTF-8 text without its byte order mark.
 * @throws ProblemError when there is no such file, it cannot be read or is not text
 */
export async function readText(path: string, shown: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new ProblemError(await unreadable(error as NodeJS.ErrnoException, path, shown));
  }
  if (bytes.includes(0)) throw new ProblemError(problems.notText({ path: shown }));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ProblemError(problems.notText({ path: shown }));
  }
}

/** As {@link readText}, but null when nothing has this name. */
export async function readOptionalText(path: string, shown: string): Promise<string | null> {
  const entry = await lstat(path).catch(() => null);
  return entry === null ? null : readText(path, shown);
}

/**
 * Reads a program and what lies beside it.
 * @throws ProblemError when a file cannot be read or holds nothing
 */
export async function readSource(file: string, cwd: string): Promise<Source> {
  const path = resolve(cwd, file);
  const name = shownPath(path, cwd);
  const text = await readText(path, name);
  if (!path.endsWith(".tova")) throw new ProblemError(problems.notTova({ path: name }));
  if (text.trim() === "") throw new ProblemError(problems.emptyFile({ path: name }));
  const deployPath = deployPathOf(path);
  const deploy = await readOptionalText(deployPath, shownPath(deployPath, cwd));
  return placeSource(path, { text, deploy }, cwd);
}

/** Where the deploy file of a program is, or would be; both paths absolute. */
export const deployPathOf = (path: string): string => path.replace(/\.tova$/, ".deploy.toml");

/** The deploy file of a program, which need not be there, as messages name it. */
export const deployFileOf = ({ deploy, path }: Source): string =>
  deploy?.fileName ?? basename(deployPathOf(path));

/**
 * A program whose texts have been read.
 * @param path absolute
 * @param texts of the program, and of its deploy file where there is one
 */
export async function placeSource(
  path: string,
  { text, deploy }: { readonly text: string; readonly deploy: string | null },
  cwd: string,
): Promise<Source> {
  const folder = dirname(path);
  const migrations = join(folder, "migrations");
  const inMigrations = await readdir(migrations).catch(() => []);
  return {
    path,
    folder,
    stem: basename(path, ".tova"),
    name: shownPath(path, cwd),
    text,
    deploy: deploy === null ? null : { fileName: shownPath(deployPathOf(path), cwd), text: deploy },
    migrations: inMigrations.some((name) => name.endsWith(".sql")) ? migrations : null,
  };
}

/** Where a program's output goes unless the user says otherwise. */
export function outputFolder(source: Source, outDir: string | undefined, cwd: string): string {
  return outDir === undefined ? join(source.folder, ".tova-out") : resolve(cwd, outDir);
}

/** What the compiler is told of a program. */
export function compileOptions(source: Source, outDir: string): CompileOptions {
  return {
    fileName: source.name,
    ...(source.deploy === null ? {} : { deploy: source.deploy }),
    ...(source.migrations === null
      ? {}
      : { migrationsDir: posixPath(relative(outDir, source.migrations)) }),
  };
}

/** The texts that diagnostics of a program point into, by the names they use. */
export function diagnosedTexts(source: Source): Record<string, string> {
  return {
    [source.name]: source.text,
    ...(source.deploy === null ? {} : { [source.deploy.fileName]: source.deploy.text }),
  };
}
