// Random numbers → a worker whose only route runs a generated program, and that program alone.
import { choicesOf } from "./choices";
import { inFunction, modulePlace } from "./context";
import { seeing } from "./effects";
import { hiddenNames, prelude } from "./program";
import { statements } from "./statement";

/** The same code as an edge block, which answers with what it printed, and as a program. */
export interface WorkerProgram {
  readonly worker: string;
  readonly program: string;
}

/** Writes a worker; its code at load is the prelude alone, as a request may not be awaited there. */
export function workerOf(numbers: readonly number[]): WorkerProgram {
  const module = modulePlace(choicesOf(numbers));
  const place = { ...inFunction(module, "number", true), depth: 5 };
  const lines = statements(place, 12).join("\n");
  const body = noted(`${seeing}${hiddenNames(place)}${lines}`);
  const code = `${prelude}fn note(all, ...values) { all.push(JSON.stringify(values)) }
fn run(noted) {
${body}
}
fn answer() {
noted = []
try { noted.push(JSON.stringify([await run(noted)])) } catch e {
noted.push("threw {if e is Error { e.name } else { JSON.stringify(e) }}")
}
noted
}`;
  return {
    worker: `edge "fuzz" {\n${code}\nroute GET "/" => fn(req) { await answer() }\n}\n`,
    program: `${code}\nprint(JSON.stringify(await answer()))\n`,
  };
}

/** What is printed is kept instead, as JSON; only `print` knows the tags of styles. */
const noted = (text: string): string =>
  text.replaceAll("{red}", "").replaceAll("{/}", "").replaceAll("print(", "note(noted, ");
