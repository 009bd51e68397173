// Name of a tree node → what it lacks when the parser stops inside it, and an example.

const block = "Write `{ … }`.";
const partsByGuard =
  "There are no object patterns: write `Ok(answer) if answer.ok => …`, with a name for the whole.";
const flat =
  "Patterns of bindings hold names, defaults and a rest; take inner values apart afterwards.";

/** How the rules of a security block are written. */
const ruleForms: ReadonlyMap<string, string> = new Map([
  ["auth", "auth jwt { secret: KEY }"],
  ["role", "role Admin { can: [write] }"],
  ["sensitive", "sensitive Type.field { never_expose: true }"],
  ["csp", 'csp { default_src: ["self"] }'],
  ["hsts", "hsts { max_age: 31536000 }"],
  ["rate_limit", "rate_limit { max: 100, window: 60 }"],
  ["trust_proxy", "trust_proxy true"],
]);

/** How a rule is written that begins with a word. */
export const helpForRule = (word: string): string =>
  `Write \`${ruleForms.get(word) ?? 'protect "/path" { require: Role }'}\`.`;

/** The start of a sentence that goes on with the token found, and what to write. */
export const expectations: Readonly<Record<string, readonly [expected: string, help: string]>> = {
  Assignment: ["A statement is expected after the value", "Assign once in a statement: `a = 1`."],
  "Assignment without =": [
    "`=` and the values are expected after several targets",
    "Write `a, b = 1, 2`; statements are not separated by commas.",
  ],
  Refinement: [
    "The conditions of a type are one expression",
    "Join them with `and`: `where { it > 0 and it < 9 }`.",
  ],
  VariantName: ["The fields of a variant stand in parentheses", "Write `Name(field: Type)`."],
  FunctionDeclaration: [
    "A function needs a name, `(parameters)` and a block",
    "Write `fn name(x) { … }`.",
  ],
  Method: ["A method needs a name, `(parameters)` and a block", "Write `fn name(self) { … }`."],
  MethodSignature: [
    "A signature needs a name and `(parameters)`",
    "Write `fn name(self) -> Type`.",
  ],
  LambdaExpression: [
    "A function needs `(parameters)` and a body",
    "Write `fn(x) x + 1` or `x => x + 1`.",
  ],
  ParamList: [
    "A parameter or `,` is expected",
    "Separate parameters with commas; parameters are names or flat patterns.",
  ],
  Parameter: ["`,` or `)` is expected after a parameter", "Separate parameters with commas."],
  ArgList: ["`,` or `)` is expected after an argument", "Separate arguments with commas."],
  ArrayExpression: ["`,` or `]` is expected", "Separate elements with commas."],
  TupleExpression: ["`,` or `)` is expected", "Separate elements with commas."],
  ObjectExpression: [
    "A property, `,` or `}` is expected",
    "Write `key: value`, separated by commas; a method is `name: fn(x) …`.",
  ],
  Property: ["`,` or `}` is expected after a property", "Write `key: value`, separated by commas."],
  ObjectPattern: ["A name, `,` or `}` is expected in a pattern", flat],
  ObjectPatternEntry: ["A name is expected in a pattern", flat],
  ArrayPattern: ["A name, `,` or `]` is expected in a pattern", flat],
  TuplePattern: ["A name, `,` or `)` is expected in a pattern", flat],
  ArrayPatternEntry: ["`,` is expected in a pattern", flat],
  IfExpression: ["`if` needs a condition and a block", block],
  ElifClause: ["`elif` needs a condition and a block", block],
  ElseClause: ["`else` needs a block", block],
  MatchExpression: [
    "`match` needs a value and its arms",
    "Write `match value { pattern => result }`.",
  ],
  MatchBody: ["A pattern is expected", "Write `pattern => result`; there are no object patterns."],
  VariantPattern: ["A pattern is expected", partsByGuard],
  ListPattern: ["A pattern is expected", partsByGuard],
  MatchArm: ["`=>` and a result are expected", "Write `pattern => result`."],
  NamePattern: ["A pattern is expected", "Write `_ =>` for every other value."],
  ForStatement: [
    "`for` needs names, `in`, a value and a block",
    "Write `for item in items { … }`.",
  ],
  ForBinding: ["A name is expected after `for`", "Write `for item in items { … }`."],
  WhileStatement: ["`while` needs a condition and a block", block],
  LoopStatement: ["`loop` needs a block", block],
  GuardStatement: ["`guard` needs `else` and a block", "Write `guard condition else { return }`."],
  TryStatement: [
    "`catch` or `finally` is expected after the block of `try`",
    "Write `try { … } catch error { … }`.",
  ],
  CatchClause: ["`catch` needs a block", "Write `catch error { … }`."],
  FinallyClause: ["`finally` needs a block", block],
  WithStatement: ["`with` needs `as`, a name and a block", "Write `with resource as name { … }`."],
  ImportDeclaration: [
    "An import needs names, `from` and a string",
    'Write `import { name } from "module"`.',
  ],
  ImportClause: ["A name is expected", 'Write `import { name, other as local } from "module"`.'],
  ExportDeclaration: [
    "A declaration is expected",
    "Write `pub fn name() { … }`, `pub name = …` or `pub { name }`.",
  ],
  ExportClause: ["A name is expected", "Write `pub { name, other as public_name }`."],
  TypeDeclaration: [
    "A type needs a name and a body",
    "Write `type Name { field: Type }` or `type Name = Other`.",
  ],
  TypeBody: ["A field `name: Type` or a variant is expected", "Write `type Name { field: Type }`."],
  Field: [
    "A type is expected after the field's name",
    "Write `field: Type`; a field has no default.",
  ],
  NamedType: [
    "The type ends here",
    "Separate fields with commas or line breaks; there are no optional types.",
  ],
  Variant: ["`,` or `)` is expected after a variant's field", "Write `Name(field: Type)`."],
  ImplDeclaration: [
    "`impl` needs a type and its functions",
    "Write `impl Name { fn method(self) { … } }`.",
  ],
  ImplBody: ["A function is expected", "Write `fn method(self) { … }`."],
  TraitDeclaration: [
    "`trait` needs a name and its functions",
    "Write `trait Name { fn method(self) }`.",
  ],
  InterfaceDeclaration: [
    "`interface` needs a name and its functions",
    "Write `interface Name { fn method() }`.",
  ],
  TraitBody: ["A function is expected", "Write `fn method(self)` or `fn method(self) { … }`."],
  MemberExpression: [
    "A name is expected after the dot",
    "Write `object.name`; call with `f(x)`, index with `list[0]`.",
  ],
  IsExpression: ["A type's name is expected after `is`", "Write `value is Name`."],
  TypeParams: ["`,` or `>` is expected", "Write `<T, U>` behind the name."],
  TypeArgs: ["`,` or `>` is expected", "Write `Name<T, U>`."],
  SliceExpression: ["`]` is expected", "A slice has at most three parts: `list[from:to:step]`."],
  IndexExpression: ["`]` is expected", "Write `list[index]`."],
  EdgeBody: [
    "A member of the edge block is expected",
    'Write a binding, `route GET "/path" => handler` or a statement.',
  ],
  RouteDeclaration: [
    "A route needs a method, a path, `=>` and a handler",
    'Write `route GET "/path" => handler`.',
  ],
  ScheduleDeclaration: [
    "A schedule needs a name, `cron(…)` and a block",
    'Write `schedule "name" cron("0 3 * * *") { … }`.',
  ],
  ConsumeDeclaration: [
    "`consume` needs a queue and a handler",
    "Write `consume QUEUE fn(messages) { … }`.",
  ],
  BindingDeclaration: [
    "A binding has no value in the source",
    "Write `kv NAME`, or `kv NAME { key: value }` with settings.",
  ],
  SecretDeclaration: [
    "A secret has no value in the source",
    "Write `secret NAME` and set it on the platform.",
  ],
  MiddlewareDeclaration: [
    "A middleware is a named function",
    "Write `middleware fn name(req, next) { … }`.",
  ],
  ConfigBody: [
    "`key: value` is expected",
    "Write `{ key: value }`, separated by commas or line breaks.",
  ],
  HealthBody: ["The name of a check is expected", "Write `{ check_memory }`."],
  SecurityBody: ["A security rule is expected", "Write a rule such as `auth jwt { secret: KEY }`."],
  SecurityRule: ["A security rule ends with `{ … }`, `true` or `false`", helpForRule("protect")],
  ParenthesizedExpression: [
    "`)` is expected",
    "Close the parenthesis, or separate the elements of a tuple with commas.",
  ],
};
