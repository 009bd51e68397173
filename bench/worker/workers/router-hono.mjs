// The routes of the program `router` with Hono's default preset.
import { Hono } from "hono";

const app = new Hono();
app.get("/", () => Response.json({ page: "home" }));
app.get("/users", () => Response.json({ users: [] }));
app.post("/users", () => Response.json({ created: true }));
app.get("/users/:id", (c) => Response.json({ id: c.req.param("id") }));
app.put("/users/:id", (c) => Response.json({ changed: c.req.param("id") }));
app.delete("/users/:id", (c) => Response.json({ deleted: c.req.param("id") }));
app.get("/users/:id/posts/:post", (c) =>
  Response.json({ id: c.req.param("id"), post: c.req.param("post") }),
);
app.get("/files/:path{.*}", (c) => Response.json({ path: c.req.param("path") }));
app.notFound(() => new Response("Not Found", { status: 404 }));

export default app;
