// Where the parser stopped in what another language writes there → the sentence that names the Tova form.
import { codes } from "../../diagnostics/registry";
import { socketHelp } from "../checks/foreign-names";
import { type Form, partForms } from "./part-forms";
import { at, type Describe, type Described, type Place, resultBehindArrow } from "./place";
import { lineEnd, lineStart } from "./text";

const noAssertion = {
  problem: "`as` changes no value's type.",
  help: "Leave it out, or convert the value: `int(x)`, `to_string(x)`.",
};
const noOptional = {
  problem: "There are no optional types.",
  help: "Write `Option<Type>`, or leave the mark out: any value may be nil.",
};
const noBang = {
  problem: "No `!` stands behind a value.",
  help: "Leave it out: no value is checked for nil; `??` gives another for nil.",
};
const noAnnotation = {
  problem: "A binding has no type annotation.",
  help: "Write `name = value`; types stand in parameters and type declarations.",
};
const arms =
  /^(MatchBody|MatchArm|Guard|NamePattern|LiteralPattern|VariantPattern|ListPattern|RangePattern|PrefixPattern)$/;
const routeOrder = {
  problem: "The parts of a route have one order.",
  help: 'Write `route POST "/path" body: Type with decorator -> Type => handler`.',
};
const noModifier = {
  problem: "Tova has no such word before a function.",
  help: "Leave it out; a function without `self` belongs to the type itself.",
};

const forms: readonly Form[] = [
  ...partForms,
  {
    token: /^(to|until|upto|downto|downTo|step)$/,
    before: /\bfor\b[^{]*\bin\b[^{]*$/,
    problem: "A range is written with dots.",
    help: "Write `for i in 0..n { … }`, `0..=n` with its end, or `range(0, n, step)`.",
  },
  {
    token: /^:?=$/,
    before: /\bfor\s+[\p{L}_][^{]*$/u,
    problem: "A `for` goes over values.",
    help: "Write `for item in items { … }`, or `for i in 0..n { … }` to count.",
  },
  {
    token: /^(let|const|var|mut)$/,
    before: /\bfor\s*\(?\s*$/,
    problem: "A `for` names its variables alone, and goes over values.",
    help: "Write `for item in items { … }`, or `for i in 0..n { … }` to count.",
  },
  {
    token: /./s,
    before: /\bfor\s*\([^)]*$/,
    problem: "The head of a `for` stands without parentheses, and goes over values.",
    help: "Write `for item in items { … }`, or `for i in 0..n { … }` to count.",
  },
  {
    parents: /^(FunctionDeclaration|Method|LambdaExpression)$/,
    token: /^:$/,
    before: /\)\s*$/,
    after: /^:\s*[\p{L}[(]/u,
    problem: "The type of a result stands after `->`.",
    help: "Write `fn name(x) -> Type { … }`.",
  },
  {
    parents: /^(FunctionDeclaration|Method)$/,
    token: /^=>?$/,
    before: /\)\s*$/,
    problem: "The body of a named function is a block.",
    help: "Write `fn name(x) { … }`; its last value is its result.",
  },
  {
    parents: /^(FunctionDeclaration|Method|LambdaExpression)$/,
    token: /^\*/,
    before: /\bfn\s*$/,
    problem: "A function that yields is a generator by itself.",
    help: "Write `fn name() { yield … }`.",
  },
  {
    parents: /^ExpressionStatement$/,
    token: /^:$/,
    before: /^\s*[\p{L}_][\p{L}\p{N}_]*\s*$/u,
    after: /^:\s*(?:(?:if|match|fn|try|with|guard)\b.*|\{.*|\/\/.*)?$/s,
    problem: "A label stands before a loop.",
    help: "Write `name: for … { … }`, or leave the label out.",
  },
  {
    parents: /^(IndexExpression|SliceExpression|ArgList)$/,
    token: /^:$/,
    before: /^\s*(?:pub\s+)?[\p{L}_][\p{L}\p{N}_]*\s*$/u,
    after: /^:\s*[[(].*=/,
    ...noAnnotation,
  },
  {
    parents: /^TraitBody$/,
    token: /^[\p{L}_]/u,
    before: /./s,
    after: /^[\p{L}\p{N}_]+\??\s*:/u,
    problem: "An interface holds functions; what has fields is a type.",
    help: "Write `type Name { field: Type }`.",
  },
  {
    token: /^,$/,
    before: /\breturn\b[^,({]*$/,
    problem: "A function gives one value.",
    help: "Return a tuple, `return (a, b)`, or a list.",
  },
  {
    parents: /^ArgList$/,
    token: /^!$/,
    before: /[\p{L}\p{N}_)\]]$/u,
    ...noBang,
  },
  {
    parents: /^TypeDeclaration$/,
    token: /^\{$/,
    before: /=\s*$/,
    problem: "A type with fields has no `=`.",
    help: "Write `type Name { field: Type }`.",
  },
  {
    parents: arms,
    token: /^:$/,
    before: /\p{Lu}[\p{L}\p{N}_]*\([^()]*$/u,
    problem: "The fields of a variant go by their places in a pattern.",
    help: "Write `Circle(r)`; `_` leaves a field out.",
  },
  {
    parents: arms,
    token: /^:/,
    before: /[\p{L}\p{N}_)\]"']\s*$/u,
    ...resultBehindArrow,
  },
  {
    parents: arms,
    token: /^(when|and|where|&&)$/,
    before: /[\p{L}\p{N}_)\]"']\s*$/u,
    problem: "A guard begins with `if`.",
    help: "Write `name if condition => result`.",
  },
  {
    parents: arms,
    token: /^(,|or|\|\|)$/,
    after: /^[^={}]*=>/,
    problem: "Patterns of one arm have `|` between them.",
    help: "Write `1 | 2 => result`.",
  },
  {
    parents: /^MatchBody$/,
    token: /^([<>]=?|[=!]=|in|is|not|\/.*)$/,
    after: /=>/,
    problem: "A pattern tests no condition.",
    help: "Write a guard, `n if n > 1 => result`; the name of a type matches its values.",
  },
  {
    token: /^:$/,
    after: /^:[^()]*\)\s*:[^=]*=>/,
    problem: "The type of a result stands after `->`.",
    help: "Write `(x: Int) -> Int => x + 1`.",
  },
  {
    parents: arms,
    token: /./su,
    before: /\bcase\s*$/,
    problem: "An arm begins with its pattern.",
    help: "Leave out `case`: write `pattern => result`.",
  },
  {
    parents: arms,
    token: /^when$/,
    before: /[{,]\s*$|^\s*$/,
    problem: "An arm begins with its pattern.",
    help: "Leave out `when`: write `pattern => result`.",
  },
  {
    token: /^else$/,
    before: /[\p{L}\p{N})\]"']\s+if\b[^{}]*$/u,
    problem: "An `if` that is a value stands before its values.",
    help: "Write `if condition { a } else { b }`.",
  },
  {
    token: /^when$/,
    before: /^\s*$/,
    after: /^when\b.*\{/,
    problem: "What chooses by a value is called `match`.",
    help: "Write `match value { pattern => result }`.",
  },
  {
    token: /^\|$/,
    before: /(^|[=(,>])\s*$/,
    after: /^\|[^|{}]*\|/,
    problem: "The parameters of a function stand in parentheses.",
    help: "Write `fn(x) x + 1` or `x => x + 1`.",
  },
  {
    token: /^=>$/,
    before: /^\s*(?:get|post|put|delete|patch|head|options)\s+["'][^"']*["']\s*$/i,
    problem: "A route begins with `route`.",
    help: 'Write `route GET "/path" => handler`.',
  },
  {
    token: /^(fn|async)$/,
    before: /\broute\b.*->\s*$/,
    problem: "The handler of a route stands after `=>`.",
    help: 'Write `route GET "/path" => handler`; `-> Type` before it says what it gives.',
  },
  {
    parents: /^(RouteDeclaration|RouteDecorators)$/,
    token: /^body$/,
    before: /\bwith\b.*$/,
    ...routeOrder,
  },
  {
    parents: /^RouteDeclaration$/,
    token: /^(body|with)$/,
    before: /->[^=]*$/,
    ...routeOrder,
  },
  {
    parents: /^ConfigBody$/,
    token: /^["']$/,
    after: /^(["'])[^"'\n]*\1\s*:/,
    problem: "The key of a setting is a word.",
    help: "Write it without quotes, with `_` for `-`: `default_src: …`.",
  },
  {
    token: /^div$/,
    before: /[\p{L}\p{N}_)\]]\s*$/u,
    problem: "`div` is no operator.",
    help: "Write `floor(a / b)`.",
  },
  {
    token: /^mod$/,
    before: /[\p{L}\p{N}_)\]]\s*$/u,
    problem: "`mod` is no operator.",
    help: "Write `a % b`.",
  },
  {
    parents: /^(ParamList|Parameter)$/,
    token: /^\*\*?$/,
    problem: "A parameter that takes all that is left has three dots.",
    help: "Write `...rest` as the last parameter.",
  },
  {
    parents: /^(ParamList|Parameter)$/,
    token: /^&$/,
    problem: "Values are passed without a sign.",
    help: "Write the name alone: `self`.",
  },
  {
    token: /^fn$/,
    before: /[:<([,|]\s*$|->\s*$/,
    after: /^fn\s*\([^)]*\)\s*->/,
    parents: /^(ParamList|Parameter|TypeAnnotation|Field|TypeArgs|ArrayType|TupleType|UnionType)$/,
    problem: "The type of a function has no `fn`.",
    help: "Write `(Int) -> Int`.",
  },
  {
    token: /^:$/,
    before: /\benv\s+[\p{L}\p{N}_]+\s*$/u,
    problem: "An env variable has no type annotation.",
    help: "Write `env NAME = 25`: its type is that of the default.",
  },
  {
    token: /^=>$/,
    before: /\bmiddleware\s*\([^)]*\)\s*$/,
    problem: "A middleware is a named function.",
    help: "Write `middleware fn name(req, next) { … }`.",
  },
  {
    token: /^=>$/,
    before: /\b(websocket|ws|socket)\s+(get\s+)?"[^"\n]*"\s*$/i,
    problem: "There is no handler of sockets.",
    help: socketHelp,
  },
  {
    token: /^=>$/,
    before: /\b(sse|stream|events)\s+(get\s+)?"[^"\n]*"\s*$/i,
    problem: "What is sent piece by piece is a route.",
    help: 'Write `route GET "/path" => fn(req) { yield … }`.',
  },
  {
    token: /^=>$/,
    before: /\b(get|post|put|patch|delete|head|options)\s+"[^"\n]*"\s*$/i,
    problem: "A route begins with `route`.",
    help: 'Write `route GET "/path" => handler`.',
  },
  { token: /^as$/, before: /[\p{L}\p{N}_)\]"']\s*$/u, ...noAssertion },
  {
    parents: /^(ParamList|Parameter|NamedType|Field|FieldName|TypeBody|VariantField)$/,
    token: /^\?:?$/,
    ...noOptional,
  },
  {
    parents: /^(ParamList|Parameter|TypeBody|Field|NamedType|FunctionDeclaration|Method)$/,
    token: /^\[$/,
    before: /[\p{L}>]$/u,
    after: /^\[\s*\]/,
    problem: "A list's type has its brackets around it.",
    help: "Write `[Type]`.",
  },
  {
    parents: /^(ImplBody|TraitBody)$/,
    token: /^(static|public|private|protected|override|abstract|readonly)$/,
    ...noModifier,
  },
  {
    parents: /^TryStatement$/,
    token: /^(except|rescue)$/,
    problem: "What handles an error is called `catch`.",
    help: "Write `try { … } catch error { … }`.",
  },
  {
    token: /^\($/,
    before: /\bcatch\s*$/,
    problem: "The name of an error stands without parentheses.",
    help: "Write `catch error { … }`.",
  },
  {
    parents: /^(String|ImportDeclaration)$/,
    token: /./su,
    before: /\bfrom\s*$/,
    problem: "The module of an import is a text.",
    help: 'Write `import { name } from "./module"`.',
  },
  {
    parents:
      /^(TypeAnnotation|ReturnType|Field|TypeArgs|ArrayType|TupleType|UnionType|Parameter|ParamList)$/,
    token: /^\{$/,
    before: /[:<([,|]\s*$|->\s*$/,
    after: /^\{[^{}]*:/,
    problem: "A type with fields has a name.",
    help: "Declare `type Name { field: Type }`, and write its name.",
  },
  {
    parents: /^(SecurityRule|ConfigBody)$/,
    token: /^[\p{L}_]/u,
    before: /^\s*(?:security\s*\{\s*)?[a-z_]+\b[^{}]*$/,
    after: /^[\p{L}\p{N}_]+\s*:/u,
    problem: "The settings of a rule stand in braces.",
    help: "Write a rule such as `auth jwt { secret: KEY }`.",
  },
  {
    token: /^:$/,
    before: /^\s*(?:kv|sql|storage|queue)\s+[\p{L}\p{N}_]+\s*\([^()]*$/u,
    problem: "The settings of a binding stand in braces.",
    help: "Write `kv NAME { ttl: 60 }`.",
  },
  {
    token: /^from$/,
    before: /^\s*(?:\/\*.*\*\/\s*)?$/,
    after: /^from\s+\S+\s+import\b/,
    problem: "An import begins with `import`.",
    help: 'Write `import { name } from "module"`.',
  },
  {
    token: /^:$/,
    before:
      /(?:^|\*\/|[{};])\s*(?:async\s+)?(if|elif|else|for|while|match|try|with|def|class)\b[^{]*$/,
    after: /^:\s*(\/\/.*)?$/,
    problem: "A block stands between braces.",
    help: "Write `{ … }`; indentation means nothing.",
  },
  {
    token: /./s,
    before: /[\p{L}\p{N})\]]\s*\.\.\.\s*$/u,
    problem: "`...` is no range.",
    help: "Write `a..b` without the end, or `a..=b` with it.",
  },
];

/** The first form that fits the place. */
export const foreignForm: Describe = (place: Place): Described | null => {
  const { source, token, parent, node } = place;
  const start = token.kind === "end" ? node.from : token.from;
  const before = source.slice(Math.max(lineStart(source, start), start - 200), start);
  const after = source.slice(start, Math.min(lineEnd(source, start), start + 200));
  for (const form of forms) {
    if (form.parents && !form.parents.test(parent)) continue;
    if (!form.token.test(token.text) || (form.before && !form.before.test(before))) continue;
    if (form.after && !form.after.test(after)) continue;
    return at(place, codes.unexpected({ problem: form.problem, help: form.help }));
  }
  return null;
};
