// The Tova programs that are measured. They are texts, for a `.tova` file would be a project.
import { readFileSync } from "node:fs";

/** Eight routes, no other work. The workers `router-*.mjs` say the same. */
const router = `
edge "router" {
  route GET "/" => fn() { { page: "home" } }
  route GET "/users" => fn() { { users: [] } }
  route POST "/users" => fn() { { created: true } }
  route GET "/users/:id" => fn(req, params) { { id: params.id } }
  route PUT "/users/:id" => fn(req, params) { { changed: params.id } }
  route DELETE "/users/:id" => fn(req, params) { { deleted: params.id } }
  route GET "/users/:id/posts/:post" => fn(req, params) { { id: params.id, post: params.post } }
  route GET "/files/*path" => fn(req, params) { { path: params.path } }
}
`;

/** Routes as an API has them: a common prefix, a resource, parameters. */
export function manyRoutes(count) {
  const routes = Array.from({ length: count }, (_, i) => {
    const resource = `/api/v1/resource${Math.floor(i / 5)}`;
    const paths = [
      resource,
      `${resource}/:id`,
      `${resource}/:id/items`,
      `${resource}/:id/items/:item`,
    ];
    const path = paths[i % 5] ?? `${resource}/search`;
    return `route GET "${path}" => fn(req, params) { { n: ${i} } }`;
  });
  return `edge "w" {\n${routes.join("\n")}\n}`;
}

/** By name: `api` is the first worker of the seed, which `api-*.mjs` say by hand. */
export const programs = {
  router,
  api: readFileSync(new URL("../../apps/pipeline/pipeline.tova", import.meta.url), "utf8"),
};
