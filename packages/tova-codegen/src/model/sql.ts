// The SQL that a program hands to its databases, as data: what a checker outside the compiler needs.
import type { SourceRange, TextRun } from "tova-parser";

/** Of a whole file: its blocks share a database by the name of the binding. */
export interface SqlUse {
  readonly databases: readonly SqlDatabase[];
  /** In source order, each place once. */
  readonly texts: readonly SqlText[];
}

export interface SqlDatabase {
  /** Name in the program, `DB`. */
  readonly name: string;
  /** True when code that the compiler cannot see through may make tables in it. */
  readonly isOpen: boolean;
}

/** A text that is known when the program is built. */
export interface SqlText {
  /**
   * `exec` takes a statement a line; `definition` is a text that only looks like one that makes
   * tables, wherever it is used.
   */
  readonly kind: "prepare" | "exec" | "definition";
  /** Names of the databases that it may be for; of a definition all. */
  readonly databases: readonly string[];
  readonly text: string;
  /** Where each character of the text stands in the source. */
  readonly runs: readonly TextRun[];
  /** The expression that stands for the text, for places that no run tells. */
  readonly range: SourceRange;
  /** How often values are bound to it, and how many. */
  readonly binds: readonly SqlBind[];
}

export interface SqlBind {
  /** Each value given; empty where the statement runs without `bind`. */
  readonly values: readonly SourceRange[];
}

/** What a checker finds of a text of SQL, or of a migration. */
export type SqlProblem =
  | { readonly kind: "syntax"; readonly reason: string; readonly isLine: boolean }
  | {
      readonly kind: "table";
      readonly name: string;
      readonly known: readonly string[];
      /** False when the table may be made where nobody looked. */
      readonly certain: boolean;
      /** A file to create it in, `migrations/0002_create_images.sql`. */
      readonly migration: string;
    }
  | {
      readonly kind: "column";
      readonly name: string;
      readonly known: readonly string[];
      readonly certain: boolean;
    }
  | { readonly kind: "invalid"; readonly reason: string }
  | {
      readonly kind: "binds";
      readonly parameters: number;
      readonly values: number;
      readonly isExec: boolean;
    }
  | { readonly kind: "empty" }
  /** Parameters in another statement than the last. */
  | { readonly kind: "earlierParameters" }
  | { readonly kind: "several"; readonly count: number }
  /** Something behind the last `;` that is no statement. */
  | { readonly kind: "rest" }
  /** What SQLite knows and D1 does not allow. */
  | {
      readonly kind: "refused";
      readonly what: string;
      readonly instead: string;
      readonly certain: boolean;
    }
  /** A name in double quotes that is no column, and so a text. */
  | { readonly kind: "quoted"; readonly name: string };
