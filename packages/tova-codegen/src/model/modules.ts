// What one file tells another across an import, as plain data: found, exported, or what is wrong.
import type { SourceRange } from "tova-parser";

/** An import of a file, or an export from another. */
export interface ModuleImport {
  /** As written, `./geometry`. */
  readonly specifier: string;
  /** The specifier in the source, quotes included. */
  readonly range: SourceRange;
  /**
   * The edge blocks whose workers need it, null for the unnamed one: those that use one of its
   * names, or that declare it.
   */
  readonly blocks: readonly (string | null)[];
}

/** What code needs of another module. */
export interface ModuleNeed {
  readonly specifier: string;
  /** Exported names; null for all. */
  readonly names: readonly string[] | null;
  /** Exported types that bodies of requests are checked against. @default none */
  readonly bodies?: readonly string[];
}

/** One exported name of a Tova module, as its importers need it. */
export interface ModuleExport {
  readonly name: string;
  /**
   * `type`: of variants. `alias`: a name for types, an object that tests for them at run time.
   * `refinement`: a function that checks its argument. `interface`: nothing at run time.
   */
  readonly kind: "value" | "record" | "variant" | "type" | "alias" | "refinement" | "interface";
  /** Of a record or variant, in order. */
  readonly fields: readonly string[];
  /** The name it was defined with: a variant's tag, whatever it is exported as. */
  readonly tag: string;
  /** The same for a type and its variants, and for no others; null for all else. */
  readonly family: string | null;
  /** True for a function that gives a promise. */
  readonly async: boolean;
}

/** Why a specifier leads nowhere. */
export type ModuleProblem =
  /** `known`: specifiers of what does lie in that folder. */
  | {
      readonly kind: "missing";
      readonly specifier: string;
      readonly path: string;
      readonly known: readonly string[];
    }
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "unreadable"; readonly path: string; readonly reason: string }
  | { readonly kind: "package"; readonly name: string }
  | { readonly kind: "address"; readonly specifier: string }
  /** The files of the circle, the first one again at its end. */
  | { readonly kind: "circular"; readonly files: readonly string[] };

/** What only bundling shows of an import; `name` is the package or file that it imports. */
export type BundleProblem =
  | { readonly kind: "failed"; readonly name: string; readonly reason: string }
  /** Compiled code for an operating system. */
  | { readonly kind: "native"; readonly name: string }
  /** Modules of Node that the platform has in name only. */
  | { readonly kind: "node"; readonly name: string; readonly modules: readonly string[] };

/** What stands behind a specifier. */
export type ModuleLink =
  | {
      readonly kind: "module";
      readonly exports: readonly ModuleExport[];
      /** True when it may export other names too: a package, or a file with errors of its own. */
      readonly open: boolean;
      /** True for a Tova file whose errors hide what it exports. @default false */
      readonly broken?: boolean;
    }
  | { readonly kind: "problem"; readonly problem: ModuleProblem };

/** By specifier, as written in the importing file. */
export type ModuleLinks = ReadonlyMap<string, ModuleLink>;
