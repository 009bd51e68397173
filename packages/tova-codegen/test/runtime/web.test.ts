// Requests to other servers, to one of this process: what is sent, and what comes back as a Result.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { httpGet, httpPost } from "../../src/runtime/web";

let server: Server;
let address: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === "/never") return;
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, headers } = request;
      const body = Buffer.concat(chunks).toString();
      const status = request.url === "/missing" ? 404 : 200;
      const cookies = ["a=1; Path=/", "b=2"];
      response.writeHead(status, { "Content-Type": "application/json", "Set-Cookie": cookies });
      response.end(JSON.stringify({ method, type: headers["content-type"] ?? null, body }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("an answer has its status, all values of its headers, and its JSON as a value", async () => {
  const answer = (await httpGet(`${address}/missing`)).unwrap();
  expect(answer).toMatchObject({ status: 404, ok: false });
  expect(answer.headers["set-cookie"]).toBe("a=1; Path=/, b=2");
  expect(answer.body).toEqual({ method: "GET", type: null, body: "" });
});

test.each([
  ["an object as JSON", { a: 1 }, "application/json", '{"a":1}'],
  ["a list as JSON", [1], "application/json", "[1]"],
  ["a text as it is", "a", "text/plain;charset=UTF-8", "a"],
  ["bytes as they are", new Uint8Array([97]), null, "a"],
  ["a form as one", new URLSearchParams({ a: "1 2" }), expect.stringContaining("form"), "a=1+2"],
])("%s: that is sent", async (_, body, type, sent) => {
  const { body: got } = (await httpPost(address, body)).unwrap();
  expect(got).toEqual({ method: "POST", type, body: sent });
});

test("without an answer in time there is an error", async () => {
  const result = await httpGet(`${address}/never`, { timeout: 20 });
  expect(result.isErr()).toBe(true);
});
