// The picture of a topology: well-formed whatever the names, and nothing in it covers anything else.
import stringWidth from "string-width";
import { outline } from "../../src/outline";
import { renderSvg, topologyOf } from "../../src/topology";
import { layOut } from "../../src/topology/layout";
import { metrics, type Picture } from "../../src/topology/picture";
import { placeNear } from "../../src/topology/place-near";
import { wrap } from "../../src/topology/wrap";

const topology = (source: string) => topologyOf(outline(source, { fileName: "shop.tova" }));

const route = (path: string) => `route GET "${path}" => fn(req) { "ok" }`;

/** Twenty workers that share a database, and pass messages around in a circle. */
const twenty = Array.from({ length: 20 }, (_, at) => {
  const routes = Array.from({ length: (at * 7) % 11 }, (_, n) => route(`/w${at}/${n}`));
  return `edge "w${at}" {
  sql DB
  ${at % 3 === 0 ? `kv CACHE_${at}` : ""}
  queue JOBS_${(at + 1) % 20}
  ${routes.join("\n  ")}
  ${at % 5 === 0 ? `schedule "s" cron("${at} * * * *") { print("x") }` : ""}
  consume JOBS_${at} fn(messages) { print(messages) }
}`;
}).join("\n");

const long = `edge "a-name-of-a-block-that-goes-on-until-the-platform-says-no" {
  kv A_BINDING_WHOSE_NAME_ALONE_IS_WIDER_THAN_MANY_A_PICTURE_WOULD_LIKE_IT_TO_BE_AND_THEN_SOME
  sql データベース
  secret KEY
  ${route("/organisations/:organisation/projects/:project/environments/:environment/variables/:variable")}
  ${route(`/${"x".repeat(300)}`)}
  ${route("/👩‍👩‍👧‍👦/café/שלום")}
  schedule "${"a schedule with a long name ".repeat(6)}" cron("*/5 0-23 1,2,3,4,5,6 * MON-FRI") { print("x") }
}`;

const manyRoutes = `edge "a" { ${Array.from({ length: 500 }, (_, at) => route(`/r${at}`)).join("\n")} }`;

const programs: [string, string][] = [
  ["one block", `edge "a" { ${route("/")} }`],
  ["a block with nothing", 'edge "a" { }'],
  ["no block", "x = 1"],
  ["long and foreign names", long],
  ["twenty blocks", twenty],
  ["500 routes", manyRoutes],
];

const overlaps = ({ cards }: Picture) =>
  cards.flatMap((a, at) =>
    cards
      .slice(at + 1)
      .filter(
        (b) =>
          a.x < b.x + b.width &&
          b.x < a.x + a.width &&
          a.y < b.y + b.height &&
          b.y < a.y + a.height,
      )
      .map((b) => `${a.title} over ${b.title}`),
  );

test.each(programs)("%s: cards and texts have room, and lines run beside cards", (_, source) => {
  const picture = layOut(topology(source));
  expect(overlaps(picture)).toEqual([]);
  for (const { x, y, width, height, lines } of picture.cards) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(picture.width);
    expect(y).toBeGreaterThanOrEqual(metrics.headingHeight);
    expect(y + height).toBeLessThanOrEqual(picture.height);
    expect(lines.length * metrics.lineHeight + metrics.tagHeight).toBeLessThan(height);
    for (const { text, column } of lines.flat()) {
      const end = (column + stringWidth(text)) * metrics.character;
      expect(end).toBeLessThanOrEqual(width - 2 * metrics.padding);
    }
  }
  for (const { x1, x2 } of picture.lines) {
    expect(picture.cards.filter(({ x, width }) => x < x2 && x1 < x + width)).toEqual([]);
  }
});

test("lines at one side of a card end apart", () => {
  const { lines } = layOut(topology(twenty));
  for (const [x, y] of [
    ["x1", "y1"],
    ["x2", "y2"],
  ] as const) {
    const ends = lines.map((line) => `${line[x]} ${line[y].toFixed(1)}`);
    expect(new Set(ends).size).toBe(ends.length);
  }
});

test("a picture of what most programs are is no wider than a page", () => {
  const source = `edge "api" { kv CACHE queue JOBS ${route("/api/images/:id")} }
edge "worker" { consume JOBS fn(messages) { print(messages) } }`;
  expect(layOut(topology(source)).width).toBeLessThan(900);
});

/** Tags in their order, checked to be closed; every text between them is free of markup. */
function readXml(svg: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  const rest = svg.replace(
    /<(\/?)([a-z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>/g,
    (_, end: string, name: string, _attributes: string, empty: string) => {
      if (end === "/") expect(open.pop()).toBe(name);
      else if (empty === "") open.push(name);
      if (end === "") seen.push(name);
      return "";
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot);)/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0, section 2.2, allows none
  expect(svg).not.toMatch(/[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]|\p{Cs}/u);
  return seen;
}

test.each(programs)("%s: the SVG is well-formed", (_, source) => {
  const { workers } = topology(source);
  const tags = readXml(renderSvg(topology(source)));
  expect(tags.filter((tag) => tag === "rect").length).toBeGreaterThanOrEqual(workers.length);
});

test("names hold no markup, control characters or halves of characters", () => {
  const names = ["</title><script>", '&amp; "quoted"', "\u0000\u0007\uFFFF\uD800", "\u202Eturned"];
  const base = topology(`edge "a" { ${route("/")} }`);
  const [worker] = base.workers;
  if (worker === undefined) throw new Error("no worker");
  for (const name of names) {
    const tags = readXml(
      renderSvg({
        ...base,
        file: `${name}.tova`,
        workers: [{ ...worker, name, routes: [{ method: "GET", path: name }] }],
      }),
    );
    expect(tags).not.toContain("script");
  }
});

test("the picture says in words what it shows, and has colours for both schemes", () => {
  const svg = renderSvg(
    topology(`edge "api" { queue JOBS ${route("/a")} schedule "s" cron("0 3 * * *") { print("x") } }
edge "worker" { kv CACHE consume JOBS fn(messages) { print(messages) } }`),
  );
  expect(svg).toContain('<title id="topology-shop-tova-title">Topology of shop.tova</title>');
  expect(svg).toContain(
    "Worker shop-api answers GET /a; runs at 0 3 * * * (s); sends to jobs. " +
      "Worker shop-worker takes messages of jobs; uses CACHE (kv).</desc>",
  );
  expect(svg).toContain('aria-labelledby="topology-shop-tova-title topology-shop-tova-desc"');
  expect(svg).toContain("prefers-color-scheme:dark");
});

test("a picture is the same every time", () => {
  expect(renderSvg(topology(twenty))).toBe(renderSvg(topology(twenty)));
});

test("names break after their joints, and end in an ellipsis when they need too many lines", () => {
  expect(wrap("short", 10, 2)).toEqual(["short"]);
  expect(wrap("pipeline-processor", 12, 2)).toEqual(["pipeline-", "processor"]);
  expect(wrap("abcdefghijklmnop", 6, 3)).toEqual(["abcdef", "ghijkl", "mnop"]);
  expect(wrap("abcdefghijklmnop", 6, 2)).toEqual(["abcdef", "ghijk…"]);
  expect(wrap("日本語日本語", 5, 2)).toEqual(["日本", "語日…"]);
  expect(wrap("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 1, 2)).toHaveLength(2);
  expect(wrap("", 5, 2)).toEqual([""]);
});

test("cards stand where they wish, or share the way when their wishes collide", () => {
  const wish = (middle: number, height = 10) => ({ middle, height });
  expect(placeNear([wish(5), wish(50)], 2)).toEqual([0, 45]);
  expect(placeNear([wish(50), wish(50)], 2)).toEqual([39, 51]);
  expect(placeNear([wish(50), wish(50), wish(70)], 2)).toEqual([39, 51, 65]);
  expect(placeNear([wish(50), wish(50), wish(59)], 2)).toEqual([36, 48, 60]);
  expect(placeNear([], 2)).toEqual([]);
});
