// What a name stands for: variables, the scopes that hold them, and the functions they belong to.
import type { ast, SourceRange } from "tova-parser";

export type VariableKind =
  | "const"
  | "var"
  | "parameter"
  | "function"
  | "record"
  | "variant"
  /** The type of variants. */
  | "type"
  /** A name for other types, or a trait without bodies: nothing at run time. */
  | "alias"
  /** An imported name for other types: an object that tests for them. */
  | "test"
  /** `type T = A where …`: a function that checks its argument. */
  | "refinement"
  /** A trait with methods that types take from it. */
  | "trait"
  /** A function of the host. */
  | "extern"
  | "import"
  /** A binding, env variable or secret of the worker. */
  | "binding";

/** A name that the program defines. */
export interface Variable {
  readonly name: string;
  readonly kind: VariableKind;
  readonly range: SourceRange;
  /** The function whose code defines it. */
  readonly owner: FunctionScope;
  /** Its name in JavaScript, set when the whole worker is resolved. */
  js: string;
  /** The visible variable of the same name that it hides. */
  readonly hides: Variable | null;
  /** From where in the text on it holds; null when in its whole scope. */
  readonly since: number | null;
  /** Field names of a record or variant, in order. */
  readonly fields: readonly string[];
  /** The name that the value itself carries: a variant's, also where it is imported `as` another. */
  readonly tag: string;
  /** Of an imported type or variant: tells which type it is in whatever file defines it. */
  readonly family: string | null;
  /** A variant's type, which is the variant itself where both have one name; else null. */
  variantOf: Variable | null;
  /** The function that a `function` variable names. */
  readonly function: FunctionScope | null;
  /** True for a type with a function `new` of its own, which `T.new(…)` then calls. */
  ownNew: boolean;
  reads: number;
  /** True when it is used other than by being called. */
  asValue: boolean;
  writes: number;
}

/** True for a name of an ordinary value: of no type, function, module or binding. */
export const holdsValue = ({ kind }: Variable): boolean =>
  kind === "const" || kind === "var" || kind === "parameter";

/** A function body, or the module itself. */
export interface FunctionScope {
  readonly parent: FunctionScope | null;
  /** True when its own body awaits, or it says `async` (spec 4.1). */
  async: boolean;
  generator: boolean;
  /** False for a body in which `yield` would mean a function that it is not part of. */
  readonly yields: boolean;
  /** True when its own body defers. */
  defers: boolean;
  /** Those of its own body. */
  readonly returns: ast.Return[];
  /** Where it stands, for one that is an argument of a call and runs there; null for any other. */
  readonly runsAt: number | null;
}

const noNames: ReadonlyMap<string, Variable> = new Map();

/** A block of names. */
export class Scope {
  /** Most blocks define none. */
  private own: Map<string, Variable> | null = null;

  /**
   * @param before names that still mean what they mean around a definition, for the value that it
   * gives to them; null for one that the program does not define there
   */
  constructor(
    readonly parent: Scope | null,
    readonly owner: FunctionScope,
    private readonly before: ReadonlyMap<string, Variable | null> | null = null,
  ) {}

  /** Those that the block itself defines. */
  get names(): ReadonlyMap<string, Variable> {
    return this.own ?? noNames;
  }

  /** Makes a name stand for a variable from now on. */
  set(name: string, variable: Variable): void {
    this.own ??= new Map();
    this.own.set(name, variable);
  }

  /** The variable a name stands for here; null when the program does not define it. */
  find(name: string): Variable | null {
    for (let scope: Scope | null = this; scope; scope = scope.parent) {
      const variable = scope.own?.get(name) ?? scope.before?.get(name);
      if (variable !== undefined) return variable;
    }
    return null;
  }
}

export function functionScope(
  parent: FunctionScope | null,
  async = false,
  yields = true,
  runsAt: number | null = null,
): FunctionScope {
  return { parent, async, yields, generator: false, defers: false, returns: [], runsAt };
}
