// The program that is soaked beside the seed: every kind of store, queue and schedule, and every way
// to answer. `on_error` prints what it is called for.

/** Its tables. */
export const migration =
  "CREATE TABLE rows (id TEXT PRIMARY KEY, value TEXT NOT NULL);\nCREATE TABLE jobs (id TEXT PRIMARY KEY, times INTEGER NOT NULL);\n";

export const program = `
shared {
  type Row { id: String, value: String }
  fn report(err) {
    print("on_error: {err.message}")
    Response.json({ error: err.message }, { status: 503 })
  }
}

edge "front" {
  kv CACHE
  sql DB
  storage FILES
  queue JOBS
  env LIMIT = "1000000"
  secret TOKEN

  cors { origins: ["https://app.example"], credentials: true }
  health "/live"
  on_error fn(err, req) { report(err) }

  middleware fn timed(req, next) {
    start = Date.now()
    res = await next(req)
    res.headers.set("Server-Timing", "all;dur={Date.now() - start}")
    res
  }
  middleware fn guarded(req, next) {
    if req.method != "GET" and req.headers.get("Authorization") != "Bearer {TOKEN}" {
      Response.json({ error: "no" }, { status: 401 })
    } else { next(req) }
  }

  route GET "/kv/:key" => fn(req, params) {
    value = await CACHE.get(params.key)
    if value == nil { Response.new("none", { status: 404 }) } else { { value } }
  }
  route PUT "/kv/:key" => fn(req, params) {
    await CACHE.put(params.key, await req.text())
    Response.new(nil, { status: 204 })
  }
  route GET "/caught/:key" => fn(req, params) {
    try { return { value: await CACHE.get(params.key) } } catch e {
      print("caught: {e.message}")
      return { fallback: true, because: e.message }
    }
  }
  route GET "/rows/:id" => fn(req, params) {
    row = await DB.prepare("SELECT id, value FROM rows WHERE id = ?").bind(params.id).first()
    if row == nil { Response.new("none", { status: 404 }) } else { Row(row.id, row.value) }
  }
  route POST "/rows" body: Row => fn(req) {
    row = await req.json()
    await DB.prepare("INSERT INTO rows (id, value) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET value = excluded.value")
      .bind(row.id, row.value).run()
    Response.json(row, { status: 201 })
  }
  route POST "/twice/:id" => fn(req, params) {
    insert = DB.prepare("INSERT INTO rows (id, value) VALUES (?, 'x')").bind(params.id)
    await DB.batch([insert, insert])
    "never: the second has the same key"
  }
  route PUT "/files/*path" => fn(req, params) {
    if int(req.headers.get("Content-Length") ?? "0") > int(LIMIT) { return Response.new("too large", { status: 413 }) }
    await FILES.put(params.path, req.body)
    Response.new(nil, { status: 204 })
  }
  route GET "/files/*path" => fn(req, params) {
    file = await FILES.get(params.path)
    if file == nil { Response.new("none", { status: 404 }) } else { Response.new(file.body, { headers: { ETag: file.httpEtag } }) }
  }
  route POST "/jobs/:id" => fn(req, params) {
    await JOBS.send({ id: params.id, poison: params.id.startsWith("poison") })
    Response.json({ queued: params.id }, { status: 202 })
  }
  route GET "/all" => fn() {
    [rows, files, keys] = await Promise.all([
      DB.prepare("SELECT count(*) AS n FROM rows").first(), FILES.list({ limit: 10 }), CACHE.list({ limit: 10 })
    ])
    { rows: rows?.n, files: len(files.objects), keys: len(keys.keys) }
  }
  route GET "/stream" => fn() {
    pair = TransformStream.new()
    writer = pair.writable.getWriter()
    encoder = TextEncoder.new()
    fn fill() {
      for i in range(20) { await writer.write(encoder.encode("part {i};")) }
      await writer.close()
    }
    fill().catch(fn(e) nil)
    Response.new(pair.readable)
  }
  route GET "/broken" => fn() { throw Error.new("by itself") }
  route GET "/circle" => fn() { o = {}; o.o = o; o }

  schedule "first" cron("* * * * *") {
    print("schedule first")
    await CACHE.put("first", "{Date.now()}")
  }
  schedule "second" cron("* * * * *") {
    print("schedule second")
    await DB.prepare("DELETE FROM jobs WHERE times > 1000").run()
  }
}

edge "back" {
  kv CACHE
  sql DB
  queue DEAD
  health "/live"
  on_error fn(err, req) { report(err) }

  fn work(message) {
    if message.body.poison { return message.retry() }
    await DB.prepare("INSERT INTO jobs (id, times) VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET times = times + 1")
      .bind(message.body.id).run()
    await CACHE.put("job", message.body.id)
    message.ack()
  }
  consume JOBS { max_batch_size: 10, max_batch_timeout: 1, max_retries: 5, dead_letter_queue: DEAD } fn(messages) {
    for message in messages {
      try { await work(message) } catch e {
        print("retried: {e.message}")
        message.retry()
      }
    }
  }
  consume DEAD { max_batch_size: 10, max_batch_timeout: 1 } fn(messages) {
    for message in messages { print("dead: {message.body.id}") }
  }
}
`;
