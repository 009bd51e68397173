// Generators with `finally` and `defer` in them, left early in each of the ways there are (spec 4, 8).
import { addVariable, inBlock, inFunction, type Place } from "./context";
import { expression } from "./expression";
import { lib } from "./names";
import { statements } from "./statement";

/** A generator that tells how it ends. */
function declared(place: Place, name: string, async: boolean): string {
  const { choices } = place;
  const body = { ...inFunction(place, "number", async), depth: 2, loops: 1, mayYield: true };
  const inside = inBlock(body);
  addVariable(inside, { name: "round", type: "number", mutable: false });
  const lines = statements(inside, 2).join("\n");
  const waits = async ? "await Promise.resolve()\n" : "";
  const deferred = choices.once(2) ? `defer print("${name} left")\n` : "";
  const last = choices.pick([
    `finally {\n${waits}print("${name} finally")\n}`,
    `catch thrown { print("${name} caught", thrown is String) } finally { print("${name} finally") }`,
  ]);
  return `fn ${name}(most) {
${waits}${deferred}try {
for round in 0..most {
yield round
${lines}
}
} ${last}
yield 99
}`;
}

type Way = (place: Place, name: string) => string;

const ways: readonly [Way, ...Way[]] = [
  (place, name) => `for x in ${name}(4) { print(x) if x == ${place.choices.below(4)} { break } }`,
  (_, name) => `[one, two] = ${name}(3)\nprint(one, two)`,
  (place, name) => `[one, ...rest] = ${name}(3)\nprint(one, ${lib(place, "len")}(rest))`,
  (_, name) => `print(Seq(${name}(5)).take(2).collect())`,
  (_, name) => `g = ${name}(3)\nprint(g.next().value, g.return(7).value, g.next().done)`,
  (_, name) => `g = ${name}(3)\nprint(g.next().value, g.next(5).value, [...g])`,
  (_, name) =>
    `outer: for a in ${name}(3) { for b in ${name}(2) { print(a, b) if b == 1 { break outer } } }`,
  (_, name) =>
    `outer: for a in ${name}(2) { for b in ${name}(3) { if b == 1 { continue outer } print(b) } }`,
  (_, name) => `fn found() { for x in ${name}(3) { if x == 1 { return x } } }\nprint(found())`,
  (_, name) => `fn found() { for x in ${name}(3) { if x == 1 { Err(x)? } } Ok(0) }\nprint(found())`,
  (_, name) => `try { for x in ${name}(3) { if x == 1 { throw "stop" } } } catch e { print(e) }`,
  (_, name) =>
    `fn passed() { yield from ${name}(2) yield 5 }\nfor x in passed() { print(x) if x == 1 { break } }`,
  (place, name) =>
    `print([_one + ${expression(place, "number")} for _one in ${name}(2) if _one > 0])`,
  (_, name) => `for i, x in ${name}(3) { if i == 1 { break } print(i, x) }`,
  (_, name) => `g = ${name}(2)\nprint(g.next().value)\ntry { g.throw("in") } catch e { print(e) }`,
];

const asyncWays: readonly [Way, ...Way[]] = [
  (_, name) => `async for x in ${name}(4) { print(x) if x == 1 { break } }`,
  (_, name) =>
    `outer: async for a in ${name}(3) { for b in [0, 1] { if b == a { continue outer } print(a, b) } }`,
  (_, name) =>
    `fn found() { async for x in ${name}(3) { if x == 1 { return x } } }\nprint(await found())`,
  (_, name) => `g = ${name}(3)\nprint((await g.next()).value, (await g.return(7)).value)`,
  (_, name) =>
    `try { async for x in ${name}(3) { if x == 1 { throw "stop" } } } catch e { print(e) }`,
];

/** A generator and one or two ways to leave it, each in a block of its own. */
export function early(place: Place): string {
  if (place.loops > 0) return `print(${expression(place, "number")})`;
  const { counter, choices } = place;
  counter.names++;
  const name = `gen${counter.names}`;
  addVariable(place, { name, type: null, mutable: false });
  const async = place.mayAwait && choices.once(3);
  const generator = declared(place, name, async);
  const used = Array.from({ length: 1 + choices.below(2) }, () => {
    const inside = inBlock(place);
    return `if true {\n${choices.pick(async ? asyncWays : ways)(inside, name)}\n}`;
  });
  return [generator, ...used].join("\n");
}
