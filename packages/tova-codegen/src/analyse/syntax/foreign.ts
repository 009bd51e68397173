// Words and operators of other languages → the sentence that names the Tova form.

/** Operators that Tova does not have, and what to write. */
export const foreignOperators: Readonly<Record<string, string>> = {
  "===": "Write `==`.",
  "!==": "Write `!=`.",
  "<>": "Write `!=`.",
  "~=": "Write `!=`.",
  "=<": "Write `<=`.",
  "<=>": "Compare with `<`, `==` and `>`.",
  "++": "Write `x += 1` on a `var x`.",
  "--": "Write `x -= 1` on a `var x`.",
  "%=": "Write `x = x % n` on a `var x`.",
  "**=": "Write `x = x ** n` on a `var x`.",
  "??=": "Write `x = x ?? value` on a `var x`.",
  "&&=": "Write `x = x and value` on a `var x`.",
  "||=": "Write `x = x or value` on a `var x`.",
  ">>>=": "Write `x = x >>> n` on a `var x`.",
  ":=": "Write `x = value`.",
  "::": "Write `.` before the name of a member.",
  "?:": "Write `if condition { a } else { b }`.",
};

interface ForeignWord {
  /** What must follow the word on its line for it to be meant as a keyword. */
  readonly follows: RegExp;
  /** Whether it is meant so at the start of a statement only. @default false */
  readonly begins?: boolean;
  /** @default that the word is no keyword */
  readonly problem?: string;
  readonly help: string;
}

const operand = /^[ \t]+[\p{L}_$("'[{\d]/u;
const name = /^[ \t]+[\p{L}_$]/u;
/** In small letters with a parenthesis behind it, it is called, by a statement of its own. */
const className = /^[ \t]+(?:\p{Lu}|[\p{L}_$][\p{L}\p{N}_$]*(?![\p{L}\p{N}_$(]))/u;
/** What no call of a function of that name has behind it. */
const plainOperand = /^[ \t]+[\p{L}_$\d]/u;
/** A name, or the parameters, the result and the body of a function without one. */
const callee =
  /^(?:[ \t]+[\p{L}_$]|[ \t]*\([^()\n]*\)(?![ \t]*(?:and|or|is|in|not|if|else)\b)[ \t]*(?:(?:->|:)?[ \t]*[\p{L}_*[][\p{L}\p{N}_.*[\]]*[ \t]*)?\{)/u;
/** A name that is given a value: what stands before it declares it elsewhere. */
const binding = /^[ \t]+[\p{L}_$][\p{L}\p{N}_$]*[ \t]*(?::[ \t]*[\p{L}<>[\], ]+)?=(?![=>])/u;
const declaration =
  /^[ \t]+(?:(?:async|static|final|fn|var|type|def|function)\b|[\p{L}_$]+[ \t]*[=(:])/u;

const printed = /^[ \t]+["'\p{L}\d][^=]*,/u;

/** A name in quotes before a block. */
const namedBlock = /^[ \t]+"[^"\n]*"[ \t]*\{/;

const store = /^[ \t]+[A-Z][A-Z\d_]*[ \t]*(?:[{\n/]|$)/;

const value = "Write `x = value`; `var x = value` can change.";
const typed = {
  follows: binding,
  problem: "A binding has no type annotation.",
  help: "Write `name = value`; types stand in parameters and type declarations.",
};

/** Keywords of other languages; each is a plain name in Tova unless `follows` matches behind it. */
export const foreignWords: Readonly<Record<string, ForeignWord>> = {
  const: { follows: /^[ \t]+[\p{L}_$[{]/u, help: value },
  val: { follows: binding, help: value },
  final: { follows: binding, help: value },
  auto: { follows: binding, help: value },
  local: { follows: binding, help: value },
  int: typed,
  float: typed,
  double: typed,
  string: typed,
  bool: typed,
  Int: typed,
  Float: typed,
  String: typed,
  Bool: typed,
  public: { follows: declaration, help: "Write `pub` before what other files import." },
  private: { follows: declaration, help: "Leave it out: other files see only what is `pub`." },
  protected: { follows: declaration, help: "Leave it out: other files see only what is `pub`." },
  static: {
    follows: declaration,
    help: "Leave it out; a function without `self` belongs to the type itself.",
  },
  package: { follows: name, help: "Leave it out: a file is a module." },
  Edge: { follows: /^[ \t]*["{]/, begins: true, help: 'Write `edge "name" { … }`.' },
  step: { follows: /^[ \t]+\d/, begins: true, help: "Write `range(1, 10, 2)`." },
  worker: { follows: namedBlock, begins: true, help: 'Write `edge "name" { … }`.' },
  service: { follows: namedBlock, begins: true, help: 'Write `edge "name" { … }`.' },
  app: { follows: namedBlock, begins: true, help: 'Write `edge "name" { … }`.' },
  cron: { follows: /^[ \t]+"/, help: 'Write `schedule "name" cron("0 3 * * *") { … }`.' },
  d1: { follows: store, help: "Write `sql NAME`." },
  r2: { follows: store, help: "Write `storage NAME`." },
  bucket: { follows: store, help: "Write `storage NAME`." },
  database: { follows: store, help: "Write `sql NAME`." },
  db: { follows: store, help: "Write `sql NAME`." },
  cache: { follows: store, help: "Write `kv NAME`." },
  durable_object: { follows: store, help: "Keep state in a `kv NAME` or `sql NAME`." },
  use: {
    follows: /^[ \t]+[\p{L}_$][\p{L}\p{N}_$]*::/u,
    help: 'Write `import { name } from "module"`.',
  },
  using: { follows: binding, help: "Write `with resource as name { … }`." },
  raise: {
    follows: /^[ \t]+[\p{L}_$"']/u,
    help: "Write `throw …`, or return `Err(…)` for a failure to expect.",
  },
  foreach: {
    follows: /^[ \t]*\(?[ \t]*[\p{L}_$][\p{L}\p{N}_$, ]*[ \t]+(?:in|of|as)\b/u,
    help: "Write `for item in items { … }`.",
  },
  deriving: {
    follows: /^[ \t]+[[(]?[ \t]*\p{Lu}/u,
    help: "Write `derive [Eq, Show, JSON]` behind the type.",
  },
  record: { follows: /^[ \t]+\p{Lu}\w*[ \t]*[({<]/u, help: "Write `type Name { field: Type }`." },
  data: { follows: /^[ \t]+\p{Lu}\w*[ \t]*\(/u, help: "Write `type Name { field: Type }`." },
  function: { follows: /^[ \t]*[\p{L}\p{N}_$ ]*\(/u, help: "Write `fn name(x) { … }`." },
  def: { follows: name, help: "Write `fn name(x) { … }`." },
  func: { follows: callee, help: "Write `fn name(x) { … }`." },
  new: { follows: name, help: "Write `Name.new(…)`." },
  typeof: { follows: operand, help: "Write `type_of(x)`, or test with `x is String`." },
  instanceof: { follows: name, help: "Write `x is Name`." },
  delete: { follows: operand, help: "Make a copy without the key: `omit(object, [key])`." },
  del: {
    follows: name,
    begins: true,
    help: "Make a copy without the key: `omit(object, [key])`.",
  },
  global: { follows: name, begins: true, help: "Leave it out: a `var` around may be changed." },
  nonlocal: { follows: name, begins: true, help: "Leave it out: a `var` around may be changed." },
  namespace: { follows: name, begins: true, help: "Leave it out: a file is a module." },
  print: {
    follows: printed,
    begins: true,
    problem: "What is printed stands in parentheses.",
    help: "Write `print(…)`.",
  },
  void: { follows: operand, help: "Write the expression alone." },
  class: { follows: className, help: "Write `type Name { … }` and `impl Name { … }`." },
  struct: { follows: name, help: "Write `type Name { field: Type }`." },
  enum: { follows: name, help: "Write `type Name { A B }`." },
  fun: { follows: callee, help: "Write `fn name(x) { … }`." },
  lambda: { follows: /^[ \t]*[\p{L}_$:][^\n{]*/u, help: "Write `fn(x) x + 1` or `x => x + 1`." },
  elseif: { follows: operand, help: "Write `elif condition { … }`." },
  elsif: { follows: operand, help: "Write `elif condition { … }`." },
  unless: { follows: operand, help: "Write `if not condition { … }`." },
  switch: { follows: /^[ \t]*\(?.*\{/u, help: "Write `match value { pattern => … }`." },
  of: { follows: name, begins: true, help: "Write `for item in items { … }`." },
  div: { follows: plainOperand, begins: true, help: "Write `floor(a / b)`." },
  mod: { follows: plainOperand, begins: true, help: "Write `a % b`." },
  do: { follows: /^[ \t]*\{/, help: "Write `loop { … }` and leave it with `break`." },
};

/** Characters of other languages, and what to write. */
const foreignCharacters: Readonly<Record<string, string>> = {
  "`": 'Write `"text {expression}"`: double quotes interpolate.',
  "#": "Comments start with `//`.",
  "\\": "A backslash belongs inside a string.",
  "“": 'Write the plain quote `"`.',
  "”": 'Write the plain quote `"`.',
  "‘": "Write the plain quote `'`.",
  "’": "Write the plain quote `'`.",
  "×": "Write `*`.",
  "÷": "Write `/`.",
  "→": "Write `->` or `=>`.",
  "≤": "Write `<=`.",
  "≥": "Write `>=`.",
  "≠": "Write `!=`.",
};

/** What to do about a character that no token contains. */
export function characterHelp(char: string): string {
  return foreignCharacters[char] ?? "Remove it, or put it into a string.";
}
