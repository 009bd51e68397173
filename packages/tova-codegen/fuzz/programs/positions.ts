// An operand → lines in which it stands in every position there is, for operands that leave or wait (spec 2, 5).
import type { Place } from "./context";
import { expression } from "./expression";
import type { Form } from "./form";

/** What the lines may use: a variable `acc` and a record `held`. */
export const usedByLines = "var acc = 0\nheld = { n: 1 }\n";

/** Lines with the operand in the positions of one function. */
export const linesWith = (e: Form): readonly [Form, ...Form[]] => [
  (place) => `print(${e(place)}, ${e(place)})`,
  (place) => `print("{${e(place)}} and {${e(place)}}")`,
  (place) => `print([${e(place)}, ...[${e(place)}], ${e(place)}])`,
  (place) => `print({ a: ${e(place)}, ["k{${e(place)}}"]: ${e(place)}, ...{ b: ${e(place)} } })`,
  (place) => `if ${e(place)} > 1 { print("if") } elif ${e(place)} == ${e(place)} { print("elif") }`,
  (place) => `for y in [${e(place)}, 2] when ${e(place)} != y { print(y, ${e(place)}) }`,
  (place) => `for y in ${e(place)}..${e(place)} { if y > 3 or y < -3 { break } print(y) }`,
  (place) =>
    `print(match ${e(place)} { 0 => ${e(place)}, n if ${e(place)} > n => n, _ => ${e(place)} })`,
  (place) => `print([1, 2, 3][${e(place)}], "abcd"[${e(place)}:${e(place)}])`,
  (place) =>
    `print(${e(place)} < ${e(place)} <= ${e(place)}, ${e(place)} + ${e(place)} * ${e(place)})`,
  (place) => `print(nil ?? ${e(place)}, ${e(place)} or ${e(place)}, ${e(place)} and ${e(place)})`,
  (place) =>
    `print(${e(place)} |> seen |> fn(z) z + 1, ${e(place)} |> P(_, "{${e(place)}}") |> .n)`,
  (place) => `print([z + ${e(place)} for z in [1, ${e(place)}] if ${e(place)} != z])`,
  (place) => `print({ "k{z}": ${e(place)} for z in [1, 2] })`,
  (place) => `acc += ${e(place)}`,
  (place) => `acc = ${e(place)} - acc`,
  (place) => `held.n = ${e(place)}\nprint(held.n)`,
  (place) => `held["n"] += ${e(place)}`,
  (place) =>
    `guard ${e(place)} != 2 else { return ${expression(place, place.returns ?? "number")} }`,
  (place) => `try { print(${e(place)}) } catch _ { print("never") } finally { print("finally") }`,
  (place) => `try { throw ${e(place)} } catch caught { print(caught, ${e(place)}) }`,
  (place) => `with { close: fn() print("closed") } as _r { print(${e(place)}) }`,
  (place) => `defer print("deferred", acc)\nprint(${e(place)})`,
  (place) => `var turns = 0\nwhile turns < ${e(place)} { turns += 1 if turns > 2 { break } }`,
  (place) => `print(P(s: "{${e(place)}}", n: ${e(place)}).n in [${e(place)}], ${e(place)} is Int)`,
  (place) => `print(-${e(place)}, ~${e(place)}, not ${e(place)})`,
  (place) => `[pa, ...po] = [${e(place)}, ${e(place)}]\nprint(pa, po)`,
  (place) => `{ n: pn, missing: pm = ${e(place)} } = { n: ${e(place)} }\nprint(pn, pm)`,
  (place) => `held["{${e(place)}}"] = ${e(place)}\nprint(held)`,
  (place) => `pa, acc = ${e(place)}, ${e(place)}\nprint(pa, acc)`,
  (place) => `print(held?.n.toString(${e(place)} and 2), held?.none?.[${e(place)}])`,
  (place) => `print(({ f: fn(z, y = 1) z - y }).f(...[${e(place)}], ${e(place)}))`,
  (place) => `print(if ${e(place)} == 1 { ${e(place)} } else { acc += 1\n(${e(place)}) })`,
  (place) =>
    `print((${e(place)}, ${e(place)}).1 ?? ${e(place)}, "${"{"}${e(place)}}" ++ ${e(place)})`,
  (place) =>
    `print(match [${e(place)}, ${e(place)}] { [1, y] => y, [y, ..._] if y == ${e(place)} => "same", _ => held })`,
  (place) =>
    `xs_${place.counter.names} = [3, 4]\nxs_${place.counter.names}[(${e(place)}) % 3] *= ${e(place)}\nprint(xs_${place.counter.names})`,
  (place) => `print(${e(place)} in [0, ${e(place)}], ${e(place)} not in 0..=2)`,
  (place) => `print([1, 2, 3][${e(place)}:][0], "ab" * (${e(place)} % 5), 2 ** ${e(place)})`,
];

/** Lines in which the operand stands beside what it may change: `acc`, `held` and what they hold. */
export const linesBeside = (e: Form): readonly [Form, ...Form[]] => [
  (place) => `print(acc, ${e(place)}, acc, ${e(place)}, held.n)`,
  (place) => `print([acc, ${e(place)}, held.n, ...held.list, ${e(place)}, acc])`,
  (place) => `print("{acc}-{${e(place)}}-{acc}-{held.list}-{${e(place)}}")`,
  (place) => `print(acc + ${e(place)} + acc * ${e(place)} - held.n)`,
  (place) => `print(acc < ${e(place)} <= acc, held.n == ${e(place)}, acc in [${e(place)}])`,
  (place) =>
    `print({ a: acc, b: ${e(place)}, [acc]: held.n, ["k{${e(place)}}"]: acc, ...held.own })`,
  (place) => `held.list[acc % 5] = ${e(place)}`,
  (place) => `held.list[held.n % 5] += ${e(place)}`,
  (place) => `held.own["k{acc}"] = ${e(place)} + acc`,
  (place) => `held.f(acc, ${e(place)}, held.n)`,
  (place) => `print(held.f(${e(place)}, acc), held["f"](${e(place)}))`,
  (place) =>
    `print(acc |> two(_, ${e(place)}), ${e(place)} |> two(acc, _), acc |> .toFixed(${e(place)}))`,
  (place) => `print(acc ?? ${e(place)}, acc or ${e(place)}, acc and ${e(place)}, acc)`,
  (place) => `acc += ${e(place)}`,
  (place) => `acc = acc - ${e(place)}`,
  (place) => `acc, held.n = held.n, acc + ${e(place)}`,
  (place) => `[pa, pb = acc, pc = ${e(place)}] = [${e(place)}]\nprint(pa, pb, pc, acc)`,
  (place) => `{ n: pa, none: pb = ${e(place)}, gone: pc = pb + acc } = held\nprint(pa, pb, pc)`,
  (place) => `print(P(acc, "{${e(place)}}"), P(s: acc, n: ${e(place)}))`,
  (place) => `print(held.list[acc:${e(place)}], held.list[${e(place)}:acc], held.list[acc])`,
  (place) =>
    `print(held?.none?.f(${e(place)}), held.none?.[${e(place)}].n, nil?.(${e(place)}), acc)`,
  (place) => `print(match acc { 0 => ${e(place)}, n if n < ${e(place)} => acc, _ => held.n }, acc)`,
  (place) => `print(if acc > ${e(place)} { acc } else { ${e(place)} }, acc)`,
  (place) => `for y in acc..${e(place)} { if y > 4 or y < -4 { break } print(y, acc) }`,
  (place) => `for y in held.list { if y == ${e(place)} { break } held.list = [acc] }`,
  (place) => `print([acc + y for y in [acc, ${e(place)}] if y != acc], acc)`,
  (place) => `print((acc, ${e(place)}).0, -acc ** 2 + ${e(place)}, acc is Int and ${e(place)})`,
  (place) => `print(held.list.map(fn(y) y + acc).concat(${e(place)}, acc))`,
  (place) => `print(two(acc, ${e(place)}), two(...[acc, ${e(place)}]), two(acc, b: ${e(place)}))`,
  (place) => `var pv = acc\npv -= ${e(place)}\nprint(pv, acc)`,
  (place) =>
    `print(Ok(acc).map(fn(y) y + ${e(place)}).unwrapOr(${e(place)}), Some(${e(place)}).unwrapOr(acc))`,
];

/** A few of such lines, each in a block of its own. */
export function severalOf(place: Place, lines: readonly [Form, ...Form[]]): string {
  const { choices } = place;
  const chosen = Array.from({ length: 1 + choices.below(4) }, () => choices.pick(lines)(place));
  return chosen.map((line) => `if true {\n${line}\n}`).join("\n");
}
