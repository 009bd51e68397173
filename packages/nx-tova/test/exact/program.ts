// The workspace whose edits the table of exactness makes: one program of three blocks, and what it imports.

const program = `import { area } from "../../libs/shapes/shapes"

shared {
  type Order { id: String, total: Int }
  type Draft { id: String }
}

security {
  csp { default_src: ["self"] }
}

edge "api" {
  target: "cloudflare"
  kv CACHE
  sql DB
  queue JOBS
  cors {
    origins: ["https://shop.example"]
  }
  route GET "/orders/:id" => fn(req, params) {
    await JOBS.send({ id: params.id })
    Order(params.id, area(2))
  }
}

edge "processor" {
  target: "cloudflare"
  storage FILES
  consume JOBS fn(messages) {
    for msg in messages { await FILES.put(msg.body.id, "done") }
  }
}

edge "web" {
  target: "cloudflare"
  route GET "/" => fn(req) { "shop" }
}
`;

export const source = "apps/shop/shop.tova";

/** By path from the workspace's root. */
export const files: Readonly<Record<string, string>> = {
  "nx.json": JSON.stringify({
    analytics: false,
    neverConnectToCloud: true,
    defaultBase: "main",
    plugins: ["nx-tova/plugin"],
  }),
  [source]: program,
  "apps/shop/shop.deploy.toml":
    '[kv.CACHE]\nid = "0123456789abcdef0123456789abcdef"\n\n[workers.web]\nname = "shop-front"\n',
  "apps/shop/migrations/0001_orders.sql": "CREATE TABLE orders (id TEXT);\n",
  "libs/shapes/shapes.tova": "pub fn area(side) { side * side }\npub fn edges(side) { side * 4 }\n",
};
