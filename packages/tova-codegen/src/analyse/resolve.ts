// The code of one worker → what each name in it stands for, and what each function is.
import type { ast, SourceRange } from "tova-parser";
import { type Finding, Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import type { ModuleLinks } from "../model/modules";
import { nameVariables } from "./name-variables";
import { countMentions, define, enterTop, type Part, settle, type Walk } from "./resolve-state";
import { walkBody, walkExpression, walkTopLevel } from "./resolve-walk";
import { type FunctionScope, functionScope, Scope, type Variable } from "./scope";

/** Code that runs as a function of the entry: handlers, schedule bodies, env defaults. */
export type Root = ast.Expression | ast.Block;

export interface ResolveInput {
  /** Bindings, env variables and secrets, visible everywhere in the worker. */
  readonly bindings: readonly { readonly name: string; readonly range: SourceRange }[];
  /** Statement lists of the module, outer first: shared code, then the block's own. */
  readonly levels: readonly (readonly ast.Statement[])[];
  /** Resolved in the innermost level. */
  readonly roots: readonly Root[];
  /** Tells whether the standard library has a name. */
  readonly isBuiltin: (name: string) => boolean;
  /** What the imports lead to; the names of an unknown module are taken as they are. */
  readonly modules: ModuleLinks;
  /** Whether the word `it` stands anywhere in the file. */
  readonly mentionsIt: boolean;
  /** Parts of the file that other toolchains build; what they mention is used. */
  readonly leftOut: readonly ast.Unsupported[];
  /** Names that the entry of the module takes for itself. */
  readonly entryNames: readonly string[];
  /** Whether a worker runs the code; false for a file without edge blocks. */
  readonly inWorker: boolean;
}

export interface Resolution {
  /** By identifier (a use), and by name, field of a pattern or target (a definition). */
  readonly variables: ReadonlyMap<object, Variable>;
  /** Targets of assignments that define their name. */
  readonly declares: ReadonlySet<object>;
  /** By function declaration, lambda, method, block (schedule, defer) or implicit argument. */
  readonly functions: ReadonlyMap<object, FunctionScope>;
  /** What names stand for that an assignment defines, one value each. */
  readonly values: ReadonlyMap<Variable, ast.Expression>;
  /** The same for names in object patterns. */
  readonly parts: ReadonlyMap<Variable, Part>;
  /** Call arguments that become `it => …`. */
  readonly implicit: ReadonlySet<object>;
  /** Names used that the program does not define. */
  readonly free: ReadonlySet<string>;
  /** Types of the language that the program gives functions of their own. */
  readonly extended: ReadonlySet<string>;
  readonly module: FunctionScope;
  /** For each module-level statement, the variables its code uses. */
  readonly uses: ReadonlyMap<ast.Statement | null, ReadonlySet<Variable>>;
  /** By imported type: the variants that came with it, by tag. */
  readonly companions: ReadonlyMap<Variable, ReadonlyMap<string, Variable>>;
  /** Parts of printed texts that are styles, not values. */
  readonly styles: ReadonlySet<object>;
  /** By the variable of a type. */
  readonly declarations: ReadonlyMap<Variable, ast.TypeDeclaration>;
  readonly findings: readonly Finding[];
}

/** Resolves the names of one worker or program. Never throws. */
export function resolve(input: ResolveInput): Resolution {
  const module = functionScope(null);
  const findings = new Findings();
  const used = new Set<Variable>();
  const walk: Walk = {
    variables: new Map(),
    declares: new Set(),
    functions: new Map(),
    values: new Map(),
    parts: new Map(),
    implicit: new Set(),
    free: new Set(),
    extended: new Set(),
    uses: new Map([[null, used]]),
    all: [],
    inside: new Set(),
    declarations: new Map(),
    findings,
    isBuiltin: input.isBuiltin,
    inWorker: input.inWorker,
    decorators: new Set(),
    styles: new Set(),
    modules: input.modules,
    companions: new Map(),
    pending: [],
    mentionsIt: input.mentionsIt,
    piped: new Set(),
    top: null,
    used,
  };
  let scope = new Scope(null, module);
  const bindings = input.bindings.map((binding) => {
    const { name, range } = binding;
    return define(walk, scope, binding, { name, range, kind: "binding" });
  });
  input.levels.forEach((statements, level) => {
    scope = new Scope(scope, module);
    // In its own block a binding is closer than a shared definition of the name.
    if (level > 0) for (const binding of bindings) scope.set(binding.name, binding);
    walkTopLevel(walk, { scope, loops: [] }, statements);
  });
  settle(walk);
  enterTop(walk, null);
  for (const root of input.roots) walkRoot(walk, scope, root);
  settle(walk);
  for (const part of input.leftOut) countMentions(scope, part);
  nameVariables(walk.all, walk.free, walk.inside, input.entryNames);
  return {
    variables: walk.variables,
    declares: walk.declares,
    functions: walk.functions,
    values: walk.values,
    parts: walk.parts,
    implicit: walk.implicit,
    free: walk.free,
    extended: walk.extended,
    module,
    uses: walk.uses,
    companions: walk.companions,
    styles: walk.styles,
    declarations: walk.declarations,
    findings: findings.list,
  };
}

function walkRoot(walk: Walk, outer: Scope, root: Root): void {
  if (root.kind !== "Block") {
    const { owner } = outer;
    const before = owner.async;
    owner.async = false;
    walkExpression(walk, { scope: outer, loops: [] }, root);
    // Handlers are functions: what awaits here is the default of an env variable.
    if (owner.async) walk.findings.report(root, codes.awaitInEnv({}));
    owner.async = before;
    return;
  }
  const owner = functionScope(outer.owner);
  walk.functions.set(root, owner);
  walkBody(walk, { scope: new Scope(outer, owner), loops: [] }, root);
}
