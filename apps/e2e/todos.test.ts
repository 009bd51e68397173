// The todo API in workerd: accounts, tokens of all kinds, and that nobody reaches another's todos.
import { createHmac } from "node:crypto";
import type { RunningProgram } from "tova-cli";
import { sending, startApp, tryReadme } from "./app";

jest.setTimeout(60_000);

const secret = "a-long-random-text";
const password = "correct horse battery";
let program: RunningProgram;
beforeAll(async () => {
  program = await startApp("todos", { JWT_KEY: secret });
});
afterAll(() => program?.stop());

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const post = (path: string, body: unknown, headers = {}) =>
  program.fetch(path, sending(body, { headers }));

async function register(email: string): Promise<string> {
  const answer = await post("/register", { email, password });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { token: string }).token;
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const inAnHour = Math.floor(Date.now() / 1000) + 3600;

/** A token with these claims, as somebody might make one. */
function token(claims: object, { head = { alg: "HS256" } as object, key = secret } = {}): string {
  const signed = `${encode(head)}.${encode({ iss: "todos", exp: inAnHour, sub: "x", ...claims })}`;
  return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
}

test("the commands of the README print what it says", async () => {
  expect(await tryReadme("todos", program)).toEqual({ wrong: [], count: 3 });
});

describe("an account", () => {
  test("is made once, and its password opens it in any spelling of the address", async () => {
    await register("Bob@example.com");
    const again = await post("/register", { email: "bob@example.com", password });
    expect([again.status, await again.json()]).toEqual([
      409,
      { error: "This address has an account" },
    ]);
    const login = await post("/login", { email: "BOB@example.com", password });
    expect(await login.json()).toEqual({ id: expect.any(String), token: expect.any(String) });
  });

  test.each(["bob@example.com", "nobody@example.com"])("%s is closed to others", async (email) => {
    const answer = await post("/login", { email, password: "wrong password" });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ error: "The address or the password is wrong" });
  });

  test("is shown to the administrator alone, without its password", async () => {
    const list = await program.fetch("/users", { headers: bearer(token({ role: "Admin" })) });
    const users = (await list.json()) as object[];
    expect(users).toContainEqual({
      id: expect.any(String),
      email: "bob@example.com",
      role: "Member",
    });
    for (const path of ["/users", "/users/", "//users", "/%75sers"]) {
      const headers = bearer(token({ role: "Member" }));
      expect((await program.fetch(path, { headers })).status).toBe(403);
    }
  });
});

test.each([
  ["without a token", {}],
  ["with a token that is none", bearer("a.b.c")],
  ["with one by another key", bearer(token({}, { key: "another" }))],
  ["with one that is signed by nobody", bearer(token({}, { head: { alg: "none" } }))],
  ["with one of another algorithm", bearer(token({}, { head: { alg: "HS512" } }))],
  ["with one that is over", bearer(token({ exp: 1 }))],
  ["with one for later", bearer(token({ nbf: inAnHour }))],
  ["with one of another issuer", bearer(token({ iss: "others" }))],
])("nobody sees todos %s", async (_, headers) => {
  for (const path of ["/todos", "//todos", "/todos/x", "/%74odos"]) {
    const answer = await program.fetch(path, { headers: headers as Record<string, string> });
    expect([path, answer.status]).toEqual([path, 401]);
  }
});

describe("todos", () => {
  let mine: Record<string, string>;
  let others: Record<string, string>;
  beforeAll(async () => {
    mine = bearer(await register("cleo@example.com"));
    others = bearer(await register("dan@example.com"));
  });

  const list = async (headers: Record<string, string>) =>
    (await (await program.fetch("/todos", { headers })).json()) as { title: string; id: string }[];
  const change = (id: string, body: unknown, headers = mine) =>
    program.fetch(`/todos/${id}`, sending(body, { method: "PATCH", headers }));

  test("are listed by what is to be done first", async () => {
    const days = { later: "2027-01-01", soon: "2026-12-01", some: undefined };
    for (const [title, due] of Object.entries(days)) await post("/todos", { title, due }, mine);
    expect((await list(mine)).map(({ title }) => title)).toEqual(["soon", "later", "some"]);
    const [first] = await list(mine);
    expect(await (await change(first?.id ?? "", { done: true })).json()).toMatchObject({
      title: "soon",
      done: true,
    });
    expect((await list(mine)).map(({ title }) => title)).toEqual(["later", "some", "soon"]);
  });

  test("change in what the body has, and in nothing else", async () => {
    const made = await post("/todos", { title: "Write", due: "2026-12-02" }, mine);
    const { id } = (await made.json()) as { id: string };
    const renamed = await change(id, { title: "Read", id: "x", owner: "x", done: null });
    expect(await renamed.json()).toMatchObject({
      id,
      title: "Read",
      due: "2026-12-02",
      done: false,
    });
    expect(await (await change(id, { due: null })).json()).toMatchObject({ due: null });
    expect((await change(id, { title: "" })).status).toBe(400);
    expect((await change(id, { due: "tomorrow" })).status).toBe(400);
  });

  test("are no one else's", async () => {
    const [todo] = await list(mine);
    const id = todo?.id ?? "";
    expect(await list(others)).toEqual([]);
    expect((await change(id, { title: "Mine now" }, others)).status).toBe(404);
    const remove = (headers: Record<string, string>) =>
      program.fetch(`/todos/${id}`, { method: "DELETE", headers });
    expect((await remove(others)).status).toBe(404);
    expect((await list(mine)).map((each) => each.id)).toContain(id);
    expect((await remove(mine)).status).toBe(204);
    expect((await list(mine)).map((each) => each.id)).not.toContain(id);
  });

  test.each(["?page=-1", "?page=x", "?page=1.5", "?page=0&page=0", "?"])(
    "a strange page, %s, is the first or an empty one",
    async (query) => {
      const answer = await program.fetch(`/todos${query}`, { headers: mine });
      expect(answer.status).toBe(200);
    },
  );
});

test("pages of the one origin may use it, those of others may not", async () => {
  const origins = ["https://todos.example.com", "https://evil.example"];
  const allowed = origins.map(async (Origin) => {
    const answer = await program.fetch("/todos", { headers: { Origin } });
    return answer.headers.get("Access-Control-Allow-Origin");
  });
  expect(await Promise.all(allowed)).toEqual(["https://todos.example.com", null]);
});

test("nobody tries passwords at any speed", async () => {
  // More than two windows allow: they may change meanwhile.
  const tries = Array.from({ length: 25 }, () => post("/login", {}));
  const statuses = (await Promise.all(tries)).map(({ status }) => status);
  expect([...new Set(statuses)].sort()).toEqual([400, 429]);
  expect((await program.fetch("/healthz")).status).toBe(200);
});
