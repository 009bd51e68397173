// The workers of a program → an error where two of them answer differently.
import { further, requestOf, stores, timed, unconfigured } from "./cases.mjs";

/** An answer as a text: status, headers, body. */
async function told(worker, asked, env) {
  const response = await worker.fetch(requestOf(asked), env, { waitUntil() {} });
  const body = (await response.text()).replace(/"timestamp":"[^"]+"|"heap\w+":\d+/g, "");
  const headers = [...response.headers].filter(([name]) => name !== "content-length");
  return JSON.stringify([response.status, headers, body], null, 1);
}

async function compare(kind, workers, list, env, tell) {
  for (const asked of list) {
    const expected = tell(await told(workers.hand, asked, env));
    const answer = tell(await told(workers[kind], asked, env));
    if (answer !== expected) {
      throw new Error(
        `${kind} answers ${asked.slice(0, 2).join(" ")}\n${answer}\nand hand\n${expected}`,
      );
    }
  }
}

/** What frameworks have their own ways in is left out: the type's charset, the order of headers. */
const roughly = (text) => {
  const [status, headers, body] = JSON.parse(text);
  const origin = headers.find(([name]) => name === "access-control-allow-origin");
  return JSON.stringify([status, origin, body]);
};

/**
 * Ours must answer as the hand-written one does, to the byte; the frameworks in status, body and
 * origin to what is timed.
 */
export async function checkAlike(program, workers) {
  const { log, error } = console;
  // What the workers log of errors that are asked for on purpose.
  console.log = console.error = () => {};
  try {
    return await checkAll(program, workers);
  } finally {
    Object.assign(console, { log, error });
  }
}

async function checkAll(program, workers) {
  const all = [...Object.values(timed[program]), ...further[program]];
  await compare("ours", workers, all, stores(), (text) => text);
  if (program === "api") {
    await compare("ours", workers, unconfigured, { ...stores(), API_KEY: "" }, (text) => text);
  }
  for (const kind of ["hono", "itty"]) {
    await compare(kind, workers, Object.values(timed[program]), stores(), roughly);
  }
  return all.length;
}
