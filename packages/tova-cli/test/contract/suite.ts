// A runtime in, a test for each row of the conformance table out.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { build } from "../../src/build";
import { createRecorder, createWorkspace, type Workspace } from "../workspace";
import type { Answer, Group, Row } from "./row";
import type { Built, Feature, Running, Runtime } from "./runtime";
import { groups } from "./table";
import { exchange, type Response } from "./wire";

async function buildGroup(
  group: Group,
  runtime: Runtime,
  place: Workspace,
  log = createRecorder(),
): Promise<Built> {
  const { around = "", edge } = group;
  const program = `${around}\nedge "main" {\n  target: "${runtime.target}"\n${edge}\n}\n`;
  writeFileSync(place.path("contract.tova"), program);
  const outDir = place.path("out");
  const { exitCode } = await build({ file: "contract.tova", outDir, cwd: place.folder, log });
  if (exitCode !== 0) throw new Error(log.errors.join("\n"));
  return { folder: outDir, entry: join(outDir, "contract.edge.main.js") };
}

function headerOf(response: Response, wanted: string): readonly string[] {
  return response.headers.flatMap(([name, value]) =>
    name.toLowerCase() === wanted.toLowerCase() ? [value] : [],
  );
}

function checkHeaders(response: Response, expected: NonNullable<Answer["headers"]>): void {
  for (const [name, wanted] of Object.entries(expected)) {
    const found = headerOf(response, name);
    const shown = found.length === 0 ? null : found.join(", ");
    if (wanted instanceof RegExp) expect(`${name}: ${shown}`).toMatch(wanted);
    else if (Array.isArray(wanted)) expect({ [name]: found }).toEqual({ [name]: wanted });
    else expect({ [name]: shown }).toEqual({ [name]: wanted });
  }
}

function checkAnswer(response: Response, expected: Answer): void {
  const body = response.body.toString();
  const { status } = response;
  const right = [expected.status].flat().includes(status) ? status : expected.status;
  // With all that came, to see why.
  expect({ ...response, body }).toEqual({ ...response, body, status: right });
  checkHeaders(response, expected.headers ?? {});
  if (expected.text instanceof RegExp) expect(body).toMatch(expected.text);
  else if (expected.text !== undefined) expect(body).toBe(expected.text);
  if ("json" in expected) expect(JSON.parse(body)).toEqual(expected.json);
}

/** Runs something while the worker's memory is watched; gives by how much it grew at most. */
async function growth(running: Running, run: () => Promise<void>): Promise<number> {
  const before = running.memory() ?? 0;
  let most = before;
  let over = false;
  const watching = (async () => {
    while (!over) {
      most = Math.max(most, running.memory() ?? 0);
      await wait(25);
    }
  })();
  await run().finally(() => {
    over = true;
  });
  await watching;
  return most - before;
}

async function eventually(check: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 80; tries++) {
    if (check()) return true;
    await wait(25);
  }
  return check();
}

async function checkRow(running: Running, row: Row, target: Runtime["target"]): Promise<void> {
  const steps = [row.send].flat();
  const expected = [row.platform?.[target] ?? row.gives].flat();
  const run = async () => {
    const responses = await exchange(running, steps, expected.length);
    responses.forEach((response, i) => {
      checkAnswer(response, expected[i] as Answer);
    });
  };
  if (row.memory === undefined) await run();
  else expect(await growth(running, run)).toBeLessThan(row.memory);
  if (row.log !== undefined) {
    const { log } = row;
    expect([log, await eventually(() => running.log().includes(log))]).toEqual([log, true]);
  }
}

/** Why a row is not run on a runtime; null when it is. */
function skipReason({ needs = [] }: Row, { lacks }: Runtime): string | null {
  return needs.map((feature) => lacks[feature]).find((reason) => reason !== undefined) ?? null;
}

/**
 * Defines the tests of the contract for one runtime: each row is sent, or not run for a reason named.
 * @param only for a variant of a runtime: the groups in which it can differ
 */
export function contract(runtime: Runtime, only?: readonly string[]): void {
  const wanted = groups.filter(
    ({ name, rows }) =>
      (only?.includes(name) ?? true) && rows.some((row) => skipReason(row, runtime) === null),
  );
  describe.each(wanted.map((group) => [group.name, group] as const))(
    `${runtime.target}: %s`,
    (_, group) => {
      let place: Workspace;
      let running: Running;
      beforeAll(async () => {
        place = createWorkspace({});
        running = await runtime.start(await buildGroup(group, runtime, place), group.env ?? {});
        await group.ready?.();
      });
      afterAll(async () => {
        await running?.stop();
        place.remove();
      });
      for (const row of group.rows) {
        if (skipReason(row, runtime) !== null) continue;
        it(row.name, () => checkRow(running, row, runtime.target));
      }
    },
  );

  const refused = groups.filter(
    (group) => group.refused && group.rows.every((row) => skipReason(row, runtime) !== null),
  );
  for (const group of refused) {
    it(`${runtime.target}: a program with ${group.name} is not built`, async () => {
      const place = createWorkspace({});
      const log = createRecorder();
      await expect(buildGroup(group, runtime, place, log)).rejects.toThrow();
      place.remove();
      expect(log.errors.join("\n")).toContain(`error[${group.refused}]`);
    });
  }

  it(`${runtime.target}: leaves out only what its platform lacks, for a reason`, () => {
    const rows = groups.flatMap((group) => group.rows);
    expect(rows.length).toBeGreaterThanOrEqual(120);
    const lacking = Object.entries(runtime.lacks);
    const needed = new Set(rows.flatMap(({ needs = [] }) => needs));
    expect(lacking.filter(([feature]) => !needed.has(feature as Feature))).toEqual([]);
    for (const [, reason] of lacking) expect(reason).toMatch(/\w+ \w+/);
    const sent = rows.filter((row) => skipReason(row, runtime) === null);
    expect(sent.length).toBeGreaterThanOrEqual(lacking.length === 0 ? rows.length : 120);
  });
}
