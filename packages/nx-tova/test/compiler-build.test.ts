// What tells one compiler from another: nothing kept of the one is trusted by the other.
import fs from "node:fs";

test.each([
  ["esbuild", "package.json"],
  ["jose", "package.json"],
  ["tova-parser", "dist/index.js"],
])("the compiler is another with another %s", (name, file) => {
  const buildNow = () => {
    let build: string | null = null;
    jest.isolateModules(() => {
      build = require("../src/graph/compiler-build").compiler.build;
    });
    return build;
  };
  const before = buildNow();
  expect(buildNow()).toBe(before);
  const actual = fs.readFileSync;
  const changed = (path: unknown, ...rest: unknown[]) => {
    const text = Reflect.apply(actual, fs, [path, ...rest]);
    const isIt = String(path).endsWith(`/${name}/${file}`);
    return isIt ? text.replace(/"version": "[^"]+"|$/, '"version": "99.0.0"') : text;
  };
  const spy = jest.spyOn(fs, "readFileSync").mockImplementation(changed as typeof actual);
  try {
    expect(buildNow()).not.toBe(before);
  } finally {
    spy.mockRestore();
  }
});
