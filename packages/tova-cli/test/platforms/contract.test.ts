// One program on every platform that runs here: whatever a platform has, it has as Cloudflare has it.
import { type Capability, compile, supportOf, type TargetName } from "tova-codegen";
import { type RunningProgram, startProgram } from "../../src/testing";
import { createWorkspace, type Workspace } from "../workspace";
import { type Part, parts } from "./parts";

jest.setTimeout(60_000);

const migration = `CREATE TABLE people (
  id INTEGER PRIMARY KEY, name TEXT UNIQUE, active INTEGER, face BLOB
);
INSERT INTO people (name) VALUES ('seed'); DELETE FROM people;
`;

/** Why a part is not run on a target; null when it is. */
function skipReason({ needs }: Part, target: TargetName): string | null {
  const support = supportOf(target);
  const found = needs.map((capability) => support[capability]);
  return found.flatMap((one) => ("reason" in one ? [one.reason] : []))[0] ?? null;
}

const programOf = (target: TargetName, chosen: readonly Part[]): string =>
  `edge "main" {\n  target: "${target}"\n${chosen.map(({ members }) => members).join("\n")}\n}\n`;

describe.each(["cloudflare", "deno", "bun", "lambda"] as const)("%s", (target) => {
  const chosen = parts.filter((part) => skipReason(part, target) === null);
  let place: Workspace;
  let program: RunningProgram;
  beforeAll(async () => {
    place = createWorkspace({
      "app.tova": programOf(target, chosen),
      "migrations/0001_people.sql": migration,
    });
    const variables = { TOKEN: "t0ken" };
    program = await startProgram({ file: "app.tova", cwd: place.folder, variables });
  });
  afterAll(async () => {
    await program?.stop();
    place.remove();
  });

  test.each(chosen.map((part) => [part.name, part] as const))("%s", async (_, part) => {
    await part.check(program, "app-main");
  });

  test("has nothing beyond its table, and the compiler says so", () => {
    for (const part of parts) {
      const reason = skipReason(part, target);
      if (reason === null) continue;
      const { diagnostics } = compile(programOf(target, [part]), { fileName: "app.tova" });
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      expect(errors.map(({ message }) => message)).toContainEqual(expect.stringContaining(reason));
      expect(errors.filter(({ code }) => !code.startsWith("W_UNSUPPORTED_"))).toEqual([]);
    }
  });

  test("without its secret nothing but health answers", async () => {
    const bare = await startProgram({ file: "app.tova", cwd: place.folder });
    try {
      expect((await bare.fetch("/env")).status).toBe(500);
      expect((await bare.fetch("/live")).status).toBe(200);
    } finally {
      await bare.stop();
    }
  });
});

test("every capability of the table is asked for by a part", () => {
  const { rateLimit: _, consumeOptions: __, lacks: ___, ...support } = supportOf("cloudflare");
  const asked = new Set(parts.flatMap(({ needs }) => needs));
  expect([...asked].sort()).toEqual((Object.keys(support) as Capability[]).sort());
});
