// An edge block or a plain program → the statements of its module and the names in them.
import type { ast } from "tova-parser";
import { type Finding, Findings } from "../diagnostics/diagnostic";
import type { BodySchema } from "../model/body";
import type { ModuleLinks } from "../model/modules";
import type { BindingKind, EdgeBlock, Program, Route } from "../model/program";
import { type BodyNeeds, bodySchemas, isNeededBy, needsOfBodies } from "./body";
import type { CheckedUnit } from "./checks";
import { answeringOf } from "./handlers";
import { library } from "./library";
import { reach } from "./reach";
import { type Resolution, type Root, resolve } from "./resolve";
import type { Variable } from "./scope";

/** The code of one worker or program, ready to be emitted. */
export interface ResolvedUnit {
  /** Module-level statements that it needs, in order. */
  readonly statements: readonly ast.Statement[];
  readonly resolution: Resolution;
  /** Handlers and bodies that the entry runs. */
  readonly roots: readonly Root[];
}

/** The same of a block, with what its routes ask of bodies. */
export interface ResolvedBlock extends ResolvedUnit {
  readonly bodies: ReadonlyMap<Route, BodySchema>;
  readonly bodyNeeds: BodyNeeds;
  /** On the types of bodies; those on names are in the resolution. */
  readonly bodyFindings: readonly Finding[];
}

const isBuiltin = (name: string): boolean => name === "env" || library.has(name);

/**
 * Resolves a block with the shared code of its file; unused shared declarations stay out.
 * @param entryNames what the entry of its platform exports or reads
 */
export function resolveBlock(
  program: Program,
  block: EdgeBlock,
  modules: ModuleLinks,
  entryNames: readonly string[] = [],
): ResolvedBlock {
  const own = [...block.statements, ...block.middleware];
  const roots = rootsOf(block);
  const resolution = resolve({
    bindings: [...block.bindings, ...block.env, ...block.secrets],
    levels: [program.shared, own],
    roots: program.security?.auth ? [...roots, program.security.auth.key.value] : roots,
    isBuiltin,
    modules,
    mentionsIt: program.mentionsIt,
    leftOut: program.leftOut,
    entryNames,
    inWorker: true,
  });
  const all = [...program.shared, ...own];
  const findings = new Findings();
  const bodies = bodySchemas(program, block, modules, findings);
  const bodyNeeds = needsOfBodies(bodies.values());
  const checks = all.filter((one) => isNeededBy(one, bodyNeeds));
  const needed = reach(all, resolution, new Set([...block.middleware, ...checks]));
  const statements = all.filter((statement) => needed.has(statement));
  return { statements, resolution, roots, bodies, bodyNeeds, bodyFindings: findings.list };
}

/**
 * Resolves a file without edge blocks; all of it is needed.
 * @param inWorker true for a module of a worker
 */
export function resolveProgram(
  program: Program,
  modules: ModuleLinks,
  inWorker = false,
): ResolvedUnit {
  const { shared, mentionsIt, leftOut } = program;
  const file = { bindings: [], levels: [shared], roots: [], mentionsIt, leftOut, entryNames: [] };
  const resolution = resolve({ ...file, isBuiltin, modules, inWorker });
  return { statements: shared, resolution, roots: [] };
}

/** What the checks look at of a block. */
export function checkedUnit(
  block: EdgeBlock,
  { resolution, roots }: Pick<ResolvedUnit, "resolution" | "roots">,
): CheckedUnit {
  const { statements, middleware } = block;
  const answering = [...answeringOf(block), ...middleware];
  const stores: Map<Variable, BindingKind> = new Map();
  for (const binding of block.bindings) {
    const variable = resolution.variables.get(binding);
    if (variable) stores.set(variable, binding.kind);
  }
  return { resolution, statements, middleware, roots, answering, stores };
}

/** What the checks of a program without edge blocks need: nothing of a worker's. */
export function checkedProgram(resolution: Resolution): CheckedUnit {
  return {
    resolution,
    statements: [],
    middleware: [],
    roots: [],
    answering: [],
    stores: new Map(),
  };
}

/** The code that the entry of a block's worker runs. */
function rootsOf(block: EdgeBlock): readonly Root[] {
  const roots: Root[] = [];
  for (const { fallback } of block.env) if (fallback) roots.push(fallback);
  for (const { handler } of block.routes) roots.push(handler);
  if (block.onError) roots.push(block.onError);
  for (const { body } of block.schedules) roots.push(body);
  for (const { handler } of block.consumers) roots.push(handler);
  return roots;
}
