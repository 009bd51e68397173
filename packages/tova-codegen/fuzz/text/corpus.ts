// The files of the repository → programs that people could have written, for the text fuzzers.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../../../..");
const cases = join(root, "packages/tova-codegen/test/behaviour/cases");

/** The seed of the project, with its two edge blocks. */
export const seed: string = readFileSync(join(root, "apps/pipeline/pipeline.tova"), "utf8");

export interface BehaviourCase {
  readonly title: string;
  readonly source: string;
  /** The lines the program prints, or `error CODE line:column` lines. */
  readonly expected: string;
}

/** All programs of test/behaviour/cases. */
export function behaviourCases(): readonly BehaviourCase[] {
  return readdirSync(cases)
    .filter((file) => file.endsWith(".txt"))
    .flatMap((file) =>
      readFileSync(join(cases, file), "utf8")
        .split(/^# /m)
        .slice(1)
        .map((part) => readCase(file, part)),
    );
}

function readCase(file: string, part: string): BehaviourCase {
  const end = part.indexOf("\n");
  const [source = "", expected = ""] = part.slice(end + 1).split(/^==>$/m);
  const title = `${file.replace(/\.txt$/, "")}: ${part.slice(0, end)}`;
  return { title, source: source.trimEnd(), expected: expected.trim() };
}

/** The other programs of `apps`. */
function appPrograms(): readonly string[] {
  return ["digest", "shortener", "todos", "webhooks"].map((name) =>
    readFileSync(join(root, `apps/${name}/${name}.tova`), "utf8"),
  );
}

/** Programs to mutate: the seed, the apps, every case, and some cases inside an edge block. */
export function realPrograms(): readonly string[] {
  const sources = behaviourCases().map(({ source }) => source);
  const workers = sources.filter((_, i) => i % 3 === 0).map(inWorker);
  return [seed, ...appPrograms(), ...sources, ...workers];
}

/** The statements of a program as the private code of a worker. */
export function inWorker(source: string): string {
  return `edge "w" {\n${source}\nroute GET "/" => fn(req) { "ok" }\n}\n`;
}
