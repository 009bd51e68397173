// The work of one route of the seed alone: look-up and response. What the others cost beyond it is
// their own.
export default {
  async fetch(_, env) {
    return Response.json(JSON.parse(await env.METADATA.get("img:17")));
  },
};
