// Types that a program declares itself, and code that makes, changes, matches and shows their values (spec 6, 7).
import { addVariable, inBlock, inFunction, type Place, quiet } from "./context";
import { expression } from "./expression";
import type { Form } from "./form";
import { statements } from "./statement";

const n: Form = (place) => expression({ ...place, depth: Math.min(place.depth, 2) }, "number");
const s: Form = (place) => expression({ ...place, depth: Math.min(place.depth, 2) }, "string");

/** Words that fields may be called, though variables may not or JavaScript uses them itself. */
const words = [
  ...["id", "type", "state", "from", "if", "default", "match", "it", "self", "length", "name"],
  ...["value", "constructor", "route", "class", "toString2", "n", "é"],
] as const;

/** Words that a variable may not be called. */
const reserved = new Set(["type", "from", "if", "default", "match", "it", "self", "constructor"]);

interface Declared {
  readonly type: string;
  readonly fields: readonly [string, string];
}

function fieldsOf({ choices }: Place): readonly [string, string] {
  const first = choices.below(words.length);
  const second = (first + 1 + choices.below(words.length - 1)) % words.length;
  return [words[first] ?? "a", words[second] ?? "b"];
}

/** The value of a field, after a name that may be bound. */
const renamed = (field: string, name: string): string =>
  reserved.has(field) || name !== field ? `${field}: ${name}` : field;

type Use = (place: Place, made: Declared) => string;

const recordUses: readonly [Use, ...Use[]] = [
  (_, { fields: [a, b] }) => `print(held.${a}, held?.${b}, held["${a}"])`,
  (place, { type, fields: [a, b] }) => `print(${type}(${b}: ${s(place)}, ${a}: ${n(place)}))`,
  (place, { type, fields: [a] }) => `print(${type}(${a}: ${n(place)}), ${type}(${n(place)}))`,
  (place, { type }) =>
    `print(${type}.new(${n(place)}, ${s(place)}) is ${type}, { a: 1 } is ${type})`,
  (place, { type, fields: [a] }) =>
    `print(match held { ${type}(0, _) => "none", ${type}(x, y) if x == ${n(place)} => "{x}{y}", ${type} => held.${a}, _ => "other" })`,
  (place, { fields: [a, b] }) =>
    `{ ${renamed(a, "one")}, ${renamed(b, "two")}, missing: three = ${n(place)}, ...others } = held\nprint(one, two, three, others)`,
  (place, { type, fields: [a, b] }) =>
    `copy = { ...held, ${b}: ${s(place)} }\nprint(copy, copy is ${type}, copy.${a})`,
  (place, { fields: [a] }) => `held.${a} += ${n(place)}\nprint(held)`,
  (_, { type }) =>
    `print(${type}.__eq(held, held), ${type}.__eq(held, { ...held }), ${type}.__show(held))`,
  (_, { type, fields: [a] }) =>
    `print(${type}.fromJSON(${type}.toJSON(held)).${a}, ${type}.fromJSON(JSON.stringify(held)) is ${type})`,
  (place) => `print(held.add(${n(place)}).add(${n(place)}), held.told())`,
  (place, { type }) => `print(${type}.zero().add(${n(place)}).told())`,
  (place, { type, fields: [a] }) => `print([${n(place)}, 2].map(${type}).map(it.${a}))`,
  (place, { type, fields: [a] }) =>
    `print([${type}(y, "c") for y in [${n(place)}, 1]] |> map(it.${a}))`,
  (place, { type, fields: [a] }) => `print(${n(place)} |> ${type}("d") |> .add(1) |> .${a})`,
  (place, { type, fields: [a, b] }) =>
    `for { ${renamed(a, "p")}, ${renamed(b, "q")} } in [held, ${type}(${n(place)}, "e")] { print(p, q) }`,
  (place, { type, fields: [a] }) =>
    `fn taking(${type.toLowerCase()}: ${type}, { ${renamed(a, "p")} = ${n(quiet(place))} }: ${type}) -> Int { ${type.toLowerCase()}.${a} + p }\nprint(taking(held, ${type}(${b0(place)})))`,
  (_, { fields: [a] }) =>
    `with_${a.length} = fn(given) given.${a}\nprint(with_${a.length}(held), with_${a.length}({ ${a}: 3 }))`,
];

const b0: Form = (place) => (place.choices.once(2) ? n(place) : "");

/** A record with words as its fields, derived functions and methods. */
function record(place: Place): string {
  const { choices, counter } = place;
  const fields = fieldsOf(place);
  const type = `R${counter.names}`;
  const [a, b] = fields;
  const body = { ...inFunction(place, "number", false), depth: 1 };
  addVariable(body, { name: "by", type: "number", mutable: false });
  const more = expression(body, "number");
  const between = choices.pick([", ", "\n", "; "]);
  const uses = Array.from({ length: 2 + choices.below(4) }, () => {
    const inside = inBlock(place);
    return `if true {\n${choices.pick(recordUses)(inside, { type, fields })}\n}`;
  });
  return `type ${type} { ${a}: Int${between}${b}: String } derive [Eq, Show, JSON]
impl ${type} {
fn add(self, by = 1) { self.${a} += ${more}
self }
fn told(self) { "{self.${a}}/{self.${b}}" }
fn zero() { ${type}(0, "z") }
}
held = ${type}(${n(place)}, ${s(place)})
${uses.join("\n")}`;
}

/** A type of variants with parameters, its own methods, and matches that go into them. */
function variants(place: Place): string {
  const { choices, counter } = place;
  const id = counter.names;
  const [a] = fieldsOf(place);
  const body = { ...inFunction(place, "string", false), depth: 2, loops: 1 };
  addVariable(body, { name: "given", type: "number", mutable: false });
  const arms: readonly [string, ...string[]] = [
    `One${id}(x) if x > ${n(body)} => "big {x}"`,
    `One${id}(1 | 2) | Two${id}(1..4, _) => "small"`,
    `Two${id}(x, One${id}(y)) => "in {x} {y}"`,
    `Two${id}(x, [y, ..._]) => "list {x} {y}"`,
    `Two${id}(_, (y, z)) => "pair {y} {z}"`,
    `Two${id}(_, "a" ++ y) => y`,
    `V${id}.None${id} => ${s(body)}`,
    `One${id}(Some(x)) => "some {x}"`,
    `One${id}(Ok(None) | Err(_)) => "wrapped"`,
    `[One${id}(x), ...y] => "row {x} {len(y)}"`,
    `Two${id} => "two"`,
    `One${id}(nil) => "nothing"`,
  ];
  const count = 2 + choices.below(4);
  const chosen = Array.from({ length: count }, () => choices.pick(arms));
  const values = [
    ...[`One${id}(${n(place)})`, `Two${id}(${n(place)}, One${id}(3))`, `None${id}`],
    ...[`Two${id}(${a}: 2, other: [${n(place)}, 2])`, `One${id}(Some(${n(place)}))`],
    ...[
      `One${id}(Ok(None))`,
      `[One${id}(1), 2]`,
      `Two${id}(5, ${s(place)})`,
      `V${id}.One${id}(nil)`,
    ],
  ];
  const before = statements(body, 1).join("\n");
  return `type V${id}<T> {
One${id}(T)
Two${id}(${a}: Int, other: T)
None${id}
}
impl V${id} { fn kind(self) { match self { One${id}(_) => 1, Two${id}(x, _) => x, _ => 0 } } }
fn told${id}(given) {
${before}
match given {
${chosen.join(choices.pick(["\n", ",\n"]))}
V${id} => "any of {given.kind()}"
_ => "no"
}
}
for value in [${values.join(", ")}] { print(told${id}(value), JSON.stringify(value), value is V${id}) }`;
}

/** A tree that is filled, summed, changed and shown by functions that call themselves. */
function tree(place: Place): string {
  const { choices, counter } = place;
  const [leaf, node, id] = [`Leaf${counter.names}`, `Node${counter.names}`, counter.names];
  const body = { ...inFunction(place, null, false), depth: 1, loops: 1 };
  for (const name of ["value", "so_far"])
    addVariable(body, { name, type: "number", mutable: false });
  const test = choices.pick(["value < at", "value <= at", `(value + ${n(body)}) % 3 < at`]);
  return `type Tree${id} { ${leaf}, ${node}(left: Tree${id}, at: Int, right: Tree${id}) }
fn put${id}(tree, value) {
match tree {
${leaf} => ${node}(${leaf}, value, ${leaf})
${node}(left, at, right) if ${test} => ${node}(put${id}(left, value), at, right)
${node}(left, at, right) => ${node}(at: at, right: put${id}(right, value), left: left)
}
}
fn fold${id}(tree, so_far, change) {
if tree is ${leaf} { return so_far }
change(fold${id}(tree.left, so_far, change), tree.at, fn(value) value + ${expression(body, "number")})
}
fn walk${id}(tree) {
match tree { ${node}(left, value, right) => { yield from walk${id}(left) yield value yield from walk${id}(right) } _ => {} }
}
fn deep${id}(tree) { match tree { ${leaf} => 0, ${node}(left, _, right) => 1 + Math.max(deep${id}(left), deep${id}(right)) } }
grown = reduce([${n(place)}, 3, ${n(place)}, 1], put${id}, ${leaf})
print([...walk${id}(grown)], deep${id}(grown), fold${id}(grown, 0, fn(sum_so, at, by) by(sum_so) + at))
print(grown)`;
}

/** A type, in a block of its own. */
export function declaring(place: Place): string {
  if (place.loops > 0) return `print(${expression(place, "number")})`;
  place.counter.names++;
  return `if true {\n${place.choices.pick([record, variants, tree])(place)}\n}`;
}
