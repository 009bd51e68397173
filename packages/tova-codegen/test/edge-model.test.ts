// What analysis makes of edge blocks: merging, routes, cors, consumers.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, read } from "tova-parser";
import { analyseProgram } from "../src/analyse/program";
import type { EdgeBlock } from "../src/model/program";

function analyse(source: string) {
  return analyseProgram(read(parse(source).tree, source), source);
}

function codesOf(source: string): string[] {
  return analyse(source).findings.map(({ code }) => code);
}

/** The one block around `members`. */
function block(members: string): EdgeBlock {
  const [found] = analyse(`edge "api" {\n${members}\n}`).value.blocks;
  if (!found) throw new Error("no block");
  return found;
}

const handler = "=> fn(req) { 1 }";

test("the name of a member may stand on the next line", () => {
  const { bindings, env, secrets, routes } = block(`kv
  STORE { ttl: 3 }
  env
  MODE = "a"
  secret
  TOKEN
  queue
  JOBS
  consume
  JOBS fn(messages) { messages }
  route
  GET
  "/" ${handler}`);
  expect(bindings.map(({ name }) => name)).toEqual(["STORE", "JOBS"]);
  expect([...env, ...secrets].map(({ name }) => name)).toEqual(["MODE", "TOKEN"]);
  expect(routes.map(({ path }) => path)).toEqual(["/"]);
});

test("a member that lacks its name takes none of the next member", () => {
  const { bindings } = block("kv\nsql DB\nqueue\nfn helper() { 1 }\nsecret\nx = 1");
  expect(bindings.map(({ name }) => name)).toEqual(["DB"]);
});

describe("blocks of one name", () => {
  const source = `edge "a" { kv ONE health "/one" on_error fn(err, req) { 1 } }
edge { health "/x" }
edge "a" { kv TWO health "/two" cors { max_age: 7 } on_error fn(err, req) { 2 } }`;
  const { value, findings } = analyse(source);

  test("merge in order, with the last single member, and keep their first place", () => {
    expect(value.blocks.map(({ name }) => name)).toEqual(["a", null]);
    const [merged] = value.blocks;
    expect(merged?.bindings.map(({ name }) => name)).toEqual(["ONE", "TWO"]);
    expect(merged?.health?.path).toBe("/two");
    expect(merged?.cors?.maxAge).toBe(7);
    expect(merged?.ranges.map(({ from, to }) => source.slice(from, to))).toEqual([
      'edge "a"',
      'edge "a"',
    ]);
  });

  test("warn at the second header and at each member that replaces another", () => {
    const at = findings.map(({ code, range }) => [code, source.slice(range.from, range.to)]);
    expect(at).toContainEqual(["W_DUPLICATE_EDGE_BLOCK", 'edge "a"']);
    expect(at).toContainEqual(["W_DUPLICATE_EDGE_CONFIG", 'health "/two"']);
    expect(at).toContainEqual(["W_DUPLICATE_EDGE_CONFIG", "on_error fn(err, req) { 2 }"]);
    expect(findings).toHaveLength(3);
  });

  test("an unnamed block is not the one named `default`", () => {
    const { blocks } = analyse('edge { health "/a" } edge "default" { health "/a" }').value;
    expect(blocks.map(({ name }) => name)).toEqual([null, "default"]);
  });
});

test("the seed has two blocks and nothing to report", () => {
  const path = join(__dirname, "../../../apps/pipeline/pipeline.tova");
  const { value, findings } = analyse(readFileSync(path, "utf8"));
  expect(findings).toEqual([]);
  expect(value.shared.map((statement) => statement.kind)).toEqual(Array(3).fill("TypeDeclaration"));
  const [api, processor] = value.blocks;
  expect(api?.routes.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "POST /api/images",
    "GET /api/images/:id",
    "GET /images/*path",
    "DELETE /api/images/:id",
    "GET /api/stats",
  ]);
  expect(api?.cors).toMatchObject({ methods: ["GET", "POST", "DELETE"], credentials: true });
  expect(api?.schedules.map(({ cron }) => cron)).toEqual(["0 9 * * *"]);
  expect(processor?.consumers).toMatchObject([
    { queue: "PROCESS_QUEUE", options: { maxBatchSize: 10, maxBatchTimeout: 30 } },
  ]);
});

test("a health check behind a route that takes its path is told to go elsewhere", () => {
  const routes = `route GET "/:code" ${handler}`;
  const { findings } = analyse(`edge { health "/live" ${routes} }`);
  expect(findings).toMatchObject([
    {
      code: "W_UNREACHABLE_ROUTE",
      message: expect.stringContaining("health check `/live`"),
      help: "Give it a path that no route takes: all routes come before it.",
    },
  ]);
  expect(codesOf(`edge { ${routes} health "/go/live" }`)).toEqual([]);
});

describe("a queue of dead letters", () => {
  const consumers = (name: string) => `edge "work" {
  queue JOBS
  consume JOBS { dead_letter_queue: ${name} } fn(messages) { 1 }
}
edge "rest" { consume DEAD_JOBS fn(messages) { 1 } }`;

  test.each(["DEAD_JOBS", '"DEAD_JOBS"', '"dead-jobs"'])("is declared by %s", (name) => {
    const { value, findings } = analyse(consumers(name));
    expect(findings).toEqual([]);
    expect(value.blocks[0]?.consumers[0]?.options.deadLetterQueue).toBe("DEAD_JOBS");
  });

  test("of another name declares nothing", () => {
    expect(codesOf(consumers("OTHER"))).toEqual(["W_CONSUME_UNKNOWN_QUEUE"]);
  });
});

test("shared code is collected in source order from top level and shared blocks", () => {
  const source = 'a = 1\nshared { b = 2 }\nedge { c = 3 health "/h" }\nshared "x" { d = 4 }\ne = 5';
  const { value } = analyse(source);
  const texts = value.shared.map(({ from, to }) => source.slice(from, to));
  expect(texts).toEqual(["a = 1", "b = 2", "d = 4", "e = 5"]);
  expect(value.blocks[0]?.statements).toHaveLength(1);
});

describe("names of blocks", () => {
  test.each(['"a b"', '"A_b-9"', '"9"'])("%s is accepted", (name) => {
    expect(codesOf(`edge ${name} { health "/h" }`)).toEqual([]);
  });
  test.each(['""', '"--"', '"../x"', '"a/b"', '"日本"', '"a.b"', '"a\\nb"'])(
    "%s is refused",
    (name) => {
      expect(codesOf(`edge ${name} { health "/h" }`)).toContain("E_EDGE_NAME");
    },
  );
});

describe("paths", () => {
  test("parse to decoded literals, parameters and a last wildcard", () => {
    const { routes } = block(`route GET "/a%20b/:id/%zz/*" ${handler}`);
    expect(routes[0]?.segments).toEqual([
      { kind: "literal", text: "a b" },
      { kind: "param", name: "id" },
      { kind: "literal", text: "%zz" },
      { kind: "wildcard", name: "wild" },
    ]);
  });

  test("a group's prefix goes before each member, with one slash between", () => {
    const { routes } = block(`routes "/v1/" {
      route GET "/" ${handler}
      route GET "x" ${handler}
      routes "/:team" { route PUT "/y/*rest" ${handler} }
    }
    route GET "/" ${handler}`);
    expect(routes.map(({ path }) => path)).toEqual(["/v1", "/v1/x", "/v1/:team/y/*rest", "/"]);
    expect(routes[2]?.segments).toHaveLength(4);
  });

  test.each(["x", "", "/*a/b", "/:id/:id", "/:", "/:a-b", "/a?b=1", "/a#b", "/*.png"])(
    "%j is refused",
    (path) => {
      expect(codesOf(`edge { route GET "${path}" ${handler} }`)).toContain("E_ROUTE_PATH");
    },
  );

  test("a parameter in another framework's way is text, which is told once", () => {
    const source = `edge { route GET "/[id]/<name>/%5Bplain%5D/(b+)" ${handler} }`;
    expect(codesOf(source)).toEqual(["W_ROUTE_PATH", "W_ROUTE_PATH"]);
  });

  test.each(["/users/:id?", "/:year?/posts", "/a/:b([0-9]+)?"])("%j has one mistake", (path) => {
    expect(codesOf(`edge { route GET "${path}" ${handler} }`)).toEqual(["E_ROUTE_PATH"]);
  });

  test("a parameter of the group counts as one of the route's", () => {
    const source = `edge { routes "/:id" { route GET "/:id" ${handler} } }`;
    expect(codesOf(source)).toEqual(["E_ROUTE_PATH"]);
  });
});

describe("cors", () => {
  test("what is wrong in a list is shown where it stands", () => {
    const source = `edge { env HOME = "https://h.example"
cors { origins: ["https://a.example/", HOME, "https://*.b.example", "https://c.example"], methods: [GET, FETCH] }
health "/" }`;
    const shown = analyse(source).findings.map(({ code, range }) => [
      code,
      source.slice(range.from, range.to),
    ]);
    expect(shown).toEqual([
      ["W_CORS_ORIGIN", '"https://a.example/"'],
      ["E_CORS_VALUE", "HOME"],
      ["W_CORS_ORIGIN", '"https://*.b.example"'],
      ["E_ROUTE_METHOD", "FETCH"],
    ]);
  });

  test("an empty block allows any origin, with the documented defaults", () => {
    expect(block("cors {}").cors).toMatchObject({
      origins: null,
      methods: ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"],
      headers: ["Content-Type", "Authorization"],
      credentials: false,
      maxAge: 86400,
    });
  });

  test("any origin never goes together with credentials", () => {
    for (const origins of ["", 'origins: ["*"],', 'origins: ["https://a.example", "*"],']) {
      const { cors } = block(`cors { ${origins} credentials: true }`);
      expect(cors).toMatchObject({ origins: null, credentials: false });
    }
  });

  test.each([
    "origins: allowed",
    "origins: [allowed()]",
    'origins: "https://a.example"',
    'origins: ["{x}"]',
    "origins: [...allowed]",
  ])("origins that are not plain (%s) allow none", (entry) => {
    const source = `edge { cors { ${entry} } health "/h" }`;
    const { value, findings } = analyse(source);
    expect(findings.map(({ code }) => code)).toEqual(["E_CORS_VALUE"]);
    expect(value.blocks[0]?.cors?.origins).toEqual([]);
  });

  test.each(["max_age: -1", "max_age: 1.5", 'max_age: "9"', 'credentials: "true"', "methods: GET"])(
    "%s is refused",
    (entry) => {
      expect(codesOf(`edge { cors { ${entry} } health "/h" }`)).toEqual(["E_CORS_VALUE"]);
    },
  );

  test("a key with the name of an object's method is unknown", () => {
    expect(codesOf('edge { cors { toString: 1 } health "/h" }')).toEqual(["E_CORS_KEY"]);
  });
});

describe("environment defaults", () => {
  test.each([
    ['"x"', "x"],
    ["-5", -5],
    ["1_000", 1000],
    ["0xFF", 255],
    ["false", false],
    ["nil", null],
    ["now()", null],
    ['"a{1}"', null],
  ])("%s", (text, literal) => {
    expect(block(`env VALUE = ${text}`).env[0]?.literal).toBe(literal);
  });
  test("without a default there is neither literal nor fallback", () => {
    expect(block("env VALUE").env[0]).toMatchObject({ literal: null, fallback: null });
  });
});

test("a cron expression of the model has single blanks, as the platform reports it", () => {
  expect(block('schedule "x" cron(" 0\\t9 *  * * ") { 1 }').schedules[0]?.cron).toBe("0 9 * * *");
  expect(block('schedule "x" cron("0 30 9 * * *") { 1 }').schedules[0]?.cron).toBe("30 9 * * *");
});

describe("consumers", () => {
  test("options are read, with bare words and strings for the dead letters", () => {
    const options = "max_batch_size: 1, max_batch_timeout: 0, max_retries: 0";
    for (const name of ["DEAD", '"DEAD"']) {
      const source = `queue JOBS consume JOBS { ${options}, dead_letter_queue: ${name} } fn(m) { 1 }`;
      expect(block(source).consumers[0]?.options).toEqual({
        maxBatchSize: 1,
        maxBatchTimeout: 0,
        maxRetries: 0,
        retryDelay: null,
        maxConcurrency: null,
        deadLetterQueue: "DEAD",
      });
    }
  });

  test.each([
    "max_batch_size: 0",
    "max_batch_size: 101",
    "max_batch_timeout: 61",
    "max_retries: 101",
    "max_retries: -1",
    "max_retries: 1.5",
    "max_retries: n",
    'dead_letter_queue: "a b"',
    "dead_letter_queue: 5",
  ])("%s is refused", (entry) => {
    const source = `edge { queue JOBS consume JOBS { ${entry} } fn(m) { 1 } }`;
    expect(codesOf(source)).toEqual(["E_CONSUME_OPTION"]);
  });
});

describe("suggestions", () => {
  test("name the nearest known word, in any case", () => {
    const { findings } = analyse('edge { target: "CloudFlare" health "/h" { memory } }');
    expect(findings.map(({ help }) => help)).toEqual([
      "Did you mean `cloudflare`?",
      "Use `check_memory`.",
    ]);
  });
});

describe("constructs outside this toolchain", () => {
  test("each block is reported once, at its keyword", () => {
    const source = 'client { a { b } }\nedge { health "/h" }\ncli { x }\ncli { y }';
    const { findings } = analyse(source);
    expect(findings.map(({ code, range }) => [code, source.slice(range.from, range.to)])).toEqual([
      ["W_UNSUPPORTED_BLOCK", "client"],
      ["W_EDGE_WITH_CLI", "cli"],
      ["W_EDGE_WITH_CLI", "cli"],
    ]);
  });

  test("security blocks are one, the last of a rule that may stand once wins", () => {
    const source =
      "security { hsts { max_age: 1 } }\nsecurity { trust_proxy true hsts { max_age: 2 } }";
    const { value, findings } = analyse(source);
    expect(findings).toEqual([]);
    expect(value.security?.headers).toEqual([["Strict-Transport-Security", "max-age=2"]]);
  });
});

test("broken text never throws", () => {
  const source = readFileSync(join(__dirname, "../../../apps/pipeline/pipeline.tova"), "utf8");
  for (let end = 0; end < source.length; end += 37) {
    expect(() => analyse(source.slice(0, end))).not.toThrow();
    expect(() => analyse(source.slice(end))).not.toThrow();
  }
});
