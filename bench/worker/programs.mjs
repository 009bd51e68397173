// The Tova programs that are measured. They are texts, for a `.tova` file would be a project.
import { readFileSync } from "node:fs";

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");

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

/**
 * By name: `router` has eight routes and no other work, `api` is the first worker of the seed; the
 * workers `router-*.mjs` and `api-*.mjs` say the same.
 */
export const programs = {
  router: read("workers/router.txt"),
  api: read("../../apps/pipeline/pipeline.tova"),
};
