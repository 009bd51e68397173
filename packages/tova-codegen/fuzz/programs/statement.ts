// A place → statements; what they bind is visible to those after them (spec 3, 8).
import { match, whole } from "./branch";
import { callOf } from "./call";
import { channelling } from "./channels";
import {
  addVariable,
  functionsOf,
  inBlock,
  type Place,
  quiet,
  type Type,
  types,
  variablesOf,
} from "./context";
import { declaring as declaringType } from "./declarations";
import { early } from "./early";
import { expression } from "./expression";
import { failing } from "./failing";
import { functionDeclaration } from "./function";
import { keeping } from "./keeping";
import { ways } from "./leaving";
import { loop } from "./loop";
import { implementation, trait } from "./methods";
import { hideable, newName, takenNames } from "./names";
import { propagation } from "./propagation";
import { recursion } from "./recursion";
import { closures, using } from "./resource";
import { queueing } from "./sequences";
import { tabling } from "./tables";
import { taking } from "./taking";
import { timing } from "./timers";

type Form = (place: Place) => string;

const anyType = (place: Place): Type => place.choices.pick(types);

/** So many statements or fewer, each on lines of its own. */
export function statements(place: Place, most: number): string[] {
  const count = 1 + place.choices.below(most);
  const lines = [hiding(place) ?? statement(place)];
  while (lines.length < count && !place.choices.ended()) {
    const next = `${remark(place)}${statement(place)}`;
    const before = lines.at(-1) ?? "";
    if (place.choices.once(8) && mayShareLine(before, next)) {
      lines.splice(-1, 1, `${before}${place.choices.pick([" ", "; "])}${next}`);
    } else lines.push(next);
  }
  return lines;
}

/** Whether a statement may follow another one on its line, with nothing between them. */
const mayShareLine = (before: string, next: string): boolean =>
  /^(print\(|if |for |while |match |try |var |guard |fn )/.test(next) &&
  !/(\b(return|break|continue|yield)( \w+)?|=> *)$/.test(before);

/** What stands between statements and means nothing. */
function remark({ choices }: Place): string {
  return choices.once(12)
    ? choices.pick(["// it's {a\n", '/* ) /* " */ */ ', "/// told of [\n", ";; "])
    : "";
}

/** At the start of a block: a function called as one of the library, which holds for all of it. */
function hiding(place: Place): string | null {
  const block = place.blocks.at(-1);
  const fresh = block?.variables.length === 0 && block.functions.length === 0;
  if (!fresh || !place.inside || place.depth <= 0 || !place.choices.once(12)) return null;
  const name = place.choices.pick([...hideable]);
  return takenNames(place).has(name) ? null : functionDeclaration(place, { called: name });
}

/** A block in braces with names of its own. */
export function block(place: Place, most = 2): string {
  return `{\n${statements(inBlock(place), most).join("\n")}\n}`;
}

/** One statement. */
export function statement(place: Place): string {
  if (place.mayYield && place.choices.once(4)) return yielding(place);
  if (place.depth <= 0) return place.choices.pick([shown, binding, leaving])(place);
  return place.choices.pick(forms)(place);
}

/** The likelier ones stand more than once. */
const declaring: Form = (place) => functionDeclaration(place);

const forms: readonly [Form, ...Form[]] = [
  ...([shown, binding, shown, binding, variable, assignment, assignment, branching] as const),
  ...([matching, attempt, loop, destructuring, member, leaving, guard, swap] as const),
  ...([loop, deferred, declaring, declaring, branching, attempt] as const),
  ...([using, closures, yielding, element, implementing, asking, queueing] as const),
  ...([recursion, compound, destructuring] as const),
  ...([propagation, tabling, early, channelling, propagation, tabling, early] as const),
  ...([ways, ways, declaringType, declaringType, keeping, failing, taking, timing] as const),
];

/** Prints a value, so that both runs can be compared. */
function shown(place: Place): string {
  const first = printable(place);
  switch (place.choices.below(6)) {
    case 1:
      return `print(${first}, ${printable(place)})`;
    case 2:
      return `print("{red}{${first}}{/}", ...${expression(place, "list")})`;
    default:
      return `print(${first})`;
  }
}

/** A class of the library is no part of the language, so that of dictionaries the items are shown. */
function printable(place: Place): string {
  const type = anyType(place);
  return type === "counts" ? `[...${expression(place, type)}]` : expression(place, type);
}

/** In a generator, a number or all numbers of a list. */
function yielding(place: Place): string {
  if (!place.mayYield) return shown(place);
  if (place.choices.once(3)) {
    const value = expression(place, "number");
    return `${bind(place, "number")} = yield ${value}`;
  }
  return place.choices.once(2)
    ? `yield ${expression(place, "number")}`
    : `yield from ${expression(place, "list")}`;
}

/** An element of a list that a variable holds. */
function element(place: Place): string {
  const name = mutableOf(place, "list");
  if (name === undefined) return variable(place);
  const value = expression(place, "number");
  return place.choices.pick([`${name}[0] = ${value}`, `${name}[0] += ${value}`]);
}

function implementing(place: Place): string {
  if (place.blocks.length > 1) return declaring(place);
  return place.choices.once(2) ? trait(place) : implementation(place);
}

/** A generator that is asked step by step, and given something. */
function asking(place: Place): string {
  const find = () => functionsOf(place, "list").find((each) => each.generator && !each.async);
  const before = find() ? "" : `${functionDeclaration(place, { generator: true, async: false })}\n`;
  const known = find();
  if (!known) return before;
  const call = callOf(place, known);
  place.counter.names++;
  const name = `g${place.counter.names}`;
  const given = expression(place, "number");
  return `${before}${name} = ${call}\nprint(${name}.next().value, ${name}.next(${given}).value, [...${name}])`;
}

/** Operators that change members and elements in place. */
function compound(place: Place): string {
  const { choices } = place;
  const name = variablesOf(place, "dict")[0]?.name;
  const value = expression(place, "number");
  const operator = choices.pick(["+=", "-=", "*=", "/=", "&=", "|=", "^=", "<<=", ">>="]);
  if (name === undefined) return shown(place);
  const target = choices.pick([`${name}.a`, `${name}["b"]`, `${name}["k{${value}}"]`]);
  return `${target} ${operator} ${whole(place, "number")}`;
}

function bind(place: Place, type: Type, mutable = false): string {
  const name = newName(place);
  addVariable(place, { name, type, mutable });
  return name;
}

function binding(place: Place): string {
  const type = anyType(place);
  const value = whole(place, type);
  return `${bind(place, type)} = ${value}`;
}

function newVariable(place: Place, type: Type): string {
  place.counter.names++;
  const name = `m${place.counter.names}`;
  addVariable(place, { name, type, mutable: true });
  return name;
}

function variable(place: Place): string {
  const type = anyType(place);
  const value = whole(place, type);
  return `var ${newVariable(place, type)} = ${value}`;
}

function mutableOf(place: Place, type: Type): string | undefined {
  return variablesOf(place, type).find(({ mutable }) => mutable)?.name;
}

function assignment(place: Place): string {
  const type = anyType(place);
  const name = mutableOf(place, type);
  if (name === undefined) return binding(place);
  if (type === "number" && place.choices.once(2)) {
    return `${name} ${place.choices.pick(["+=", "-=", "*=", "|=", "<<="])} ${expression(place, type)}`;
  }
  if (type === "string" && place.loops === 0) return `${name} += ${expression(place, type)}`;
  return `${name} = ${whole(place, type)}`;
}

function swap(place: Place): string {
  const names = variablesOf(place, "number").filter(({ mutable }) => mutable);
  const [a, b] = names;
  if (!a || !b) return variable(place);
  return `${a.name}, ${b.name} = ${b.name}, ${expression(place, "number")}`;
}

function destructuring(place: Place): string {
  if (place.choices.once(4)) return variables(place);
  const form = place.choices.below(5);
  const value = expression(place, form === 1 || form === 4 ? "list" : "record");
  const number = expression(place, "number");
  const first = bind(place, "number");
  // A default comes after the names before it.
  const fallback = form === 0 || form === 4 ? expression(place, "number") : "0";
  const second = bind(place, "number");
  switch (form) {
    case 1:
      return `[${first}, ${second}, ...${bind(place, "list")}] = ${value}`;
    case 2:
      return `(${first}, ${second}) = (${number}, 1)`;

    case 3:
      return `${first}, ${second} = ${number}, 2`;
    case 4:
      return `[${first} = 1, _, ${second} = ${fallback}] = ${value}`;
    default:
      return `{ n: ${first}, missing: ${second} = ${fallback} } = ${value}`;
  }
}

/** Several variables at once. */
function variables(place: Place): string {
  const value = expression(place, "record");
  const number = expression(place, "number");
  const made = (type: Type) => newVariable(place, type);
  return place.choices.pick([
    () => `var { n: ${made("number")}, ...${made("dict")} } = ${value}`,
    () => `var ${made("number")}, ${made("number")} = ${number}, ${value}.n`,
    () => `var [${made("number")}, ...${made("list")}] = [${number}, 2, 3]`,
  ])();
}

/** Members change on objects made here only. */
function member(place: Place): string {
  const value = expression(place, "number");
  const [record] = variablesOf(place, "record");
  if (!record) return binding(place);
  return place.choices.pick([
    `${record.name}.n = ${value}`,
    `${record.name}.n += ${value}`,
    `${record.name}["n"] = ${value}`,
  ]);
}

function branching(place: Place): string {
  const test = expression(place, "bool");
  const elif = place.choices.once(3) ? ` elif ${expression(place, "bool")} ${block(place)}` : "";
  const otherwise = place.choices.once(2) ? ` else ${block(place)}` : "";
  return `if ${test} ${block(place)}${elif}${otherwise}`;
}

function matching(place: Place): string {
  return match({ ...place, depth: place.depth - 1 }, anyType(place));
}

function attempt(place: Place): string {
  const { choices } = place;
  const within = inBlock(place);
  const lines = statements(within, 2);
  const thrown = choices.once(2)
    ? `\nthrow ${expression(within, choices.pick(["string", "number"]))}`
    : "";
  const body = `{\n${lines.join("\n")}${thrown}\n}`;
  const inside = inBlock(place);
  const name = bind(inside, "number");
  const handler = ` catch ${name} {\nprint("caught {${name} is String}")\n${statements(inside, 2).join("\n")}\n}`;
  const finalizer = ` finally ${block(place)}`;
  return `try ${body}${choices.pick([handler, `${handler}${finalizer}`, finalizer])}`;
}

/** `return`, `break` or `continue` where they may stand, behind a condition or not. */
function leaving(place: Place): string {
  const ways: string[] = [];
  if (place.returns) ways.push(`return ${expression(place, place.returns)}`);
  const label = place.labels[place.choices.below(Math.max(1, place.labels.length))];
  if (label) ways.push("break", `break ${label}`, "continue", `continue ${label}`);
  const way = ways[place.choices.below(Math.max(1, ways.length))];
  if (way === undefined) return shown(place);
  return place.choices.once(3) ? way : `if ${expression(place, "bool")} { ${way} }`;
}

function guard(place: Place): string {
  const ways = [
    ...(place.returns ? [`return ${expression(place, place.returns)}`] : []),
    ...(place.labels.length > 0 ? ["break", "continue"] : []),
  ];
  const leave = ways[place.choices.below(Math.max(1, ways.length))];
  if (leave === undefined) return shown(place);
  return `guard ${expression(place, "bool")} else { ${leave} }`;
}

function deferred(place: Place): string {
  if (!place.inside) return shown(place);
  const inside = quiet(inBlock(place));
  return place.choices.once(2)
    ? `defer print(${expression(inside, "number")})`
    : `defer {\n${statements(inside, 2).join("\n")}\n}`;
}
