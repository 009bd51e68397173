// The routes of the program `router` with Hono's default preset.
import { Hono } from "hono";

const app = new Hono();
app.get("/", (c) => c.json({ page: "home" }));
app.get("/users", (c) => c.json({ users: [] }));
app.post("/users", (c) => c.json({ created: true }));
app.get("/users/:id", (c) => c.json({ id: c.req.param("id") }));
app.put("/users/:id", (c) => c.json({ changed: c.req.param("id") }));
app.delete("/users/:id", (c) => c.json({ deleted: c.req.param("id") }));
app.get("/users/:id/posts/:post", (c) =>
  c.json({ id: c.req.param("id"), post: c.req.param("post") }),
);
app.get("/files/:path{.*}", (c) => c.json({ path: c.req.param("path") }));
app.notFound(() => new Response("Not Found", { status: 404 }));

export default app;
