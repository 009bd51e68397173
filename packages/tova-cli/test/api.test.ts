// Questions to Cloudflare's API as they are asked of a stand-in that fails in all the ways there are.
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { openApi } from "../src/cloudflare/api";
import { allNamespaces, databaseByName, queueByName } from "../src/cloudflare/look-ups";
import { broken, type Fault, silent, tooMany } from "./fake/faults";
import { type FakeCloudflare, startFakeCloudflare } from "./fake/server";
import { addDatabase } from "./fake/stores";

let cloudflare: FakeCloudflare;
beforeEach(async () => {
  cloudflare = await startFakeCloudflare(["jobs"]);
});
afterEach(() => cloudflare.close());

function api(timeoutMs = 5000) {
  const headers = { Authorization: `Bearer ${cloudflare.env.CLOUDFLARE_API_TOKEN}` };
  return openApi({ url: cloudflare.url, headers, origin: "The token" }, "account", timeoutMs);
}

const cut = (kind: "cut before" | "cut after"): Fault => ({ method: "GET", path: /./, kind });

test.each<[string, Fault[]]>([
  ["too many questions", [tooMany("GET", /./), tooMany("GET", /./)]],
  ["a fault of the server", [broken("GET", /./), broken("GET", /./)]],
  ["a connection cut before and after", [cut("cut before"), cut("cut after")]],
  ["no answer", [silent("GET", /./)]],
])("after %s it asks again", async (_, faults) => {
  cloudflare.faults.push(...faults);
  await expect(queueByName(api(500), "jobs")).resolves.toEqual({ name: "jobs", readers: [] });
  expect(cloudflare.requests).toHaveLength(faults.length + 1);
});

test("it waits as long as Retry-After says, and not at all when that is too long", async () => {
  const fault = { ...tooMany("GET", /./), retryAfter: "1" } as Fault;
  cloudflare.faults.push(fault);
  const start = Date.now();
  await queueByName(api(), "jobs");
  expect(Date.now() - start).toBeGreaterThanOrEqual(990);

  cloudflare.faults.push({ ...fault, retryAfter: "3600" } as Fault);
  await expect(queueByName(api(), "jobs")).rejects.toThrow(/T067.*queues: Too many requests/);
  expect(cloudflare.requests).toHaveLength(3);
});

test("a path that is none is no missing thing", async () => {
  const lost = openApi({ url: `${cloudflare.url}/nowhere`, headers: {}, origin: "" }, "a", 500);
  await expect(queueByName(lost, "jobs")).rejects.toThrow(/T063/);
  await expect(api().ask("queue", "/nonsense")).rejects.toThrow(/T067.*No route/);
});

test("all pages are read, and a name is found whole", async () => {
  for (let count = 0; count < 250; count++) cloudflare.namespaces.set(`n${count}`, `id${count}`);
  expect(await allNamespaces(api())).toHaveLength(250);
  addDatabase(cloudflare.state, "app-logs", "1");
  addDatabase(cloudflare.state, "app", "2");
  expect(await databaseByName(api(), "app")).toEqual({ id: "2", name: "app" });
  expect(await databaseByName(api(), "ap")).toBeNull();
});

/** A proxy as companies have them: everything goes through CONNECT. */
async function startProxy(): Promise<{ server: Server; url: string; connects: string[] }> {
  const connects: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer().on("connect", (request, client: Socket) => {
    connects.push(request.url ?? "");
    const [host, port] = (request.url ?? "").split(":");
    const there = connect(Number(port), host, () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      there.pipe(client).pipe(there);
    });
    for (const socket of [client, there]) sockets.add(socket.on("error", () => undefined));
  });
  server.on("close", () => {
    for (const socket of sockets) socket.destroy();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { server, url, connects };
}

test("it goes through the proxy of the environment, as wrangler does", async () => {
  const { server, url, connects } = await startProxy();
  process.env.HTTP_PROXY = url;
  process.env.NO_PROXY = "";
  try {
    await expect(queueByName(api(), "jobs")).resolves.not.toBeNull();
    expect(connects).toEqual([new URL(cloudflare.url).host]);
  } finally {
    delete process.env.HTTP_PROXY;
    delete process.env.NO_PROXY;
    server.closeAllConnections();
    server.close();
  }
});
