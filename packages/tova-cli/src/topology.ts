// A `.tova` file in; its system as a tree for the terminal and as picture, Mermaid text and JSON out.
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  outline,
  renderMermaid,
  renderSvg,
  renderTree,
  type Topology,
  topologyOf,
} from "tova-codegen";
import { type Artefact, writeArtefacts } from "./artefacts";
import { tovaCommand } from "./command-line";
import { consoleLogger, type Logger } from "./logger";
import type { ProgramOptions } from "./options";
import { ProblemError, problems } from "./problems";
import { type ExitCode, guarded, reportDiagnostics } from "./report";
import { diagnosedTexts, readSource, type Source, shownPath } from "./source";

/** What `topology` may be told. */
export interface TopologyOptions extends ProgramOptions {
  /** @default a folder named after the program in `.tova-out` beside the source */
  readonly outDir?: string | undefined;
  /** An `[env.<name>]` of the deploy file. @default production */
  readonly env?: string | undefined;
  /** Write nothing; fail unless the files are there as they would be written. @default false */
  readonly check?: boolean | undefined;
}

/** What came of it. */
export interface TopologyResult {
  readonly exitCode: ExitCode;
  /** Absolute paths of the three files; empty on an error. */
  readonly files: readonly string[];
}

/** Several programs may share a folder, and the files have the same names for all. */
const defaultFolder = ({ folder, stem }: Source): string => join(folder, ".tova-out", stem);

function artefactsOf(topology: Topology, folder: string): readonly Artefact[] {
  return [
    { path: join(folder, "topology.json"), text: `${JSON.stringify(topology, null, 2)}\n` },
    { path: join(folder, "topology.mmd"), text: renderMermaid(topology) },
    { path: join(folder, "topology.svg"), text: renderSvg(topology) },
  ];
}

/** The topology of a program as far as its outline tells; null when that has errors, which are shown. */
function readTopology(source: Source, env: string | undefined, log: Logger): Topology | null {
  const found = outline(source.text, {
    fileName: source.name,
    ...(source.deploy === null ? {} : { deploy: source.deploy }),
    ...(env === undefined ? {} : { environment: env }),
  });
  if (reportDiagnostics(log, found.diagnostics, diagnosedTexts(source))) return null;
  if (found.blocks.length === 0)
    throw new ProblemError(problems.nothingToDraw({ path: source.name }));
  return topologyOf(found, env ?? null);
}

async function checkArtefacts(
  artefacts: readonly Artefact[],
  command: string,
  shown: (path: string) => string,
): Promise<void> {
  const present = await Promise.all(
    artefacts.map(({ path }) => readFile(path, "utf8").catch(() => null)),
  );
  const stale = artefacts.filter(({ text }, at) => text !== present[at]);
  if (stale.length === 0) return;
  const files = stale.map(({ path }) => shown(path));
  throw new ProblemError(problems.staleTopology({ files, command }));
}

const commandFor = ({ file, outDir, env }: TopologyOptions): string =>
  tovaCommand("topology", file, { "out-dir": outDir, env });

/**
 * Shows a program as a system and writes `topology.svg`, `topology.mmd` and `topology.json`. Only
 * the program and its deploy file are read. Never throws: what is wrong is shown on the logger, and
 * nothing is written.
 */
export async function topology(options: TopologyOptions): Promise<TopologyResult> {
  const { file, outDir, env, check = false, cwd = process.cwd(), log = consoleLogger } = options;
  const shown = (path: string) => shownPath(path, cwd);
  return guarded<TopologyResult>(
    log,
    async () => {
      const source = await readSource(file, cwd);
      const found = readTopology(source, env, log);
      if (found === null) return { exitCode: 1, files: [] };
      const folder = outDir === undefined ? defaultFolder(source) : resolve(cwd, outDir);
      const artefacts = artefactsOf(found, folder);
      if (check) await checkArtefacts(artefacts, commandFor(options), shown);
      else await writeArtefacts(folder, artefacts, shown);
      log.info(renderTree(found, { color: log.color ?? false }));
      const files = artefacts.map(({ path }) => path);
      log.info(`\n${files.map(shown).join("\n")}`);
      return { exitCode: 0, files };
    },
    (exitCode) => ({ exitCode, files: [] }),
  );
}
