// A deploy file and the program → findings on entries for names that the program does not have.
import { type Finding, Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import type { Program } from "../model/program";
import type { DeployFile } from "./deploy-file";
import type { DeployTable } from "./read-table";

type Section = "kv" | "sql" | "storage" | "queue" | "vars" | "workers";

const nouns: Readonly<Record<Section, string>> = {
  kv: "`kv` binding",
  sql: "`sql` binding",
  storage: "`storage` binding",
  queue: "queue",
  vars: "`env` variable",
  workers: "edge block",
};

/** Checks every entry of every environment; ranges are in the deploy file. */
export function checkDeployNames(deploy: DeployFile, program: Program): readonly Finding[] {
  const findings = new Findings();
  const known = knownNames(program);
  const check = (table: DeployTable, path: readonly string[]) => {
    for (const section of Object.keys(nouns) as Section[]) {
      for (const name of table[section].keys()) {
        if (known[section].includes(name)) continue;
        const message = codes.deployName({ what: nouns[section], name, known: known[section] });
        findings.report(deploy.locate([...path, section, name]), message);
      }
    }
  };
  check(deploy.production, []);
  for (const [name, table] of deploy.environments) check(table, ["env", name]);
  return findings.list;
}

function knownNames(program: Program): Readonly<Record<Section, readonly string[]>> {
  const { blocks } = program;
  const bindings = (kind: string) =>
    blocks.flatMap((block) => block.bindings.filter((b) => b.kind === kind).map((b) => b.name));
  const consumers = blocks.flatMap((block) => block.consumers);
  const queues = consumers.flatMap(({ queue, options }) => [
    queue,
    options.deadLetterQueue ?? queue,
  ]);
  return {
    kv: unique(bindings("kv")),
    sql: unique(bindings("sql")),
    storage: unique(bindings("storage")),
    queue: unique([...bindings("queue"), ...queues]),
    vars: unique(blocks.flatMap((block) => block.env.map((variable) => variable.name))),
    workers: unique(blocks.map((block) => block.name ?? "default")),
  };
}

const unique = (names: readonly string[]) => [...new Set(names)];
