// Stack traces of workers as traces of the `.tova` file.
import { mapStack, readStackMaps } from "../../src/dev/stack";
import { workerWith } from "../outlines";

/** The third generated line, from its third column on, comes from line 7, column 5. */
const worker = workerWith(
  {},
  { map: '{"version":3,"sources":["x"],"names":[],"mappings":";;EAMI"}' },
);
const maps = readStackMaps((name) => (name === "x" ? "app.tova" : name), [worker]);

test("places of a worker become places of the source, with or without a file URL", () => {
  const text = "Error: no\n    at fetch (file:///app.edge.api.js:3:9)\n    at app.edge.api.js:3:3";
  expect(mapStack(text, maps)).toBe("Error: no\n    at fetch (app.tova:7:5)\n    at app.tova:7:5");
});

test("places without an origin and places in other files stay", () => {
  const text = "at a (file:///app.edge.api.js:1:1)\nat b (other.js:3:3)";
  expect(mapStack(text, maps)).toBe(text);
});

test("frames of the development wrapper vanish", () => {
  const text = "Error: no\n    at Object.queue (file:///tova-dev-entry.js:9:11)";
  expect(mapStack(text, maps)).toBe("Error: no");
});
