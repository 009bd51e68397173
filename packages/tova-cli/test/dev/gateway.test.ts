// Ports in front of hand-written workers in a real workerd.
import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";
import type { BlockOutline } from "tova-codegen";
import { createGate } from "../../src/dev/gate";
import { createGateways, type Gateways } from "../../src/dev/gateway";
import type { DevProgram } from "../../src/dev/program";
import { type Runtime, startRuntime } from "../../src/dev/runtime";
import { consumed, outlineWith, produced, workerWith } from "../outlines";
import { createRecorder, createWorkspace, type Workspace } from "../workspace";

let workspace: Workspace;
let runtime: Runtime;
let gateways: Gateways;
let log: ReturnType<typeof createRecorder>;
const gate = createGate();

interface Part {
  readonly outline: Partial<BlockOutline>;
  readonly code: string;
}

function programOf(parts: Readonly<Record<string, Part>>): DevProgram {
  const workers = Object.entries(parts).map(([name, { outline, code }]) => {
    const whole = outlineWith({ name, projectName: `app-${name}`, ...outline });
    const config = { fileName: "x.toml", text: 'compatibility_date = "2026-04-01"\n' };
    return { outline: whole, worker: workerWith(whole, { code, config }) };
  });
  const { folder } = workspace;
  const source = {
    path: `${folder}/app.tova`,
    folder,
    stem: "app",
    name: "app.tova",
    text: "",
    deploy: null,
    migrations: null,
  };
  return { source, workers, variables: { file: ".dev.vars", values: {} }, migrations: [] };
}

async function start(parts: Readonly<Record<string, Part>>, port = 20_000): Promise<void> {
  workspace = createWorkspace({});
  log = createRecorder();
  const program = programOf(parts);
  const { signal } = new AbortController();
  const settings = { state: workspace.path("state"), queueWait: 0 };
  runtime = await startRuntime(program, settings, { log, signal, until: signal });
  gateways = createGateways({ host: "127.0.0.1", port, gate, runtime, log });
  await gateways.update(program);
}

afterEach(async () => {
  await gateways.close();
  await runtime.stop();
  workspace.remove();
});

const url = (worker: string) => gateways.urlOf(`app-${worker}`) ?? "";

const echo = `export default {
  async fetch(request) {
    const url = new URL(request.url);
    if (url.pathname === "/socket") {
      const [client, server] = Object.values(new WebSocketPair());
      server.accept();
      server.addEventListener("message", ({ data }) => server.send("got " + data));
      return new Response(null, { status: 101, webSocket: client });
    }
    if (url.pathname === "/closed") {
      const { readable, writable } = new TransformStream();
      const writer = writable.getWriter();
      writer.write(new TextEncoder().encode("not ")).then(() => writer.write(new TextEncoder().encode("here"))).then(() => writer.close());
      return new Response(readable, { status: 403 });
    }
    if (url.pathname === "/cookies") {
      return new Response(null, { status: 204, headers: [["Set-Cookie", "a=1"], ["Set-Cookie", "b=2"]] });
    }
    if (url.pathname === "/body") return new Response(request.body, { status: 201 });
    const host = request.headers.get("host");
    const spoofed = request.headers.get("mf-route-override");
    return Response.json({ url: request.url, method: request.method, host, spoofed, country: request.cf.country });
  },
};`;
const other = `export default { fetch: () => new Response("other") };`;

test("each worker has its port; the request arrives as it was sent", async () => {
  await start({
    first: { outline: { hasHttp: true }, code: echo },
    second: { outline: { hasHttp: true }, code: other },
    silent: { outline: {}, code: "export default {};" },
  });
  expect(Number(new URL(url("second")).port)).toBeGreaterThan(Number(new URL(url("first")).port));
  expect(gateways.urlOf("app-silent")).toBeNull();
  expect(await (await fetch(url("second"))).text()).toBe("other");

  const headers = { "MF-Route-Override": "app-second" };
  const seen = await fetch(`${url("first")}/a%2Fb?c=d`, { method: "PUT", headers, body: "x" });
  expect(await seen.json()).toEqual({
    url: `${url("first")}/a%2Fb?c=d`,
    method: "PUT",
    host: new URL(url("first")).host,
    spoofed: null,
    country: expect.any(String),
  });
  const cookies = await fetch(`${url("first")}/cookies`);
  expect([cookies.status, cookies.headers.getSetCookie()]).toEqual([204, ["a=1", "b=2"]]);
  const bytes = Buffer.alloc(3_000_000, "tova");
  const body = await fetch(`${url("first")}/body`, { method: "POST", body: bytes });
  expect(body.status).toBe(201);
  expect(Buffer.from(await body.arrayBuffer()).equals(bytes)).toBe(true);
});

test("a first port that is taken is left for the next free one, and that is said", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const { port } = holder.address() as AddressInfo;
  await start({ a: { outline: { hasHttp: true }, code: echo } }, port);
  expect(log.warnings).toEqual([
    `Port ${port} is taken: app-a answers on ${new URL(url("a")).port}.`,
  ]);
  expect((await fetch(url("a"))).status).toBe(200);
  await new Promise((resolve) => holder.close(resolve));
});

function openSocket(path: string) {
  const headers = {
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
  };
  return request(`${url("first")}${path}`, { headers }).end();
}

test("a WebSocket goes through, and keeps no port open", async () => {
  await start({ first: { outline: { hasHttp: true }, code: echo } });
  const opening = openSocket("/socket");
  const [answer, socket] = (await once(opening, "upgrade")) as [{ statusCode: number }, Socket];
  expect(answer.statusCode).toBe(101);
  // One text frame each way (RFC 6455, 5.2); a client's is masked, here with a key of zeros.
  socket.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, ...Buffer.from("hi")]));
  const [frame] = (await once(socket, "data")) as [Buffer];
  expect(frame).toEqual(Buffer.from([0x81, 6, ...Buffer.from("got hi")]));
  const ended = once(socket, "close");
  socket.on("error", () => undefined);
  await gateways.close();
  await ended;
});

test("a WebSocket that is refused gets the worker's answer", async () => {
  await start({ first: { outline: { hasHttp: true }, code: echo } });
  const [answer] = (await once(openSocket("/closed"), "response")) as [IncomingMessage];
  expect(answer.statusCode).toBe(403);
  expect(await text(answer)).toBe("not here");
});

test("schedules run on demand, on any worker, but not for pages elsewhere", async () => {
  const code = `export default {
    async scheduled(event) {
      if (event.scheduledTime === 5) throw new Error("no luck");
      if (event.scheduledTime === 6) {
        const error = new Error("said before");
        console.error(error.stack);
        throw error;
      }
      console.log("ran", event.cron, event.scheduledTime);
    },
  };`;
  await start({
    first: { outline: { hasHttp: true }, code: other },
    timed: { outline: { crons: ["0 1 * * *", "*/5 * * * *"] }, code },
  });
  const at = `${url("timed")}/cdn-cgi/handler/scheduled`;
  const ask = async (query: string, headers = {}) => (await fetch(at + query, { headers })).status;
  expect(await ask("?cron=*/5+*+*+*+*&time=1000")).toBe(200);
  expect(log.infos).toContain("[app-timed] ran */5 * * * * 1000");
  expect(await ask("?cron=0+1+*+*+*&time=5")).toBe(500);
  expect(log.errors.join("\n")).toContain("[app-timed] Error: no luck");
  expect(await ask("?cron=0+1+*+*+*&time=6")).toBe(500);
  expect(log.errors.filter((text) => text.includes("said before"))).toHaveLength(1);
  expect(await ask("?cron=9+9+9+9+9")).toBe(400);
  expect(await ask("")).toBe(400);
  expect(await ask("?cron=0+1+*+*+*", { Origin: "http://elsewhere.example" })).toBe(403);
});

test("stores with placeholder ids are apart by name and shared by workers", async () => {
  const stores = ["A", "B"].map((binding) => ({ binding, id: "TODO", placeholder: true }));
  const code = `export default {
    async fetch(request, env) {
      const [, store, value] = new URL(request.url).pathname.split("/");
      if (value) await env[store].put("key", value);
      return new Response(await env[store].get("key"));
    },
  };`;
  const part = { outline: { hasHttp: true, kv: stores }, code };
  await start({ first: part, second: part });
  const ask = async (worker: string, path: string) => (await fetch(url(worker) + path)).text();
  await ask("first", "/A/one");
  expect(await ask("first", "/B")).toBe("");
  expect(await ask("second", "/A")).toBe("one");
});

test("a batch that fails is shown with its worker and tried again", async () => {
  const sender = `export default {
    async fetch(request, env) { await env.JOBS.send("x"); return new Response("sent"); },
  };`;
  const reader = `let tries = 0;
  export default {
    async queue(batch) {
      tries += 1;
      if (tries === 1) throw new Error("first try");
      console.log("read", batch.messages[0].body, batch.messages[0].attempts);
    },
  };`;
  await start({
    sender: { outline: { hasHttp: true, produces: [produced("jobs")] }, code: sender },
    reader: { outline: { consumes: [consumed("jobs")] }, code: reader },
  });
  await fetch(url("sender"));
  while (!log.infos.includes("[app-reader] read x 2")) await new Promise(setImmediate);
  expect(log.errors.join("\n")).toContain("[app-reader] Error: first try");
});

test("workers that do not start leave the old ones running", async () => {
  const { signal } = new AbortController();
  await start({ first: { outline: { hasHttp: true }, code: other } });
  const broken = programOf({ first: { outline: { hasHttp: true }, code: "export defalt {}" } });
  await expect(runtime.replace(broken, signal)).rejects.toThrow(/T035/);
  expect(await (await fetch(url("first"))).text()).toBe("other");
  const changed = programOf({ first: { outline: { hasHttp: true }, code: echo } });
  await runtime.replace(changed, signal);
  expect((await fetch(`${url("first")}/body`, { method: "POST", body: "y" })).status).toBe(201);
});
