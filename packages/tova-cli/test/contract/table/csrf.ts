// Requests that other sites make browsers send (spec 12).
import { type Group, json, send } from "../row";

const host = "contract.example";
const cookie = "Cookie: session=1";
const there = "Origin: https://evil.example";
const crossSite = "Sec-Fetch-Site: cross-site";
const post = (path: string, ...headers: string[]) => send(`POST ${path}`, { headers });
const changed = json("changed");
const refused = json({ error: "Request from another site refused" }, 403);

export const csrf: Group = {
  name: "csrf",
  around: `
security {
  csrf { exempt: ["/hooks/*"], trusted_origins: ["https://shop.example"] }
}`,
  edge: `
  cors { origins: ["https://evil.example"] }
  route GET "/cart" => fn() "cart"
  route POST "/cart" => fn() "changed"
  route DELETE "/cart" => fn() "changed"
  route POST "/hooks/:name" => fn() "changed"
  `,
  rows: [
    { name: "from another site", send: post("/cart", cookie, crossSite, there), gives: refused },
    {
      name: "from another site, told with the headers of cors",
      send: post("/cart", cookie, crossSite, there),
      gives: json({ error: "Request from another site refused" }, 403, {
        "Access-Control-Allow-Origin": "https://evil.example",
      }),
    },
    {
      name: "of an old browser from another site",
      send: post("/cart", cookie, there),
      gives: refused,
    },
    {
      name: "of which nothing tells where it is from",
      send: post("/cart", cookie),
      gives: refused,
    },
    { name: "from an opaque origin", send: post("/cart", cookie, "Origin: null"), gives: refused },
    {
      name: "another method",
      send: send("DELETE /cart", { headers: [cookie, crossSite] }),
      gives: refused,
    },
    {
      name: "with a password that the browser keeps",
      send: post("/cart", "Authorization: Basic dTpw", crossSite),
      gives: refused,
    },
    {
      name: "where no route is",
      send: post("/nowhere", cookie, crossSite),
      gives: refused,
    },
    {
      name: "from its own pages",
      send: post("/cart", cookie, "Sec-Fetch-Site: same-origin"),
      gives: changed,
    },
    {
      name: "of an old browser from its own pages",
      send: post("/cart", cookie, `Origin: http://${host}`),
      gives: changed,
    },
    {
      name: "from a trusted origin",
      send: post("/cart", cookie, crossSite, "Origin: https://shop.example"),
      gives: changed,
    },
    {
      name: "of the user alone",
      send: post("/cart", cookie, "Sec-Fetch-Site: none"),
      gives: changed,
    },
    { name: "without credentials", send: post("/cart", crossSite), gives: changed },
    {
      name: "with a token that no browser adds",
      send: post("/cart", "Authorization: Bearer x", crossSite),
      gives: changed,
    },
    {
      name: "reading is free",
      send: send("GET /cart", { headers: [cookie, crossSite] }),
      gives: json("cart"),
    },
    { name: "an exempt path", send: post("/hooks/pay", cookie, crossSite), gives: changed },
    {
      name: "an exempt path in encoding",
      send: post("/%68ooks/pay", cookie, crossSite),
      gives: changed,
    },
    { name: "the folder of exempt paths", send: post("/hooks", cookie, crossSite), gives: refused },
    {
      name: "an exempt path with a slash too many",
      send: post("//hooks/pay", cookie, crossSite),
      gives: refused,
    },
    {
      name: "steps up from an exempt path",
      send: post("/hooks/../cart", cookie, crossSite),
      gives: refused,
    },
  ],
};
