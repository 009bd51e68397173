// The table of helpers, and the code that linking gives a worker.
import vm from "node:vm";
import { link } from "../../src/emit/link";
import { builtins, type HelperName, methods, nodeOnly, runtime } from "../../src/generated/runtime";

const names = Object.keys(runtime) as HelperName[];
const host = {
  Response,
  URL,
  URLSearchParams,
  TextEncoder,
  TextDecoder,
  console,
  crypto,
  btoa,
  atob,
};

test.each(names)("%s is one declaration that loads with what it needs and nothing else", (name) => {
  expect(runtime[name].code).not.toMatch(/^export|^\s*\/\/|^\s*\/\*/m);
  const code = `"use strict";\n${link([name])}\ntypeof $${name};`;
  expect(vm.runInNewContext(code, { ...host })).not.toBe("undefined");
});

test("what a helper needs comes first, and once", () => {
  const code = link(["fail", "chain", "respond"]);
  expect(code.match(/function \$respond\(/g)).toHaveLength(1);
  expect(code.indexOf("function $respond(")).toBeLessThan(code.indexOf("function $chain("));
});

test("the same helpers in any order give the same text", () => {
  expect(link(["print", "int", "fail"])).toBe(link(new Set(["fail", "print", "int"] as const)));
});

test("nothing used is no text", () => expect(link([])).toBe(""));

test("only needed helpers are taken", () => {
  expect(link(["int"])).not.toContain("$float");
});

test("every name of the library has a helper, and none is said to be missing on edge", () => {
  for (const helper of [...Object.values(builtins), ...Object.values(methods)]) {
    expect(runtime).toHaveProperty(helper);
  }
  expect(nodeOnly.filter((name) => name in builtins)).toEqual([]);
});
