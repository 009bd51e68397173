// The table of helpers, and the code that linking gives a worker.
import vm from "node:vm";
import { link } from "../../src/emit/link";
import { hostGlobals } from "../../src/generated/globals";
import {
  builtins,
  type HelperName,
  methods,
  namespaces,
  nodeOnly,
  platformNames,
  runtime,
} from "../../src/generated/runtime";

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
  const code = link(["fail", "nextTo", "respond"]);
  expect(code.match(/function \$respond\(/g)).toHaveLength(1);
  expect(code.indexOf("function $respond(")).toBeLessThan(code.indexOf("function $nextTo("));
});

test("the same helpers in any order give the same text", () => {
  expect(link(["print", "int", "fail"])).toBe(link(new Set(["fail", "print", "int"] as const)));
});

test("nothing used is no text", () => expect(link([])).toBe(""));

test("only needed helpers are taken", () => {
  expect(link(["int"])).not.toContain("$float");
});

const tables = { builtins, methods, ...namespaces };

test.each(Object.entries(tables))("every name in %s has a helper", (_, table) => {
  for (const helper of Object.values(table)) expect(runtime).toHaveProperty(helper);
});

test("names have a spelling in camelCase, and none is one of the platform's", () => {
  expect(builtins).toMatchObject({ group_by: "groupBy", groupBy: "groupBy", toInt: "int" });
  expect(namespaces.crypto).toMatchObject({ randomBytes: "randomBytes" });
  const taken = Object.keys(builtins).filter((name) => hostGlobals.has(name));
  // What every object has is no global that a program would mean.
  expect(taken.filter((name) => !(name in Object.prototype))).toEqual([]);
});

test("namespaces leave the platform's own members alone", () => {
  const taken = (name: "crypto" | "url", host: object) =>
    Object.keys(namespaces[name] ?? {}).filter((member) => member in host);
  expect(taken("crypto", crypto)).toEqual([]);
});

test("no name is said to be missing on edge that is there", () => {
  expect(nodeOnly.filter((name) => name in builtins)).toEqual([]);
});

test("platform names are exactly what helpers take from outside", () => {
  expect(platformNames).toEqual(expect.arrayContaining(["Response", "console", "crypto"]));
  for (const name of platformNames) expect(name in globalThis).toBe(true);
});
