// Source text and options → diagnostics, and the code and configuration of each worker.
import { type Parsed, parse, read } from "tova-parser";
import { findBeyondSyntax } from "./analyse/beyond-syntax";
import { bodyExports, needsOfBodies } from "./analyse/body";
import { type CheckedUnit, checkProgram } from "./analyse/checks";
import { freeNames } from "./analyse/free-names";
import { checkHandlers } from "./analyse/handlers";
import { checkMissingNames } from "./analyse/missing-names";
import { checkImports, exportsOf, importsOf, keepExports, needsOf } from "./analyse/modules";
import { analyseProgram } from "./analyse/program";
import { checkSecret } from "./analyse/security/secret";
import { type SqlUnit, sqlUse } from "./analyse/sql/sql-use";
import { checkSupport } from "./analyse/support";
import { checkSyntax } from "./analyse/syntax-errors";
import { checkedProgram, checkedUnit, resolveBlock, resolveProgram } from "./analyse/unit";
import { checkDeployNames } from "./deploy/check-names";
import { type DeployFile, emptyDeployFile, parseDeployFile } from "./deploy/deploy-file";
import { type Diagnostic, type Finding, Findings, hasErrors } from "./diagnostics/diagnostic";
import { locate } from "./diagnostics/locate";
import { typesFileOf } from "./emit/env-types";
import { libraryNeeds } from "./emit/libraries";
import { platformOf } from "./emit/platforms";
import { emitProgram } from "./emit/program";
import { emitWorker } from "./emit/worker";
import { type SourceText, sourceText } from "./emit/writer";
import type { ModuleLinks, ModuleNeed } from "./model/modules";
import { nodeGlobals } from "./model/node-globals";
import type { WorkerPlan } from "./model/plan";
import type { EdgeBlock, Program } from "./model/program";
import type { CompileOptions, CompileResult, Worker } from "./model/result";
import { stemOf } from "./model/stem";
import { outlineOf, planProgram, targetOf } from "./targets";

/** What wrangler is told of a worker that needs Node's modules or globals. */
const nodeFlags = ["nodejs_compat"];

/** What one compilation works with. */
interface Job {
  readonly parsed: Parsed;
  /** The same, as the maps of all its outputs need it. */
  readonly mapped: SourceText;
  readonly options: CompileOptions;
  readonly deploy: DeployFile;
  readonly modules: ModuleLinks;
  /** Findings in the source; those in the deploy file are kept apart, as their ranges are. */
  readonly findings: Findings;
  /** What has been resolved, for the checks. */
  readonly units: CheckedUnit[];
  /** The same, for the SQL in them. */
  readonly sql: SqlUnit[];
}

/**
 * Compiles a program. Never throws on any text, and does no I/O; with an error among the
 * diagnostics there is no output.
 * @param text the program, or what `parse` made of it
 */
export function compile(text: string | Parsed, options: CompileOptions): CompileResult {
  const parsed = typeof text === "string" ? parse(text) : text;
  const { source } = parsed;
  const deploy = readDeployFile(options);
  const { modules = new Map() } = options;
  const job: Job = {
    // The map stands beside the code, and the source's name in it is without folders.
    mapped: sourceText(`${stemOf(options.fileName)}.tova`, source),
    parsed,
    options,
    deploy: deploy.value,
    modules,
    findings: new Findings(),
    units: [],
    sql: [],
  };
  const program = analyse(job);
  const names = program && options.deploy ? checkDeployNames(deploy.value, program) : [];
  const output = program ? emit(job, program) : noOutput;
  const diagnostics = [
    ...locate(job.findings.list, source, options.fileName),
    ...locateDeploy([...deploy.findings, ...names], options),
  ];
  return {
    diagnostics,
    ...(hasErrors(diagnostics) ? noOutput : output),
    imports: program ? importsOf(program) : [],
    sql: sqlUse(job.sql, source),
    environments: [...deploy.value.environments.keys()],
    accountId: deploy.value.production.accountId,
  };
}

type Output = Pick<CompileResult, "program" | "workers" | "exports" | "needs">;

const noOutput: Output = { program: null, workers: [], exports: [], needs: [] };

function readDeployFile({ deploy }: CompileOptions) {
  return deploy ? parseDeployFile(deploy.text) : { value: emptyDeployFile, findings: [] };
}

function locateDeploy(
  findings: readonly Finding[],
  { deploy }: CompileOptions,
): readonly Diagnostic[] {
  return deploy ? locate(findings, deploy.text, deploy.fileName) : [];
}

/** The model of a text without syntax errors. */
function analyse({ parsed: { source, tree }, findings, modules }: Job): Program | null {
  const syntax = checkSyntax(tree, source);
  findings.add(syntax.findings);
  if (hasErrors(syntax.findings)) {
    findings.add(findBeyondSyntax(tree, source, syntax, modules));
    return null;
  }
  const { value, findings: found } = analyseProgram(read(tree, source), source);
  findings.add(found);
  return value;
}

function emit(job: Job, program: Program): Output {
  checkImports(program, job.modules, job.findings);
  const plain = program.blocks.length === 0 || job.options.as === "module";
  const output = plain
    ? emitPlain(job, program)
    : { ...noOutput, workers: emitBlocks(job, program) };
  // A block that cannot be planned is not resolved, and what only it uses would look unused.
  if (plain || job.units.length === program.blocks.length) {
    const isModule = job.options.as === "module";
    const broken = hasErrors(job.findings.list);
    job.findings.add(checkProgram(program, job.units, { isModule, hasErrors: broken }));
  }
  return output;
}

function emitBlocks(job: Job, program: Program): readonly Worker[] {
  const plans = planBlocks(job, program);
  const workers = program.blocks.flatMap((block, index) => {
    const plan = plans[index];
    return plan ? [emitBlock(job, program, block, plan)] : [];
  });
  job.findings.add(checkMissingNames(program, job.sql));
  const { block: wanted } = job.options;
  return workers.filter(({ name }) => wanted === undefined || name === wanted);
}

function emitPlain(job: Job, program: Program): Output {
  const { options, modules, findings } = job;
  const isModule = options.as === "module";
  const { statements, resolution } = resolveProgram(program, modules, isModule);
  findings.add(resolution.findings);
  job.units.push(checkedProgram(resolution));
  const { fileName } = options;
  const exports = exportsOf(statements, resolution, { fileName, modules, findings });
  const { keep } = options;
  const bodies = bodyExports(statements, modules, options.bodies ?? [], findings);
  const needed = needsOfBodies(bodies.own.values());
  const context = { fileName, modules, findings: new Findings(), bodies: needed };
  const kept = keep ? keepExports(statements, resolution, { ...context, keep }) : statements;
  const output = emitProgram({
    statements: kept,
    resolution,
    fileName: `${stemOf(fileName)}.js`,
    source: job.mapped,
    findings,
    bodies,
    bundled: isModule,
    worker: isModule && options.target !== null ? (options.target ?? "cloudflare") : null,
  });
  const passed = bodies.passed.map(({ specifier, name }): ModuleNeed => {
    return { specifier, names: [], bodies: [name] };
  });
  const needs = [...needsOf(kept, resolution, needed), ...passed];
  return { program: output, workers: [], exports, needs };
}

function emitBlock(job: Job, program: Program, block: EdgeBlock, plan: WorkerPlan): Worker {
  const { findings } = job;
  const { names, emitConfig, emitFiles, emitTypes } = platformOf(plan.target);
  const unit = resolveBlock(program, block, job.modules, names);
  const { statements, resolution, roots, bodies } = unit;
  job.units.push(checkedUnit(block, unit));
  job.sql.push({ block, statements, resolution, roots });
  findings.add(resolution.findings);
  findings.add(checkHandlers(block, resolution));
  findings.add(checkSupport(block, resolution, targetOf(block.target).support));
  findings.add(checkSecret(program.security, block, resolution));
  findings.add(unit.bodyFindings);
  const imports = [
    ...needsOf(statements, resolution, unit.bodyNeeds),
    ...libraryNeeds(block, program.security),
  ];
  const output = emitWorker({
    block,
    statements,
    resolution,
    facts: {
      queueNames: plan.queueNames,
      plan,
      security: program.security,
      bodies,
    },
    fileName: plan.main,
    source: job.mapped,
    findings,
    bundled: imports.length > 0,
  });
  const { configFile } = plan;
  const config = (flags: readonly string[] = []) =>
    configFile === null || !emitConfig
      ? null
      : { fileName: configFile, text: emitConfig(plan, flags) };
  const usesNode = freeNames([...statements, ...unit.roots], nodeGlobals, resolution).size > 0;
  const variables = block.env.map(({ name }) => name);
  const environments = [...plan.environments].map(
    ([name, deployment]) => [name, outlineOf(block, plan, deployment)] as const,
  );
  const worker = {
    name: block.name,
    target: block.target,
    fileName: plan.main,
    code: output.code,
    imports,
    config: config(usesNode ? nodeFlags : []),
    files: emitFiles?.(plan) ?? [],
    types: emitTypes ? { fileName: typesFileOf(plan), text: emitTypes(plan, variables) } : null,
    nodeConfig: imports.length > 0 ? config(nodeFlags) : null,
    outline: outlineOf(block, plan, plan.production),
    environments: Object.fromEntries(environments),
  };
  return withMap(worker, output);
}

/** Apart from where a worker is made, or what its map is made from would keep all of that too. */
const withMap = (worker: Omit<Worker, "map">, output: Pick<Worker, "map">): Worker => ({
  ...worker,
  get map() {
    return output.map;
  },
});

function planBlocks({ options, deploy, findings }: Job, program: Program): readonly WorkerPlan[] {
  const { compatibilityDate, migrationsDir } = options;
  const plans = planProgram(program, {
    stem: stemOf(options.fileName),
    deploy,
    ...(compatibilityDate === undefined ? {} : { compatibilityDate }),
    ...(migrationsDir === undefined ? {} : { migrationsDir }),
  });
  findings.add(plans.findings);
  return plans.value;
}
