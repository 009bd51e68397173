// Programs started for a test, in workerd, as generated apps do it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProgram } from "../src/testing";
import { migration, notes } from "./program";

jest.setTimeout(60_000);

const stores = `edge "web" {
  kv NOTES
  storage FILES
  sql DB
  route GET "/all" => fn() {
    file = await FILES.get("a")
    { results } = await DB.prepare("SELECT id FROM notes").all()
    [await file.text(), await NOTES.get("a", "json"), results]
  }
}
edge "work" {
  kv NOTES
  storage FILES
  sql DB
  queue JOBS
  consume JOBS fn(messages) {
    for message in messages {
      await DB.prepare("INSERT INTO notes VALUES (?)").bind(message.body.id).run()
      await FILES.put("job", message.body.id)
      await NOTES.put("job", message.body.id)
    }
  }
}
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tova-testing-"));
  mkdirSync(join(folder, "migrations"));
  writeFileSync(join(folder, "notes.tova"), notes);
  writeFileSync(join(folder, "migrations/0001_notes.sql"), migration);
  writeFileSync(join(folder, "stores.tova"), stores);
  writeFileSync(join(folder, ".dev.vars"), "TOKEN=secret\n");
  writeFileSync(join(folder, "broken.tova"), 'edge "a" {\n  route GET "/" => fn(req) { ( }\n}\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function eventually(check: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await check()); tries++) {
    if (tries > 200) throw new Error("it did not happen");
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

test("a started program answers, its workers reach each other, and what it prints is kept", async () => {
  const program = await startProgram({ file: "notes.tova", cwd: folder });
  try {
    const sent = await program.fetch("/notes/a", { method: "POST" });
    expect(await sent.json()).toEqual({ sent: "a" });
    await eventually(async () => {
      const { row } = (await (await program.fetch("/notes/a")).json()) as { row: unknown };
      return row !== null;
    });
    const health = await program.fetch("/healthz", {}, "notes-reader");
    expect(health.status).toBe(200);
    await eventually(async () => program.log.some((line) => line.includes("read a")));
  } finally {
    await program.stop();
  }
});

test("each start has empty stores and ports of its own", async () => {
  const options = { file: "notes.tova", cwd: folder };
  const programs = await Promise.all([startProgram(options), startProgram(options)]);
  try {
    const [first, second] = programs;
    await first.fetch("/notes/a", { method: "POST" });
    const answer = (await (await second.fetch("/notes/a")).json()) as { note: unknown };
    expect(answer.note).toBeNull();
    expect(new Set(programs.flatMap(({ workers }) => workers.map(({ url }) => url))).size).toBe(4);
  } finally {
    await Promise.all(programs.map((program) => program.stop()));
  }
});

test("a test puts into stores what workers find, and finds what they have put there", async () => {
  const program = await startProgram({ file: "stores.tova", cwd: folder });
  try {
    const files = await program.storage("FILES");
    await files.put("a", "from the test", { httpMetadata: { contentType: "text/x-note" } });
    const notes = await program.kv("NOTES");
    await notes.put("a", JSON.stringify({ n: 1 }), { metadata: { by: "test" } });
    const database = await program.sql("DB");
    await database.prepare("INSERT INTO notes VALUES (?)").bind("from the test").run();
    expect(await (await program.fetch("/all")).json()).toEqual([
      "from the test",
      { n: 1 },
      [{ id: "from the test" }],
    ]);
    await (await program.queue("JOBS")).send({ id: "sent" });
    await eventually(async () => (await notes.get("job")) === "sent");
    expect(await notes.get("a", "json")).toEqual({ n: 1 });
    expect(await notes.getWithMetadata("a")).toMatchObject({ metadata: { by: "test" } });
    expect((await notes.list()).keys.map(({ name }) => name)).toEqual(["a", "job"]);
    expect(await (await files.get("job"))?.text()).toBe("sent");
    expect((await files.head("a"))?.httpMetadata?.contentType).toBe("text/x-note");
    expect(await database.prepare("SELECT count(*) AS n FROM notes").first("n")).toBe(2);
    await expect(program.kv("NOTE")).rejects.toThrow(
      "No worker for Cloudflare has a kv NOTE; these are there: NOTES.",
    );
    await expect(program.sql("NOTES")).rejects.toThrow("these are there: DB.");
  } finally {
    await program.stop();
  }
});

test("variables may be given, and a path is sent as it is", async () => {
  const variables = { GREETING: "good day", TOKEN: "given" };
  const program = await startProgram({ file: "notes.tova", cwd: folder, variables });
  try {
    const answer = await program.fetch("/greet");
    expect(await answer.json()).toEqual({ greeting: "good day", token: "given" });
    const statuses = ["greet", "/greet", "//greet", "/%67reet"].map(
      async (path) => (await program.fetch(path)).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 200, 404, 200]);
  } finally {
    await program.stop();
  }
});

test("a program with an error does not start, and the error is said", async () => {
  await expect(startProgram({ file: "broken.tova", cwd: folder })).rejects.toThrow(
    /broken\.tova:2/,
  );
});

test("a worker that does not exist is named, with those that do", async () => {
  const program = await startProgram({ file: "notes.tova", cwd: folder });
  try {
    expect(() => program.fetch("/", {}, "notes-none")).toThrow(
      /notes-none.*notes-api, notes-reader/,
    );
  } finally {
    await program.stop();
  }
});
