// Small Tova programs for tests that compile for real.

/** Two workers: `api` keeps notes and sends each to `reader`, which writes it to the database. */
export const notes = `edge "api" {
  kv NOTES
  sql DB
  queue JOBS
  env GREETING = "hello"
  secret TOKEN

  route GET "/greet" => fn(req) {
    print("greeted {GREETING}")
    { greeting: GREETING, token: TOKEN }
  }

  route POST "/notes/:id" => fn(req, params) {
    await NOTES.put(params.id, "kept")
    await JOBS.send({ id: params.id })
    { sent: params.id }
  }

  route GET "/notes/:id" => fn(req, params) {
    row = await DB.prepare("SELECT id FROM notes WHERE id = ?").bind(params.id).first()
    { note: await NOTES.get(params.id), row: row }
  }

  route GET "/broken" => fn(req) {
    nothing = req.body
    nothing.field
  }

  schedule "nightly" cron("30 4 * * *") {
    await NOTES.put("cron", "ran")
  }
}

edge "reader" {
  sql DB

  health "/healthz"

  consume JOBS fn(messages) {
    for msg in messages {
      await DB.prepare("INSERT INTO notes VALUES (?)").bind(msg.body.id).run()
      print("read {msg.body.id}")
    }
  }
}
`;

/** Makes the table of {@link notes}. */
export const migration = "CREATE TABLE notes (id TEXT PRIMARY KEY);\n";
