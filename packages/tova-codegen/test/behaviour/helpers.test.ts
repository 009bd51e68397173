// A program for every name of the standard library: its module holds that helper, what it needs and
// no other, and loads.
import { compile } from "../../src";
import {
  builtins,
  type HelperName,
  methods,
  namespaces,
  runtime,
} from "../../src/generated/runtime";
import { runJavaScript, stop } from "../support/run-program";

afterAll(stop);

/** A helper and all that it needs. */
function closure(name: HelperName, found = new Set<HelperName>()): ReadonlySet<HelperName> {
  if (found.has(name)) return found;
  found.add(name);
  for (const need of runtime[name].needs) closure(need, found);
  return found;
}

const declared = /^(?:async )?(?:function\*?|class|const) ?\$([A-Za-z]\w*)/gm;

async function check(source: string, helper: HelperName) {
  const { program, diagnostics } = compile(source, { fileName: "case.tova" });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const held = [...(program?.code ?? "").matchAll(declared)].map(([, name]) => name);
  expect(held.toSorted()).toEqual([...closure(helper)].toSorted());
  expect((await runJavaScript(program?.code ?? "")).thrown).toBeNull();
}

const names = Object.entries(builtins);
test.each(names)("%s alone", async (name, helper) => check(`f = () => ${name}\n`, helper));

const members = Object.entries(namespaces).flatMap(([space, table]) =>
  Object.entries(table).map(([name, helper]) => [`${space}.${name}`, helper] as const),
);
test.each(members)("%s alone", async (name, helper) => check(`f = () => ${name}\n`, helper));

test.each(Object.entries(methods))("the method %s alone", async (name, helper) => {
  await check(`f = (x) => x.${name}()\n`, helper);
});
