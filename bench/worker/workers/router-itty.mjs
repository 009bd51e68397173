// The routes of the program `router` with itty-router.
import { Router } from "itty-router";

const param = (text) => decodeURIComponent(text);
const router = Router({
  catch: (error) => {
    console.error(error?.stack ?? error);
    return Response.json({ error: "Internal Server Error" }, { status: 500 });
  },
  finally: [(result) => (result instanceof Response ? result : Response.json(result))],
});
router
  .get("/", () => ({ page: "home" }))
  .get("/users", () => ({ users: [] }))
  .post("/users", () => ({ created: true }))
  .get("/users/:id", ({ params }) => ({ id: param(params.id) }))
  .put("/users/:id", ({ params }) => ({ changed: param(params.id) }))
  .delete("/users/:id", ({ params }) => ({ deleted: param(params.id) }))
  .get("/users/:id/posts/:post", ({ params }) => ({
    id: param(params.id),
    post: param(params.post),
  }))
  .get("/files/:path+", ({ params }) => ({ path: param(params.path) }))
  .all("*", () => new Response("Not Found", { status: 404 }));

export default router;
