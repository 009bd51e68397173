// Source text → what each of its workers is bound to, sends and receives; for the Nx graph.
import { type Parsed, parse, read } from "tova-parser";
import { importsOf } from "./analyse/modules";
import { analyseProgram } from "./analyse/program";
import { syntaxErrors } from "./analyse/syntax-errors";
import { checkDeployNames } from "./deploy/check-names";
import { type DeployFile, emptyDeployFile, parseDeployFile } from "./deploy/deploy-file";
import { type Finding, Findings, hasErrors } from "./diagnostics/diagnostic";
import { locate } from "./diagnostics/locate";
import { codes } from "./diagnostics/registry";
import type { Outline } from "./model/outline";
import { stemOf } from "./model/stem";
import { outlineOf, planProgram } from "./targets";

export interface OutlineOptions {
  /** As shown in diagnostics; its stem names the workers. */
  readonly fileName: string;
  /** The deploy file beside the source. */
  readonly deploy?: { readonly fileName: string; readonly text: string };
  /** A name under `[env.*]` of the deploy file. @default production */
  readonly environment?: string;
}

/**
 * Outlines a file without emitting it. A file with syntax errors has the blocks that the parser
 * could make out, and only the syntax errors as diagnostics. Never throws.
 * @param text the file, or what `parse` made of it
 */
export function outline(text: string | Parsed, options: OutlineOptions): Outline {
  const { fileName, deploy: given, environment } = options;
  const { source, tree } = typeof text === "string" ? parse(text) : text;
  const syntax = syntaxErrors(tree, source);
  const { value: program, findings } = analyseProgram(read(tree, source), source);
  const deploy = given ? parseDeployFile(given.text) : { value: emptyDeployFile, findings: [] };
  const plans = planProgram(program, { stem: stemOf(fileName), deploy: deploy.value });
  const blocks = program.blocks.flatMap((block, index) => {
    const plan = plans.value[index];
    if (!plan) return [];
    const chosen = environment === undefined ? undefined : plan.environments.get(environment);
    return [outlineOf(block, plan, chosen ?? plan.production)];
  });
  const inDeploy = [...deploy.findings, ...checkEnvironment(deploy.value, options)];
  const broken = hasErrors(syntax);
  if (!broken) inDeploy.push(...checkDeployNames(deploy.value, program));
  const diagnostics = [
    ...locate(broken ? syntax : [...syntax, ...findings, ...plans.findings], source, fileName),
    ...locate(inDeploy, given?.text ?? "", given?.fileName ?? fileName),
  ];
  return { fileName, blocks, imports: importsOf(program), diagnostics };
}

function checkEnvironment(deploy: DeployFile, { environment }: OutlineOptions): readonly Finding[] {
  if (environment === undefined || deploy.environments.has(environment)) return [];
  const findings = new Findings();
  const known = [...deploy.environments.keys()];
  findings.report({ from: 0, to: 0 }, codes.unknownEnvironment({ name: environment, known }));
  return findings.list;
}
