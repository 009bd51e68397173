// Functions whose operands wait, yield, or leave the loop or the function, in every position (spec 4.1, 5.3).
import { addVariable, inFunction, type Place } from "./context";
import { expression } from "./expression";
import type { Form } from "./form";
import { lib } from "./names";
import { linesBeside, linesWith, severalOf, usedByLines } from "./positions";

const n: Form = (place) => expression({ ...place, depth: Math.min(place.depth, 1) }, "number");

/** A value that comes later, or comes to nothing. */
const awaitedValue: Form = (place) =>
  place.choices.pick<Form>([
    (at) => `(await later(${n(at)}))`,
    (at) => `(await seen(${n(at)}))`,
    (at) => `(await later(later(${n(at)})))`,
    (at) => `(await Promise.all([later(${n(at)}), ${n(at)}]))[1]`,
    (at) => `(match await later(${n(at)}) { 0 => await later(1), m => m })`,
    (at) => `(nil ?? await later(${n(at)}))`,
    (at) => `(${n(at)} |> await later())`,
    (at) => `(${n(at)} |> await later(_))`,
    (at) => `(await (async fn(z) z + ${n(at)})(1))`,
    (at) => `(await (async (z) => z + await later(${n(at)}))(1))`,
    (at) => `(await (async z => { n: z })(${n(at)})).n`,
    () => "(await refused(1))",
  ])(place);

/** What a generator is given, or gets from another one. */
const yielded: Form = (place) =>
  place.choices.pick<Form>([
    (at) => `(yield ${n(at)})`,
    (at) => `((yield ${n(at)}) ?? ${n(at)})`,
    (at) => `(yield from [${n(at)}, 1])`,
    (at) => `((yield from handing(${n(at)})) + 1)`,
    (at) => `(match ${n(at)} { 1 => yield 1, m => m })`,
    (at) => `(if ${n(at)} > 1 { yield 2 } else { ${n(at)} })`,
    n,
  ])(place);

/** What leaves the round, the loop or the function instead of giving a value. */
const jumping =
  (label: string): Form =>
  (place) =>
    place.choices.pick<Form>([
      n,
      (at) => `(match ${n(at)} { 0 => { break } 1 => { continue } m => m })`,
      (at) => `(match ${n(at)} { 2 => { break ${label} } 3 => { return ${n(at)} } m => m })`,
      (at) => `(if ${n(at)} == 1 { continue ${label} } else { ${n(at)} })`,
      (at) => `(if ${n(at)} == 2 { acc += 1\n(${n(at)}) } else { ${n(at)} })`,
      (at) => `seen(${n(at)})`,
      (at) => `(${n(at)} > 1 and (if true { print("jump")\nbreak } else { 1 }))`,
    ])(place);

/** What changes the variables that stand beside it. */
const changing: Form = (place) =>
  place.choices.pick<Form>([
    () => "bump()",
    (at) => `bump(${n(at)})`,
    (at) => `(match ${n(at)} { 0 => bump(), m => { acc -= m\nacc } })`,
    (at) => `(if ${n(at)} > 1 { acc += 2\nheld.n } else { held.own = { o: 9 }\nbump() })`,
    () => "[bump(z) for z in [1, 2]][1]",
    (at) => `(match held.list { [x, ..._] if x > ${n(at)} => { held.list = [7]\nx } _ => bump() })`,
    (at) => `(nil ?? (match ${n(at)} { 1 => bump(1), _ => bump(2) }))`,
    (at) => `(Ok(bump(${n(at)}))?)`,
    (at) => `(bump() < ${n(at)} < bump() and 2)`,
    n,
  ])(place);

interface Names {
  readonly name: string;
  readonly label: string;
}

function named(place: Place): Names {
  place.counter.names++;
  return { name: `way${place.counter.names}`, label: `turn${place.counter.names}` };
}

/** A body two levels deep with a parameter `given`. */
function bodyOf(place: Place, async: boolean): Place {
  const body = { ...inFunction(place, "number", async), depth: 2, loops: 1 };
  addVariable(body, { name: "given", type: "number", mutable: false });
  return body;
}

function waiting(place: Place): string {
  const { name } = named(place);
  const lines = severalOf(bodyOf(place, true), linesWith(awaitedValue));
  return `fn later(value) { await Promise.resolve() print("later") value }
fn refused(value) { await Promise.resolve() if value == 1 { throw "refused" } value }
fn ${name}(given) {
${usedByLines}${lines}
acc
}
try { print(await ${name}(${n(place)})) } catch stopped { print("stopped", stopped) }`;
}

function giving(place: Place): string {
  const { name } = named(place);
  const lines = severalOf(bodyOf(place, false), linesWith(yielded));
  const { choices } = place;
  const asked = choices.pick([
    `print([...${name}(${n(place)})])`,
    `it_${name} = ${name}(1)\nprint(it_${name}.next(), it_${name}.next(2), it_${name}.next(${n(place)}), it_${name}.return(5), it_${name}.next())`,
    `for each in ${name}(2) { print(each) if each == 2 { break } }`,
    `[first_one, ...others_${name}] = ${name}(${n(place)})\nprint(first_one, others_${name})`,
    `print(${lib(place, "take")}(${name}(1), 2))`,
    `it_${name} = ${name}(1)\nprint(it_${name}.next())\ntry { print(it_${name}.throw("in"), it_${name}.next()) } catch stopped { print(stopped) }`,
  ]);
  return `fn handing(value) { got = yield value  return got ?? 7 }
fn ${name}(given) {
${usedByLines}${lines}
acc
}
${asked}`;
}

function looping(place: Place): string {
  const { name, label } = named(place);
  const lines = severalOf(bodyOf(place, false), linesWith(jumping(label)));
  const inner = place.choices.pick([
    "for round in [0, 1, 2]",
    "for round in 0..3",
    "for at, round in upto(3)",
  ]);
  return `fn ${name}(given) {
${usedByLines}${label}: for outer_round in 0..2 {
${inner} {
print("round", outer_round, round)
${lines}
}
}
acc
}
print(${name}(${n(place)}))`;
}

function ordering(place: Place): string {
  const { name } = named(place);
  const lines = severalOf(bodyOf(place, false), linesBeside(changing));
  return `fn two(a, b) { print("two", a, b)\n[a, b] }
fn ${name}(given) {
var acc = 1
held = { n: 1, list: [1, 2, 3], own: { o: 1 }, f: fn(a, b) { print("first", a, b)\na } }
fn bump(by = 1) { acc += by\nheld.n += 1\nheld.list.push(acc)\nheld.own.o = acc\nacc }
${lines}
print(acc, JSON.stringify(held))
acc
}
try { print(${name}(${n(place)})) } catch stopped { print(stopped is TypeError) }`;
}

/** A function of such lines, in a block of its own with what it needs. */
export function ways(place: Place): string {
  if (place.loops > 0) return `print(${expression(place, "number")})`;
  const made = place.choices.pick(
    place.mayAwait
      ? [waiting, giving, looping, ordering, ordering]
      : [giving, looping, ordering, ordering],
  );
  return `if true {\n${made(place)}\n}`;
}
