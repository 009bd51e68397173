// A remote cache as Nx's documentation asks for one, on this machine (nx.dev/docs/kb/self-hosted-caching).
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface RemoteCache {
  /** What Nx needs to use it. */
  readonly env: Readonly<Record<string, string>>;
  /** Archives by the hashes of their tasks. */
  readonly archives: ReadonlyMap<string, Buffer>;
  /** Hashes of archives that were fetched, in order. */
  readonly fetched: readonly string[];
  stop(): Promise<void>;
}

const token = "secret of this test";

export async function startRemoteCache(): Promise<RemoteCache> {
  const archives = new Map<string, Buffer>();
  const fetched: string[] = [];
  const answer = (method: string, hash: string, body: Buffer): [number, Buffer?] => {
    const archive = archives.get(hash);
    if (method === "PUT") {
      if (archive !== undefined) return [409];
      archives.set(hash, body);
      return [202];
    }
    if (archive === undefined) return [404];
    fetched.push(hash);
    return [200, archive];
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const hash = /^\/v1\/cache\/([\w-]+)$/.exec(request.url ?? "")?.[1];
    const isKnown = request.headers.authorization === `Bearer ${token}`;
    const [status, body] = !isKnown
      ? [401]
      : hash === undefined
        ? [404]
        : answer(request.method ?? "", hash, Buffer.concat(chunks));
    response.writeHead(status, body && { "Content-Type": "application/octet-stream" }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    archives,
    fetched,
    env: {
      NX_SELF_HOSTED_REMOTE_CACHE_SERVER: `http://127.0.0.1:${port}`,
      NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: token,
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
