// What a program's topology says of its workers, and the three forms it is shown in.
import { outline } from "../../src/outline";
import { renderMermaid, renderTree, topologyOf } from "../../src/topology";

const shop = `edge "api" {
  kv CACHE
  sql DB
  queue JOBS
  env LIMIT = "1"
  secret TOKEN
  route GET "/a/:id" => fn(req) { "ok" }
  health "/up"
  schedule "nightly" cron("0 3 * * *") { print("x") }
}
edge "worker" {
  sql DB
  storage FILES
  queue MAIL
  consume JOBS { max_batch_size: 5, dead_letter_queue: "failed" } fn(messages) { print(messages) }
}
`;

function topology(source: string, deploy?: string, environment?: string) {
  const found = outline(source, {
    fileName: "apps/shop/shop.tova",
    ...(deploy === undefined ? {} : { deploy: { fileName: "shop.deploy.toml", text: deploy } }),
    ...(environment === undefined ? {} : { environment }),
  });
  expect(found.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return topologyOf(found, environment ?? null);
}

test("workers, stores and queues refer to each other by name", () => {
  expect(topology(shop)).toEqual({
    version: 1,
    file: "shop.tova",
    environment: null,
    workers: [
      {
        name: "shop-api",
        block: "api",
        target: "cloudflare",
        routes: [{ method: "GET", path: "/a/:id" }],
        health: "/up",
        crons: [{ name: "nightly", cron: "0 3 * * *" }],
        stores: ["kv:CACHE", "sql:DB"],
        produces: ["jobs"],
        consumes: [],
        env: ["LIMIT"],
        secrets: ["TOKEN"],
      },
      {
        name: "shop-worker",
        block: "worker",
        target: "cloudflare",
        routes: [],
        health: null,
        crons: [],
        stores: ["sql:DB", "storage:FILES"],
        produces: ["mail"],
        consumes: ["jobs"],
        env: [],
        secrets: [],
      },
    ],
    stores: [
      { key: "kv:CACHE", kind: "kv", bindings: ["CACHE"], id: null, workers: ["shop-api"] },
      {
        key: "sql:DB",
        kind: "sql",
        bindings: ["DB"],
        id: null,
        workers: ["shop-api", "shop-worker"],
      },
      {
        key: "storage:FILES",
        kind: "storage",
        bindings: ["FILES"],
        id: "files",
        workers: ["shop-worker"],
      },
    ],
    queues: [
      {
        name: "jobs",
        producers: ["shop-api"],
        consumers: [
          {
            worker: "shop-worker",
            maxBatchSize: 5,
            maxBatchTimeout: 30,
            maxRetries: null,
            deadLetterQueue: "failed",
          },
        ],
        deadLettersOf: [],
      },
      { name: "mail", producers: ["shop-worker"], consumers: [], deadLettersOf: [] },
      { name: "failed", producers: [], consumers: [], deadLettersOf: ["shop-worker"] },
    ],
  });
});

test("names and ids are those of the deploy file and of the environment asked for", () => {
  const id = "0123456789abcdef0123456789abcdef";
  const deploy = `[kv.CACHE]\nid = "${id}"\n[queue.JOBS]\nname = "acme-jobs"\n[env.staging]\n`;
  const production = topology(shop, deploy);
  expect(production.stores[0]).toMatchObject({ key: "kv:CACHE", id });
  expect(production.queues[0]).toMatchObject({ name: "acme-jobs", producers: ["shop-api"] });
  const staging = topology(shop, deploy, "staging");
  expect(staging).toMatchObject({
    environment: "staging",
    workers: [{ name: "shop-api-staging" }, {}],
  });
  expect(staging.stores[0]).toMatchObject({ id: null });
  expect(staging.queues[0]).toMatchObject({ name: "jobs-staging" });
});

test("two names of one namespace are one store", () => {
  const id = "0123456789abcdef0123456789abcdef";
  const source = `edge "a" { kv ONE kv TWO route GET "/" => fn(req) { "ok" } }`;
  const deploy = `[kv.ONE]\nid = "${id}"\n[kv.TWO]\nid = "${id}"\n`;
  expect(topology(source, deploy)).toMatchObject({
    workers: [{ stores: ["kv:ONE"] }],
    stores: [{ key: "kv:ONE", bindings: ["ONE", "TWO"], workers: ["shop-a"] }],
  });
});

test("the tree shows what starts each worker, what it uses, and who gets whose messages", () => {
  expect(renderTree(topology(shop))).toMatchInlineSnapshot(`
"shop.tova
├─ shop-api
│  ├─ GET      /a/:id
│  ├─ GET      /up  (health)
│  ├─ cron     0 3 * * *  nightly
│  ├─ uses     CACHE (kv), DB (sql)
│  ├─ sends    jobs
│  └─ secrets  TOKEN
├─ shop-worker
│  ├─ takes  jobs
│  ├─ uses   DB (sql), FILES (storage)
│  └─ sends  mail
├─ stores
│  ├─ kv       CACHE  shop-api
│  ├─ sql      DB     shop-api, shop-worker
│  └─ storage  FILES  shop-worker
└─ queues
   ├─ shop-api → jobs → shop-worker       5 messages or 30 s
   ├─ shop-worker → mail → (nobody here)
   └─ shop-worker ⇢ failed                dead letters"
`);
});

test("a block that has nothing is a line of its own", () => {
  expect(renderTree(topology('edge "a" { }'))).toBe("shop.tova\n└─ shop-a");
});

test("a queue of many senders moves no other line", () => {
  const senders = Array.from({ length: 9 }, (_, at) => `edge "sender${at}" { queue LOG }`);
  const quiet =
    'edge "log" { queue MAIL\n  consume LOG fn(ms) { print(ms) }\n  consume MAIL fn(ms) { print(ms) } }';
  const lines = renderTree(topology([...senders, quiet].join("\n"))).split("\n");
  const [many = "", few = ""] = lines.filter((line) => line.includes("→"));
  expect(many).toMatch(/sender0, .*sender8 → log → shop-log {2}10 messages/);
  expect(few).toMatch(/shop-log → mail → shop-log {2}10 messages/);
});

test("colours are asked for", () => {
  expect(renderTree(topology(shop))).not.toContain("\u001b");
  expect(renderTree(topology(shop), { color: true })).toContain("\u001b[1mshop-api\u001b[0m");
});

test("the Mermaid text has one node for each worker, trigger, store and queue", () => {
  expect(renderMermaid(topology(shop))).toMatchInlineSnapshot(`
"flowchart LR
  accTitle: Topology of shop.tova
  accDescr: Worker shop-api answers GET /a/:id, GET /up (health), runs at 0 3 * * * (nightly), sends to jobs, uses CACHE (kv), DB (sql). Worker shop-worker takes messages of jobs, sends to mail, uses DB (sql), FILES (storage).
  h0(["GET /a/:id<br>GET /up"]) --> w0
  c0(["0 3 #42; #42; #42; nightly"]) --> w0
  w0["shop-api"]
  w1["shop-worker"]
  s0[("CACHE<br>kv")]
  s1[("DB<br>sql")]
  s2[("FILES<br>storage")]
  q0[["jobs<br>queue"]]
  q1[["mail<br>queue"]]
  q2[["failed<br>queue"]]
  w0 --- s0
  w0 --- s1
  w1 --- s1
  w1 --- s2
  w0 --> q0
  q0 --> w1
  w1 --> q1
  w1 -. dead letters .-> q2
"
`);
});

test("nothing that a name holds reaches Mermaid as syntax", () => {
  const source = `edge "a" {
  route GET "/x;style:y;\`z\`[]()|end" => fn(req) { "ok" }
  schedule "classDef: #a; \\"q\\" <b>\\u2028" cron("0 * * * *") { print("x") }
}`;
  const text = renderMermaid(topology(source));
  const labels = [...text.matchAll(/\["(.*)"\]/g)].map(([, label]) => label ?? "");
  expect(labels).toHaveLength(3);
  for (const label of labels) {
    // Entity codes aside, only letters, digits and harmless signs are left.
    expect(label.replace(/#\d+;/g, "")).toMatch(/^[\p{L}\p{N}\uFFFD /:_.,=()-]*$/u);
    expect(label).not.toMatch(/style|classDef/);
  }
  for (const line of text.split("\n").slice(1, 3)) expect(line.slice(15)).not.toMatch(/[;#{}]/);
});
