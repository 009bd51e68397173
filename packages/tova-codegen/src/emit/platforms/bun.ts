// A worker's handlers → a module that serves them with Bun (spec 11.7).
import type { Binding, EdgeBlock } from "../../model/program";
import { type Context, helper } from "../context";
import { type EntryFacts, emitHandlers, type Handlers } from "../handlers";
import { braces, type Code } from "../writer";
import { emitAnswer } from "./answer";
import { emitSupplied, processVariable } from "./environment";
import { emitJobFunction } from "./events";
import type { Platform } from "./platform";

const text = JSON.stringify;

export const bun: Platform = {
  emitEntry,
  names: ["Bun", "process"],
  environment: { expression: "process.env", head: [] },
  // The heap of JavaScriptCore grows when it is full: it says nothing of what there is.
  tellsNoMemory: true,
  emitConfig: null,
  emitTypes: null,
};

function emitEntry(cx: Context, block: EdgeBlock, facts: EntryFacts): readonly Code[] {
  const handlers = emitHandlers(cx, block, facts);
  const binding = (one: Binding) => emitBinding(cx, one, facts);
  emitSupplied(cx, block, { variable: processVariable, binding });
  emitSchedules(cx, handlers, facts);
  if (handlers.fetch) {
    cx.out.push(emitAnswer(handlers.fetch));
    const answer: Code = [helper(cx, "plainJson"), "(await $answer(request, $supplied))"];
    const options: Code[] = [
      "port: Number(process.env.PORT || 3000),",
      ["fetch: async (request) => ", answer, ","],
      // Bun's own page for an error shows the program's source.
      "development: false,",
      // Bun ends a connection that is silent for ten seconds; how long an answer takes is the program's.
      "idleTimeout: 0,",
    ];
    cx.out.push(["Bun.serve(", braces(options), ");"]);
  }
  const stores = block.bindings.some(({ kind }) => kind === "sql" || kind === "kv");
  return stores ? ['import { Database as $Database } from "bun:sqlite";'] : [];
}

function emitBinding(cx: Context, { kind, name }: Binding, facts: EntryFacts): Code | null {
  if (kind === "sql") return [helper(cx, "sqlDatabase"), "(", emitFile(cx, `${name}.sqlite`), ")"];
  if (kind === "kv") {
    const place = [helper(cx, "kvFile"), "(", emitFile(cx, `${name}.kv.sqlite`), ")"];
    return [helper(cx, "kvStore"), "(", place, ")"];
  }
  if (kind === "queue") return null;
  const named = facts.plan.production.storage.find(({ binding }) => binding === name)?.id ?? name;
  const bucket = `{ bucket: ${processVariable(`${name}_BUCKET`)} || ${text(named)} }`;
  return [
    helper(cx, "storageBucket"),
    "(",
    helper(cx, "bunBucket"),
    `(new Bun.S3Client(${bucket})))`,
  ];
}

const emitFile = (cx: Context, file: string): Code => [
  helper(cx, "bunSqlite"),
  `(new $Database(${text(file)}))`,
];

/** What a schedule throws would end the process. */
function emitSchedules(cx: Context, handlers: Handlers, { plan }: EntryFacts): void {
  for (const { schedule, name } of handlers.schedules) {
    const run = emitJobFunction(handlers, "", `${name}()`);
    const logged: Code = ["() => ", helper(cx, "runLogged"), "(", run, ")"];
    cx.out.push([`Bun.cron(${text(plan.platformCrons.get(schedule.cron))}, `, logged, ");"]);
  }
}
