// The text of `<stem>.deploy.toml` → ids, names and routes by environment (docs/deploy-file.md).
import { parse, TomlError } from "smol-toml";
import type { SourceRange } from "tova-parser";
import { type Analysed, Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import { type KeyLocator, keyRanges } from "./key-ranges";
import { type DeployTable, readTable } from "./read-table";

/** Made by `parseDeployFile`, read by the targets. */
export interface DeployFile {
  /** Where a key stands in the text. */
  readonly locate: KeyLocator;
  readonly production: DeployTable;
  /** By the name in `[env.<name>]`, in the order of the file. */
  readonly environments: ReadonlyMap<string, DeployTable>;
}

/** The file that says nothing. */
export const emptyDeployFile: DeployFile = {
  locate: () => ({ from: 0, to: 0 }),
  production: readTable({}, [], { locate: () => ({ from: 0, to: 0 }), findings: new Findings() }),
  environments: new Map(),
};

/** Takes the text; findings have ranges in it. Never throws; what is wrong is left out. */
export function parseDeployFile(text: string): Analysed<DeployFile> {
  const findings = new Findings();
  let root: Record<string, unknown>;
  try {
    root = parse(text.replace(/^\uFEFF/, " "));
  } catch (error) {
    findings.report(errorRange(text, error), codes.deploySyntax({ problem: problemOf(error) }));
    return { value: emptyDeployFile, findings: findings.list };
  }
  const locate = keyRanges(text);
  const context = { locate, findings };
  const environments = new Map<string, DeployTable>();
  const { env = {}, ...production } = root;
  if (typeof env !== "object" || env === null || Array.isArray(env)) {
    findings.report(locate(["env"]), codes.deployValue({ key: "env", expected: "a table" }));
  } else {
    for (const [name, table] of Object.entries(env)) {
      const path = ["env", name];
      if (!/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(name)) {
        findings.report(locate(path), codes.deployEnvironment({ name }));
      } else environments.set(name, readTable(table, path, context));
    }
  }
  const value = { locate, production: readTable(production, [], context), environments };
  return { value, findings: findings.list };
}

/** The first line of the parser's message, without its full stop: the rest is a code frame. */
function problemOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [first = ""] = message.replace(/^Invalid TOML document: /, "").split("\n");
  return first.trim().replace(/\.$/, "");
}

function errorRange(text: string, error: unknown): SourceRange {
  if (!(error instanceof TomlError)) return { from: 0, to: 0 };
  const lines = text.split("\n");
  const before = lines.slice(0, error.line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const from = Math.max(0, Math.min(before + error.column - 1, text.length));
  return { from, to: from };
}
