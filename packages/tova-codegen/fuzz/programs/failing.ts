// Functions that throw, catch, finalize, defer and return in every order (spec 4, 5.6, 8).
import { addVariable, inFunction, type Place } from "./context";
import { expression } from "./expression";
import type { Form } from "./form";

const n: Form = (place) => expression({ ...place, depth: Math.min(place.depth, 2) }, "number");

/** Something that is thrown, or throws by itself. */
const thrown: Form = (place) =>
  place.choices.pick<Form>([
    (at) => `throw Error.new("made {${n(at)}}")`,
    (at) => `throw P(${n(at)}, "thrown")`,
    (at) => `throw { code: ${n(at)} }`,
    (at) => `throw ${n(at)}`,
    () => "throw nil",
    () => 'throw TypeError.new("kind")',
    () => "nil.missing",
    (at) => `Err("failed {${n(at)}}").unwrap()`,
    () => "None.unwrap()",
    (at) => `Err(${n(at)})?`,
    () => "JSON.parse('{')",
    (at) => `assert(${n(at)} > 2, "asserted")`,
    (at) => `return Ok(${n(at)})`,
    (at) => `if given > ${n(at)} { return Ok("early") }`,
    (at) => `print("on", ${n(at)})`,
    (at) => `break_at = ${n(at)}\nif break_at == 1 { break }`,
    () => "continue",
  ])(place);

const handler: Form = (place) =>
  place.choices.pick<Form>([
    () => 'print("caught", caught is Error, caught is P)',
    () =>
      'print(match caught { Error => caught.name, P(x, y) => "{x}{y}", Int => "number", nil => "nil", _ => "other" })',
    () => "throw caught",
    (at) => `return Ok(${n(at)})`,
    () => "print(caught?.s ?? caught?.code ?? caught is Nil)",
    (at) => `count += ${n(at)}`,
    () => "continue",
    (at) => thrown(at),
  ])(place);

const last: Form = (place) =>
  place.choices.pick<Form>([
    () => 'print("finally", count)',
    () => 'defer print("deferred in finally")',
    () => "count += 1",
    (at) => `try { ${thrown(at)} } catch _ { print("inner") }`,
    () => 'if given > 2 { return Ok("from finally") }',
    () => "if given == 1 { break }",
  ])(place);

const deferred: Form = (place) =>
  place.choices.pick<Form>([
    () => 'defer print("deferred", count)',
    () => 'defer { print("deferred block", count)\ncount += 10 }',
    () => 'defer { try { throw "in" } catch e { print(e) } }',
    () => 'defer { throw "of defer" }',
    () =>
      'with { close: fn() print("closed", count) } as held { count += 1\ndefer print(held != nil) }',
    (at) =>
      `with { n: ${n(at)}, dispose: fn() print("disposed") } as held { ${thrown(at)}\nprint(held.n) }`,
    () => "",
  ])(place);

function attempt(place: Place, depth: number): string {
  const { choices } = place;
  const inside = depth > 0 && choices.once(2) ? attempt(place, depth - 1) : thrown(place);
  const body = `{\n${deferred(place)}\ncount += 1\n${inside}\nprint("after")\n}`;
  const caught = ` catch caught {\n${handler(place)}\n${choices.once(2) ? handler(place) : ""}\n}`;
  const finished = ` finally {\n${last(place)}\n}`;
  return `try ${body}${choices.pick([caught, `${caught}${finished}`, finished])}`;
}

/** A function with such a `try`, called with several numbers; each call tells how it ends. */
export function failing(place: Place): string {
  if (place.loops > 0) return `print(${expression(place, "number")})`;
  const { counter, choices } = place;
  counter.names++;
  const name = `fails${counter.names}`;
  const async = place.mayAwait && choices.once(3);
  const body = { ...inFunction(place, "result", async), depth: 2, loops: 1 };
  addVariable(body, { name: "given", type: "number", mutable: false });
  const lines = [deferred(body), attempt(body, 2), deferred(body)].join("\n");
  const call = `${async ? "await " : ""}${name}(each)`;
  return `fn ${name}(given) {
${async ? "await Promise.resolve()\n" : ""}var count = 0
for round in 0..2 {
${lines}
}
Ok(count)
}
for each in [0, 1, 3] { try { print(JSON.stringify(${call})) } catch e { print("outside", e is Error, e is P, e is Nil) } }`;
}
