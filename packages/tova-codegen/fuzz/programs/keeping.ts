// Assignments whose targets and values are seen to be evaluated, functions that keep and change variables (spec 3).
import { inFunction, type Place } from "./context";
import { expression } from "./expression";
import type { Form } from "./form";

const n: Form = (place) => expression({ ...place, depth: Math.min(place.depth, 2) }, "number");
const seen: Form = (place) => `seen(${n(place)})`;
const at: Form = ({ choices }) => `seen(${choices.below(3)})`;
const operator: Form = ({ choices }) =>
  choices.pick(["+=", "-=", "*=", "/=", "&=", "|=", "^=", "<<=", ">>=", "="]);
const member: Form = (place) =>
  place.choices.pick<Form>([
    () => "box.a",
    (each) => `box.list[${at(each)}]`,
    () => 'box["b"]',
    () => "box.deep.er.n",
    (each) => `box.deep["{"e"}r"].list[${at(each)}]`,
    (each) => `boxes[${at(each)}].n`,
    () => "found().n",
    (each) => `(${each.choices.pick(["box", "found()"])}).list[0]`,
    (each) => `box["k{${n(each)}}"]`,
    (each) => `boxes[0]["list"][-1 + ${at(each)}]`,
    () => "total",
  ])(place);

const lines: readonly [Form, ...Form[]] = [
  (place) => `${member(place)} ${operator(place)} ${seen(place)}`,
  (place) => `${member(place)} ${operator(place)} ${seen(place)}`,
  (place) =>
    `${member(place)} ${operator(place)} match ${n(place)} { 0 | 1 => ${seen(place)}, m => { total += 1 m } }`,
  (place) => `${member(place)} = if ${n(place)} > 1 { ${seen(place)} } else { total }`,
  (place) => `${member(place)}, ${member(place)} = ${seen(place)}, ${seen(place)}`,
  () => "box.a, box.list[0] = box.list[0], box.a",
  () => "total, box.a = box.a, total",
  () => "other, total = total, other",
  (place) => `_ = ${seen(place)}`,
  (place) => `[3, ${n(place)}].forEach(fn(x) total ${place.choices.pick(["+=", "-=", "="])} x)`,
  (place) => `each_of([2, ${n(place)}], fn(x) box.a += x)`,
  (place) => `each_of([2, ${n(place)}], x => { total = x * 2\nbox.list.push(x) })`,
  (place) => `each_of([${n(place)}], fn(x) { total = total + x })`,
  (place) => `print([${n(place)}, 2] |> map(fn(x) { total += x\ntotal }))`,
  () => "print(next(), next(), next())",
  (place) => `tick = counter(${n(place)})\nprint(tick(), tick(), counter(1)())`,
  (place) => `print(adder(${n(place)})(${n(place)})(1))`,
  (place) => `limit = ${n(place)}\nprint((fn() { limit = 5\nlimit })(), limit)`,
  (place) => `if true { total = ${n(place)}\nvar total2 = total\ntotal2 += 1\nprint(total2) }`,
  (place) => `for total2 in [${n(place)}, 2] { total += total2 }`,
  (place) => `for { n, list = [] } in boxes { print(n, len2(list), ${n(place)}) }`,
  (place) =>
    `var { n, list, gone = ${n(place)} } = boxes[1]\nn += 1\ngone -= 1\nprint(n, list, gone, boxes[1].n)`,
  (place) => `var [first, _, ...rest] = [${n(place)}, 2, 3]\nfirst += 1\nprint(first, rest)`,
  (place) => `{ n: renamed = ${n(place)}, list: items } = found()\nprint(renamed, items)`,
  (place) => `last = boxes[${at(place)}]?.list?.[${at(place)}] ?? ${seen(place)}\nprint(last)`,
];

/** A function with variables that several others change, in lines that tell what they do. */
export function keeping(place: Place): string {
  if (place.loops > 0) return `print(${expression(place, "number")})`;
  const { counter, choices } = place;
  counter.names++;
  const name = `kept${counter.names}`;
  const body = { ...inFunction(place, "number", false), depth: 3 };
  const count = 2 + choices.below(5);
  const all = Array.from({ length: count }, () => {
    const line = choices.pick(lines)(body);
    return choices.once(4) || /^(\w+|var .*|\{.*\}) = /.test(line) ? `if true {\n${line}\n}` : line;
  });
  return `fn ${name}(start) {
var total = start
var other = 1
box = { a: 1, b: 2, list: [1, 2, 3], deep: { er: { n: 4, list: [5, 6] } } }
boxes = [{ n: 1, list: [1, 2] }, { n: 2, list: [3] }, { n: 3 }]
fn found() { print("found") boxes[1] }
fn each_of(list, run) { for item in list { run(item) } }
fn len2(list) { list.length }
fn next() { total += 1\ntotal }
fn counter(from_here) { var count = from_here\nfn() { count += 1\ncount } }
adder = fn(a) fn(b) c => a + b * c + total
${all.join("\n")}
print(JSON.stringify([total, other, box, boxes]))
total
}
print(${name}(${n(place)}))`;
}
