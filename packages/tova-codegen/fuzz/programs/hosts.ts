// Members and functions of the platform that programs use most → forms of numbers, texts and lists.
import { type Form, of, small } from "./form";
import { lambda } from "./lambda";
import { lib } from "./names";

const n = of("number");
const s = of("string");
const xs = of("list");
const ws = of("words");
const dict = of("dict");

export const hostNumbers: readonly Form[] = [
  (place) => `Math.${place.choices.pick(["abs", "floor", "ceil", "round", "trunc"])}(${n(place)})`,
  (place) => `Math.max(...${xs(place)}, ${n(place)})`,
  (place) => `Math.min(${n(place)}, ${n(place)})`,
  (place) => `${lib(place, "Number")}(${s(place)})`,
  (place) => `parseInt(${s(place)}, 10)`,
  (place) => `${xs(place)}.reduce(fn(a, b) a + b, ${n(place)})`,
  (place) => `${xs(place)}.indexOf(${n(place)})`,
  (place) => `${xs(place)}.find(it > ${small(place)})`,
  (place) => `(${xs(place)}.at(-1) ?? ${n(place)})`,
  (place) => `${lib(place, "Object")}.keys(${dict(place)}).length`,
  (place) => `${s(place)}.indexOf(${s(place)})`,
  (place) => `${s(place)}.charCodeAt(${small(place)})`,
  (place) => `JSON.parse("[{${n(place)}}]")[0]`,
  (place) => `(${xs(place)} |> .reduce(fn(a, b) { a * ${small(place)} + b }, 0))`,
];

export const hostTexts: readonly Form[] = [
  (place) =>
    `${s(place)}.${place.choices.pick(["toUpperCase()", "toLowerCase()", "trim()", "trimEnd()"])}`,
  (place) => `${s(place)}.slice(${small(place)}, -1)`,
  (place) => `${s(place)}.padStart(${small(place)}, "*")`,
  (place) => `${s(place)}.replaceAll("a", ${s(place)})`,
  (place) => `${s(place)}.concat(${s(place)}, "!")`,
  (place) => `(${s(place)}.at(-1) ?? ${s(place)})`,
  (place) => `${s(place)}.split("").reverse().join("")`,
  (place) => `${n(place)}.toFixed(${small(place)})`,
  (place) => `String(${n(place)})`,
  (place) => `JSON.stringify(${dict(place)})`,
  (place) => `${lib(place, "Object")}.entries(${dict(place)}).map(([k, v]) => "{k}={v}").join("&")`,
  (place) => `encodeURIComponent(${s(place)})`,
  (place) => `encodeURI(${s(place)})`,
  (place) => `${ws(place)}.map(it.toUpperCase()).join("-")`,
  (place) => `(${s(place)} |> .toUpperCase() |> .slice(1))`,
];

export const hostLists: readonly Form[] = [
  (place) => `${xs(place)}.concat(${xs(place)}, ${n(place)})`,
  (place) => `${xs(place)}.filter(${lambda(place, "bool")})`,
  (place) => `${xs(place)}.slice().sort(fn(a, b) a - b)`,
  (place) => `${xs(place)}.flatMap(x => [x, x + ${small(place)}])`,
  (place) => `${lib(place, "Object")}.values(${dict(place)})`,
  (place) => `${lib(place, "Array")}.from({ length: ${small(place)} }, fn(_, i) i)`,
  (place) => `${lib(place, "Array")}.from(${xs(place)}, ${lambda(place, "number")})`,
  (place) => `[...${xs(place)}.entries()].map(([i, x]) => i + x)`,
  (place) => `JSON.parse(JSON.stringify(${xs(place)}))`,
  (place) => `${xs(place)}.with(0, ${n(place)})`,
  (place) => `structuredClone(${xs(place)})`,
  (place) => `${xs(place)}.fill(${n(place)}, 1)`,
];

export const hostTruths: readonly Form[] = [
  (place) => `${lib(place, "Number")}.isInteger(${n(place)})`,
  (place) => `${lib(place, "Array")}.isArray(${xs(place)})`,
  (place) => `${xs(place)}.some(it == ${small(place)})`,
  (place) => `${xs(place)}.every(${lambda(place, "bool")})`,
  (place) => `${s(place)}.includes(${s(place)})`,
  (place) => `${s(place)}.startsWith("a")`,
  (place) => `${lib(place, "Object")}.hasOwn(${dict(place)}, "a")`,
];

export const hostDicts: readonly Form[] = [
  (place) => `${lib(place, "Object")}.fromEntries([["a", ${n(place)}], [${s(place)}, 2]])`,
  (place) => `${lib(place, "Object")}.assign({}, ${dict(place)}, { b: ${n(place)} })`,
  (place) => `JSON.parse(JSON.stringify(${dict(place)}))`,
  (place) => `{ 4: ${n(place)}, "b-c": ${n(place)}, [${s(place)}]: ${n(place)}, ...{ a: 1 } }`,
];
