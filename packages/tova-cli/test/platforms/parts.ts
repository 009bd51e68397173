// What a program may ask of its platform, each as members of an edge block and what they must give.
import type { Capability } from "tova-codegen";
import type { RunningProgram } from "../../src/testing";

/** One thing that platforms have or have not; the same on all that have it. */
export interface Part {
  /** As in the support table of the compiler; null for what every platform has. */
  readonly needs: readonly Capability[];
  readonly name: string;
  readonly members: string;
  check(program: RunningProgram, worker: string): Promise<void>;
}

async function json(program: RunningProgram, path: string, init?: RequestInit): Promise<unknown> {
  const response = await program.fetch(path, init);
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${path} gave ${response.status} ${text}`);
  }
}

/** Asks until the answer is as wanted; a queue takes its time. */
async function eventually(program: RunningProgram, path: string, wanted: unknown): Promise<void> {
  let last: unknown;
  for (let tries = 0; tries < 240; tries++) {
    last = await json(program, path);
    if (JSON.stringify(last) === JSON.stringify(wanted)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(last).toEqual(wanted);
}

const kv: Part = {
  needs: ["kv"],
  name: "key-value store",
  members: `
  kv NOTES
  route POST "/kv" => fn(req) {
    await NOTES.put("a/1", "one", { metadata: { n: 1 } })
    await NOTES.put("a/2", JSON.stringify({ two: 2 }), { expirationTtl: 3600 })
    await NOTES.put("a/3", Uint8Array.new([1, 2, 255]))
    await NOTES.put("b", "ü")
    await NOTES.put("gone", "x")
    await NOTES.delete("gone")
    "done"
  }
  route GET "/kv" => fn(req) {
    bytes = await NOTES.get("a/3", "arrayBuffer")
    many = await NOTES.get(["b", "gone"])
    {
      text: await NOTES.get("b"),
      parsed: await NOTES.get("a/2", { type: "json" }),
      bytes: Array.from(Uint8Array.new(bytes)),
      streamed: await Response.new(await NOTES.get("a/1", "stream")).text(),
      gone: await NOTES.get("gone"),
      many: Array.from(many.entries()),
      metadata: (await NOTES.getWithMetadata("a/1")).metadata
    }
  }
  route GET "/kv/list" => fn(req) {
    first = await NOTES.list({ prefix: "a/", limit: 2 })
    rest = await NOTES.list({ prefix: "a/", cursor: first.cursor })
    all = await NOTES.list()
    {
      names: [key.name for key in first.keys],
      complete: [first.list_complete, rest.list_complete, all.list_complete],
      rest: [key.name for key in rest.keys],
      all: [key.name for key in all.keys],
      metadata: first.keys[0].metadata,
      expires: first.keys[1].expiration > 0
    }
  }
  route GET "/kv/plain" => fn(req) {
    await NOTES.put("n", 5, nil)
    await NOTES.put("n/t", true)
    await NOTES.put("n/nil", nil)
    [await NOTES.get(["n", "n/t", "n/nil"]).then(fn(found) Array.from(found.values())), len((await NOTES.list({ prefix: "n", limit: 0 })).keys)]
  }
  route GET "/kv/refused/:what" => fn(req, params) {
    match params.what {
      "ttl" => { await NOTES.put("short", "x", { expirationTtl: 5 }) }
      "object" => { await NOTES.put("short", { x: 1 }) }
      _ => { await NOTES.list({ limit: 1001 }) }
    }
  }`,
  async check(program) {
    await json(program, "/kv", { method: "POST" });
    expect(await json(program, "/kv")).toEqual({
      text: "ü",
      parsed: { two: 2 },
      bytes: [1, 2, 255],
      streamed: "one",
      gone: null,
      many: [
        ["b", "ü"],
        ["gone", null],
      ],
      metadata: { n: 1 },
    });
    expect(await json(program, "/kv/list")).toEqual({
      names: ["a/1", "a/2"],
      complete: [false, true, true],
      rest: ["a/3"],
      all: ["a/1", "a/2", "a/3", "b"],
      metadata: { n: 1 },
      expires: true,
    });
    for (const what of ["ttl", "object", "limit"]) {
      expect((await program.fetch(`/kv/refused/${what}`)).status).toBe(500);
    }
    expect(await json(program, "/kv/plain")).toEqual([["5", "true", "null"], 3]);
  },
};

const sql: Part = {
  needs: ["sql"],
  name: "database",
  members: `
  sql DB
  route POST "/sql/:name" => fn(req, params) {
    insert = DB.prepare("INSERT INTO people (name, active, face) VALUES (?1, ?2, ?3)")
    done = await insert.bind(params.name, true, Uint8Array.new([7, 8])).run()
    { success: done.success, changes: done.meta.changes, id: done.meta.last_row_id }
  }
  route GET "/sql" => fn(req) {
    all = DB.prepare("SELECT id, name, active, face FROM people ORDER BY id")
    {
      all: (await all.all()).results,
      first: await all.first(),
      name: await all.first("name"),
      none: await DB.prepare("SELECT 1 FROM people WHERE id = ?").bind(99).first(),
      raw: await DB.prepare("SELECT id, id + 1 AS id FROM people LIMIT 1").raw({ columnNames: true })
    }
  }
  route POST "/batch" => fn(req) {
    results = await DB.batch([
      DB.prepare("INSERT INTO people (name) VALUES ('batched')"),
      DB.prepare("SELECT count(*) AS n FROM people")
    ])
    results[1].results
  }
  route POST "/half" => fn(req) {
    await DB.batch([
      DB.prepare("INSERT INTO people (name) VALUES ('lost')"),
      DB.prepare("INSERT INTO people (name) VALUES ('ann')")
    ])
  }
  route GET "/sql/errors" => fn(req) {
    insert = DB.prepare("INSERT INTO people (name) VALUES (?)")
    [
      await message(insert.bind("ann").run()),
      await message(DB.prepare("SELECT id FROM people WHERE id = ?").bind(1).first("nope"))
    ]
  }
  // What is bound nowhere must not be what another request has bound.
  route GET "/sql/bound" => fn(req) {
    sql = ["SELECT", "?", "AS x"] |> join(" ")
    bound = await DB.prepare(sql).bind(5).first("x")
    other = await message(DB.prepare(sql).first("x"))
    half = await message(DB.prepare(["SELECT ?1 +", "?2 AS x"] |> join(" ")).bind(1).first("x"))
    { bound, half, other, large: await DB.prepare("SELECT 9007199254740993 AS n").first("n") }
  }
  route POST "/exec" => fn(req) {
    done = await DB.exec("DELETE FROM people WHERE name = 'x'\\nDELETE FROM people WHERE name = 'y'")
    done.count
  }
  fn message(work) {
    work.then(fn() "no error").catch(fn(error) error.message)
  }`,
  async check(program) {
    const post = { method: "POST" };
    expect(await json(program, "/sql/ann", post)).toEqual({ success: true, changes: 1, id: 1 });
    const ann = { id: 1, name: "ann", active: 1, face: [7, 8] };
    expect(await json(program, "/sql")).toEqual({
      all: [ann],
      first: ann,
      name: "ann",
      none: null,
      raw: [
        ["id", "id"],
        [1, 2],
      ],
    });
    expect(await json(program, "/batch", post)).toEqual([{ n: 2 }]);
    expect((await program.fetch("/half", post)).status).toBe(500);
    expect(await json(program, "/sql/errors")).toEqual([
      expect.stringMatching(/^D1_ERROR: UNIQUE constraint failed: people\.name/),
      "D1_COLUMN_NOTFOUND: Column not found (nope)",
    ]);
    expect(await json(program, "/sql")).toMatchObject({
      all: [{ name: "ann" }, { name: "batched" }],
    });
    expect(await json(program, "/exec", post)).toBe(2);
    expect(await json(program, "/sql/bound")).toEqual({
      bound: 5,
      half: expect.stringMatching(/Wrong number of parameter bindings/),
      other: expect.stringMatching(/Wrong number of parameter bindings/),
      large: 2 ** 53,
    });
  },
};

const storage: Part = {
  needs: ["storage"],
  name: "object storage",
  members: `
  storage FILES
  route POST "/files/:name" => fn(req, params) {
    kind = req.headers.get("content-type")
    put = await FILES.put(params.name, req.body, { httpMetadata: { contentType: kind } })
    { key: put.key, size: put.size }
  }
  route GET "/files/:name" => fn(req, params) {
    found = await FILES.get(params.name)
    if found == nil { Response.new("none", { status: 404 }) }
    else { Response.new(found.body, { headers: { "Content-Type": found.httpMetadata.contentType, ETag: found.httpEtag } }) }
  }
  route GET "/part/:name" => fn(req, params) {
    found = await FILES.get(params.name, { range: { offset: 1, length: 2 } })
    await found.text()
  }
  route GET "/head/:name" => fn(req, params) {
    found = await FILES.head(params.name)
    if found == nil { nil } else { [found.key, found.size] }
  }
  route GET "/files" => fn(req) {
    first = await FILES.list({ prefix: "f", limit: 1 })
    rest = await FILES.list({ prefix: "f", cursor: first.cursor })
    [[o.key for o in first.objects], first.truncated, [o.key for o in rest.objects], rest.truncated]
  }
  route GET "/folders" => fn(req) {
    found = await FILES.list({ delimiter: "/" })
    [[o.key for o in found.objects], found.delimitedPrefixes]
  }
  route DELETE "/files/:name" => fn(req, params) {
    await FILES.delete([params.name])
    "deleted"
  }`,
  async check(program) {
    const put = (name: string, body: string) =>
      json(program, `/files/${name}`, {
        method: "POST",
        body,
        headers: { "Content-Type": "text/x-note" },
      });
    expect(await put("f1", "hello")).toEqual({ key: "f1", size: 5 });
    expect(await put("f2", "")).toEqual({ key: "f2", size: 0 });
    const got = await program.fetch("/files/f1");
    expect([got.status, got.headers.get("Content-Type"), await got.text()]).toEqual([
      200,
      "text/x-note",
      "hello",
    ]);
    expect(got.headers.get("ETag")).toMatch(/^"[\w-]+"$/);
    expect(await json(program, "/part/f1")).toBe("el");
    expect(await json(program, "/head/f2")).toEqual(["f2", 0]);
    expect(await json(program, "/head/f3")).toBeNull();
    expect((await program.fetch("/files/f3")).status).toBe(404);
    expect(await json(program, "/files")).toEqual([["f1"], true, ["f2"], false]);
    await json(program, "/files/f1", { method: "DELETE" });
    expect((await program.fetch("/files/f1")).status).toBe(404);
    const odd = "d/ü + %2F/x";
    const path = encodeURIComponent(odd);
    expect(await put(path, "odd")).toEqual({ key: odd, size: 3 });
    expect(await (await program.fetch(`/files/${path}`)).text()).toBe("odd");
    expect(await json(program, "/folders")).toEqual([["f2"], ["d/"]]);
    const big = "0123456789".repeat(550_000);
    expect(await put("big", big)).toEqual({ key: "big", size: big.length });
    expect((await (await program.fetch("/files/big")).text()) === big).toBe(true);
  },
};

const queue: Part = {
  needs: ["queue", "consume"],
  name: "queue and consumer",
  members: `
  var seen = {}
  queue JOBS
  queue DEAD
  route POST "/jobs" => fn(req) {
    await JOBS.send({ name: "fine", at: Date.new(0) })
    await JOBS.sendBatch([{ body: { name: "later" }, delaySeconds: 1 }, { body: { name: "again" } }])
    await JOBS.send({ name: "broken" })
    "sent"
  }
  route GET "/jobs/:name" => fn(req, params) { seen[params.name] }
  consume JOBS { max_retries: 1, max_batch_size: 1, max_batch_timeout: 0, dead_letter_queue: "DEAD" } fn(messages) {
    for m in messages {
      if m.body.name == "again" and m.attempts == 1 { m.retry({ delaySeconds: 1 }) }
      elif m.body.name == "broken" { nothing = m.body.at
        nothing.time }
      else { seen[m.body.name] = [m.body, m.attempts, len(m.id) > 0] }
    }
  }
  consume DEAD { max_batch_timeout: 0 } fn(messages) {
    for m in messages { seen.dead = [m.body.name, m.attempts] }
  }`,
  async check(program) {
    await json(program, "/jobs", { method: "POST" });
    const fine = { name: "fine", at: "1970-01-01T00:00:00.000Z" };
    await eventually(program, "/jobs/fine", [fine, 1, true]);
    await eventually(program, "/jobs/later", [{ name: "later" }, 1, true]);
    await eventually(program, "/jobs/again", [{ name: "again" }, 2, true]);
    await eventually(program, "/jobs/dead", ["broken", 1]);
  },
};

const schedule: Part = {
  needs: ["schedule"],
  name: "schedules",
  members: `
  schedule "first" cron("30 4 * * mon-fri") { print("ran first") }
  schedule "second" cron("30 4 * * mon-fri") { print("ran second") }
  schedule "failing" cron("0 5 * * 1") {
    nothing = JSON.parse("null")
    nothing.field
  }`,
  async check(program) {
    const run = async (cron: string) =>
      (await program.fetch(`/cdn-cgi/handler/scheduled?cron=${encodeURIComponent(cron)}`)).status;
    expect(await run("30 4 * * mon-fri")).toBe(200);
    expect(await run("0 5 * * 1")).toBe(500);
    for (let tries = 0; tries < 100 && !/ran second/.test(program.log.join("\n")); tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(program.log.join("\n")).toMatch(/ran first[\s\S]*ran second/);
    expect(program.log.join("\n")).toMatch(/TypeError.*null[\s\S]*app\.tova:\d+/);
  },
};

const everywhere: Part = {
  needs: [],
  name: "variables, secrets, middleware, cors, errors, health and streams",
  members: `
  env GREETING = "hello"
  env LIMIT = 10 + 5
  secret TOKEN
  cors { origins: ["https://a.example"] }
  health "/live" { check_memory }
  middleware fn timed(req, next) {
    response = await next(req)
    response.headers.set("X-Timed", "yes")
    response
  }
  on_error fn(err, req) { { failed: err.message } }
  route GET "/env" => fn(req, params, env) { [GREETING, LIMIT, TOKEN, env.TOKEN == TOKEN] }
  route GET "/throws" => fn(req) { JSON.parse("nope") }
  route GET "/streams" => fn(req) {
    Response.new(ReadableStream.new({
      start: fn(controller) {
        for i in range(3) { controller.enqueue(TextEncoder.new().encode("part {i};")) }
        controller.close()
      }
    }))
  }
  route POST "/echo" => fn(req) { Response.new(req.body) }`,
  async check(program) {
    expect(await json(program, "/env")).toEqual(["hello", 15, "t0ken", true]);
    const failed = await program.fetch("/throws", { headers: { Origin: "https://a.example" } });
    expect([failed.status, failed.headers.get("Access-Control-Allow-Origin")]).toEqual([
      500,
      "https://a.example",
    ]);
    expect(await failed.json()).toEqual({ failed: expect.stringContaining("JSON") });
    const streamed = await program.fetch("/streams");
    expect([await streamed.text(), streamed.headers.get("X-Timed")]).toEqual([
      "part 0;part 1;part 2;",
      "yes",
    ]);
    const health = (await json(program, "/live")) as { status: string; checks: unknown };
    expect(health).toMatchObject({ status: "healthy", checks: { memory: expect.anything() } });
    const body = "x".repeat(300_000);
    const echo = await program.fetch("/echo", { method: "POST", body });
    expect((await echo.text()) === body).toBe(true);
  },
};

export const parts: readonly Part[] = [everywhere, kv, sql, storage, queue, schedule];
