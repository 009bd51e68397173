// Many routes, told apart by parts of the path: the first in the order of declaration still wins.
import { type Running, start } from "./start";

jest.setTimeout(60_000);

/** A small generator of its own, so that the routes are the same in every run. */
function randomly(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

const words = ["a", "b", "c", "d", "e"];
const pick = randomly(7);

/** Routes with literals, parameters and wildcards at every depth, many of one shape. */
const patterns = Array.from({ length: 160 }, () => {
  const segments = Array.from({ length: 1 + pick(4) }, (_, i) => {
    const kind = pick(10);
    return kind < 7 ? (words[pick(words.length)] ?? "") : `:p${i}`;
  });
  if (pick(12) === 0) segments.push("*");
  return segments;
});
// Routes that an earlier one hides have a warning, and stay: they must lose at run time too.
const source = patterns
  .map((segments, i) => `route GET "/${segments.join("/")}" => fn() ${i}`)
  .join("\n");

/** By the rules alone: the number of the first route that matches; null without one. */
function firstMatch(path: readonly string[]): number | null {
  const index = patterns.findIndex((segments) => {
    const open = segments.at(-1) === "*";
    if (open ? path.length < segments.length : path.length !== segments.length) return false;
    return segments.every((segment, i) => {
      if (segment === "*") return true;
      return segment.startsWith(":") ? path[i] !== "" : path[i] === segment;
    });
  });
  return index < 0 ? null : index;
}

let running: Running;
beforeAll(async () => {
  running = await start({ many: source });
});
afterAll(() => running.mf.dispose());

it("finds what a list tried in order would find", async () => {
  let found = 0;
  for (let i = 0; i < 400; i++) {
    const path = Array.from({ length: 1 + pick(6) }, () => [...words, "x", ""][pick(7)] ?? "");
    const response = await running.fetch("many", `/${path.join("/")}`);
    const expected = firstMatch(path);
    const answer = response.status === 404 ? null : await response.json();
    if (response.status === 404) await response.text();
    expect([path.join("/"), answer]).toEqual([path.join("/"), expected]);
    if (expected !== null) found++;
  }
  expect(found).toBeGreaterThan(100);
});

it("tells the methods of a path, whichever part it was found by", async () => {
  const response = await running.fetch("many", "/a/b", { method: "POST" });
  await response.text();
  expect([response.status, response.headers.get("Allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
});
