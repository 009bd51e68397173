// How parts of blocks, types and imports are written elsewhere → the sentence that names the Tova form; data only.

import { namesAlone } from "./place";

/** A form of other languages, recognised by the token, what holds it and the line around it. */
export interface Form {
  /** Names of tree nodes, one of which holds the place; any without it. */
  readonly parents?: RegExp;
  /** The token that the parser could not use. */
  readonly token: RegExp;
  /** Matches the line up to the token. */
  readonly before?: RegExp;
  /** Matches the line from the token on. */
  readonly after?: RegExp;
  readonly problem: string;
  readonly help: string;
}

/** Of fields that stand in parentheses, or below the name. */
export const fieldsInBraces = {
  problem: "The fields of a type stand in braces.",
  help: "Write `type Name { field: Type }`.",
};

/** Of an arm whose pattern is read as an index or a call of the arm before on its line. */
const armsNeedComma = {
  problem: "A bracket on the line of a value goes on with it, as an index or a call.",
  help: "Put a comma between the two arms, or the second on a line of its own.",
};

export const partForms: readonly Form[] = [
  {
    // `[] => 0 [x] => x`, `(1, y) => y (x, _) => x`
    token: /^(=>|if)$/,
    before: /=>.*[\p{L}\p{N}_"')\]}]\s+(\([^()]*\)|\[[^[\]]*\])\s*(if\b.*)?$/u,
    ...armsNeedComma,
  },
  {
    // `[] => xs [first, ...rest] => rest`
    token: /^(,|\.\.\.|_|\])$/,
    before: /=>.*[\p{L}\p{N}_"')\]}]\s+\[[^[\]]*$/u,
    after: /^[^[\]]*\]\s*(if\b.*)?=>/,
    ...armsNeedComma,
  },
  {
    token: /^=>$/,
    before: /\bhealth\s+"[^"]*"\s*$/,
    problem: "A health check answers by itself.",
    help: 'Write `health "/path"`; an answer of your own is a `route`.',
  },
  {
    parents: /^ExpressionStatement$/,
    token: /^:$/,
    before: /^\s*(edge|shared|security)\s*$/,
    problem: "No `:` stands between the word of a block and its `{`.",
    help: "Leave it out.",
  },
  {
    parents: /^(TypeBody|TypeDeclaration)$/,
    token: /^[\p{L}_]/u,
    before: /\btype\s+[\p{L}_][\p{L}\p{N}_]*(?:<[^<>]*>)?\s*$/u,
    after: /^[\p{L}\p{N}_]+\s*:/u,
    ...fieldsInBraces,
  },
  {
    parents: /^TypeDeclaration$/,
    token: /^\($/,
    ...fieldsInBraces,
  },
  {
    parents: /^Config(Body|Entry)$/,
    token: /^[\p{L}_]/u,
    after: /^[\p{L}\p{N}_]+(-[\p{L}\p{N}_]+)+\s*:/u,
    problem: "The key of a setting is a word.",
    help: "Write it with `_` for `-`: `default_src: …`.",
  },
  {
    parents: /^Config(Body|Entry)$/,
    token: /^[\p{L}_]/u,
    after: /^[\p{L}\p{N}_]+[ \t]+[\p{L}\p{N}_"[]/u,
    problem: "A `:` stands between the key of a setting and its value.",
    help: "Write `key: value`.",
  },
  {
    token: /^,$/,
    before: /^\s*(?:kv|sql|storage|queue|env|secret)\s+[\p{L}\p{N}_]+\s*$/u,
    after: /^,\s*[\p{L}_][\p{L}\p{N}_]*\s*(?:,|$)/u,
    problem: "Each binding is declared by itself.",
    help: "Write `kv FIRST` and `kv SECOND`.",
  },
  {
    parents: /^ArgList$/,
    token: /^\{$/,
    before: /[(,]\s*\([\p{L}\p{N}_, ]*\)\s*$/u,
    ...namesAlone,
  },
  {
    parents: /^Variant(Name)?$/,
    token: /^\[$/,
    before: /\p{Ll}[\p{L}\p{N}_]*[ \t]+$/u,
    problem: "The type of a field stands behind a `:`.",
    help: "Write `name: [Type]`.",
  },
  {
    parents: /^(TypeBody|Field|NamedType|Variant|VariantField)$/,
    token: /^=$/,
    problem: "A field has no default.",
    help: "Leave it out; a function may fill it in: `fn new_point(x, y = 0) { Point(x, y) }`.",
  },
  {
    parents: /^TypeDeclaration$/,
    token: /^(extends|implements|inherits)$/,
    problem: "Types have no parents.",
    help: "Put shared methods into a `trait`, and write `impl Trait for Name { … }`.",
  },
  {
    parents: /^TypeDeclaration$/,
    token: /^\|$/,
    problem: "The first variant has no `|` before it.",
    help: "Write `type Name = A | B`; variants with fields stand in braces.",
  },
  {
    parents: /^(ReturnType|FunctionDeclaration|Method)$/,
    token: /^\{$/,
    before: /->\s*$/,
    problem: "A type is expected after `->`.",
    help: "Write `fn name() -> Type { … }`, or leave `->` out.",
  },
  {
    parents: /^ImportDeclaration$/,
    token: /^as$/,
    problem: "What a module gives by default is named at once.",
    help: 'Write `import name from "module"`, or `import { other as name } from "module"`.',
  },
  {
    parents: /^(ImportClause|ImportName)$/,
    token: /^:$/,
    problem: "An imported name is changed by `as`.",
    help: 'Write `import { name as other } from "module"`.',
  },
  {
    parents: /^ImportDeclaration$/,
    token: /^from$/,
    before: /\*\s*$/,
    problem: "All that a module exports has a name.",
    help: 'Write `import * as name from "module"`.',
  },
  {
    token: /^\*/,
    before: /\byield\s*$/,
    problem: "What another generator yields is passed on by a word.",
    help: "Write `yield from items`.",
  },
  {
    parents: /^ForStatement$/,
    token: /^[\p{L}_]/u,
    before: /\basync\s*$/,
    after: /^[\p{L}\p{N}_]+\s*\(/u,
    problem: "`async` stands before `fn`.",
    help: "Write `async fn name() { … }`.",
  },
  {
    parents: /^(ParamList|Parameter)$/,
    token: /^\p{Lu}/u,
    before: /[(,]\s*[\p{Ll}_][\p{L}\p{N}_]*\s+$/u,
    problem: "The type of a parameter stands behind a `:`.",
    help: "Write `name: Type`.",
  },
  {
    parents: /^(ParamList|Parameter)$/,
    token: /^[\p{Ll}_]/u,
    before: /[(,]\s*\p{Lu}[\p{L}\p{N}_]*\s+$/u,
    problem: "The type of a parameter stands behind its name.",
    help: "Write `name: Type`.",
  },
  {
    parents: /^ArgList$/,
    token: /^\*\*?$/,
    before: /[(,]\s*$/,
    problem: "The values of a list are handed on by three dots.",
    help: "Write `f(...list)`.",
  },
  {
    parents: /^ImplBody$/,
    token: /^(pub|export)$/,
    problem: "A function of a type is seen wherever its type is.",
    help: "Leave `pub` out.",
  },
  {
    parents: /^TryStatement$/,
    token: /^[^{]/,
    before: /\btry\s*$/,
    problem: "What is tried stands in braces.",
    help: "Write `try { … } catch error { … }`.",
  },
  {
    token: /^\{$/,
    before: /\bwith\b.*\bas\s*$/,
    problem: "A name is expected after `as`.",
    help: "Write `with resource as name { … }`.",
  },
];
