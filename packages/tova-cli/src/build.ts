// A `.tova` file in; its workers, source maps and wrangler files in the output folder out.
import { basename, dirname, join, relative, resolve } from "node:path";
import type { Worker } from "tova-codegen";
import { type Artefact, writeArtefacts } from "./artefacts";
import { type BlockChoice, type Compiled, compileSource } from "./compiled";
import { removeGone } from "./gone";
import { consoleLogger, type Logger } from "./logger";
import type { OutputOptions } from "./options";
import { type ExitCode, guarded } from "./report";
import { outputFolder, posixPath, readSource, type Source, shownPath } from "./source";

/** What `build` may be told. */
export interface BuildOptions extends OutputOptions {
  /** Only these blocks; null or `"default"` for an unnamed one. @default all */
  readonly block?: BlockChoice;
  /** Whether unknown names and mismatched types are errors. @default false */
  readonly strict?: boolean | undefined;
}

/** What came of a build. */
export interface BuildResult {
  readonly exitCode: ExitCode;
  /** Absolute paths of all outputs, also of those that were up to date; empty on an error. */
  readonly files: readonly string[];
}

/** Maps name the sources as seen from the program; written, as seen from the map's own folder. */
function relocateMap(map: string, source: Source, folder: string): string {
  const parsed = JSON.parse(map) as { readonly sources: readonly string[] };
  const sources = parsed.sources.map((name) =>
    posixPath(relative(folder, resolve(source.folder, name))),
  );
  return JSON.stringify({ ...parsed, sources });
}

/** The code and its map, under the name of the code. */
function codeArtefacts(
  { code, map }: { readonly code: string; readonly map: string },
  path: string,
  source: Source,
): readonly Artefact[] {
  return [
    { path: `${path}.map`, text: relocateMap(map, source, dirname(path)) },
    { path, text: code },
  ];
}

/** What a platform's tool uploads: the code under a name of the platform's; null where it takes the code as it is. */
export function uploadedCode({ code, outline: { upload } }: Worker) {
  if (upload === null) return null;
  const map = `${basename(upload.main)}.map\n`;
  return {
    fileName: upload.main,
    text: code.replace(/(?<=sourceMappingURL=)\S+\s*$/, map),
  };
}

function uploadArtefacts(worker: Worker, folder: string, source: Source): readonly Artefact[] {
  const uploaded = uploadedCode(worker);
  if (uploaded === null) return [];
  const { fileName, text: code } = uploaded;
  return codeArtefacts({ code, map: worker.map }, join(folder, fileName), source);
}

/** The config comes last: whoever sees the new one finds the worker it names. */
function artefactsOf({ source, result }: Compiled, folder: string): readonly Artefact[] {
  const workers = result.workers.flatMap((worker) => [
    ...codeArtefacts(worker, join(folder, worker.fileName), source),
    ...uploadArtefacts(worker, folder, source),
    ...[worker.types, ...worker.files, worker.config].flatMap((file) =>
      file === null ? [] : [{ path: join(folder, file.fileName), text: file.text }],
    ),
  ]);
  if (result.program === null) return workers;
  return [...workers, ...codeArtefacts(result.program, join(folder, `${source.stem}.js`), source)];
}

/**
 * Writes a compiled program. The files of one block are independent of those of another, so that
 * builds of single blocks may run at the same time.
 * @throws ProblemError when something cannot be written; then nothing has changed
 */
export async function writeProgram(
  compiled: Compiled,
  options: { readonly outDir: string; readonly cwd: string; readonly log: Logger },
): Promise<readonly string[]> {
  const shown = (path: string) => shownPath(path, options.cwd);
  const artefacts = artefactsOf(compiled, options.outDir);
  const written = await writeArtefacts(options.outDir, artefacts, shown);
  for (const { path, bytes, changed } of written) {
    options.log.info(`${shown(path)}  ${bytes} bytes${changed ? "" : " (unchanged)"}`);
  }
  return written.map(({ path }) => path);
}

/**
 * Builds a program, wholly or one block of it. Never throws: what is wrong is shown on the logger.
 * Warnings are shown and do not stop it; on an error nothing is written.
 */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const { cwd = process.cwd(), log = consoleLogger } = options;
  return guarded<BuildResult>(
    log,
    async () => {
      const source = await readSource(options.file, cwd);
      const outDir = outputFolder(source, options.outDir, cwd);
      const request = { outDir, block: options.block, strict: options.strict, cwd, log };
      const { compiled, all } = await compileSource(source, request);
      if (compiled === null || all === null) return { exitCode: 1, files: [] };
      const files = await writeProgram(compiled, { outDir, cwd, log });
      for (const path of await removeGone(outDir, source, all.result.workers)) {
        log.info(`${shownPath(path, cwd)}  removed, no block makes it any more`);
      }
      return { exitCode: 0, files };
    },
    (exitCode) => ({ exitCode, files: [] }),
  );
}
