// Workers' code → one isolate of workerd with all of them, and what each takes there.
import { readFileSync } from "node:fs";
import { get } from "node:http";
import { fileURLToPath } from "node:url";
import { processorTime, startWorkerd } from "./workerd.mjs";

const read = (file) => readFileSync(fileURLToPath(new URL(file, import.meta.url)), "utf8");

function modulesOf(codes) {
  const names = Object.keys(codes);
  const imports = names.map((name) => `import ${name} from "./${name}.mjs";`);
  const entry = `import { timing } from "./isolate.mjs";
${imports.join("\n")}
export default timing({ ${names.join(", ")} });`;
  return {
    "entry.mjs": entry,
    "isolate.mjs": read("isolate.mjs"),
    "loop.mjs": read("loop.mjs"),
    "cases.mjs": read("cases.mjs"),
    ...Object.fromEntries(names.map((name) => [`${name}.mjs`, codes[name]])),
  };
}

/** Each on a connection of its own: rounds elsewhere last longer than an idle one is kept. */
function textOf(url) {
  return new Promise((resolve, reject) => {
    const sent = get(url, { agent: false }, (response) => {
      response.toArray().then((chunks) => resolve(Buffer.concat(chunks).toString()), reject);
    });
    sent.on("error", reject);
  });
}

/** @returns `run`, which gives nanoseconds of processor time a request, and `stop` */
export async function startIsolate(codes) {
  const { pid, url, stop } = await startWorkerd({ isolate: modulesOf(codes) });
  const run = async (name, asked, count, cheap) => {
    const query = encodeURIComponent(JSON.stringify(asked));
    const start = processorTime(pid);
    const path = `${name}/${count}${cheap ? "/cheap" : ""}`;
    const text = await textOf(`${url("isolate")}/${path}?${query}`);
    if (text !== "done") throw new Error(text);
    return ((processorTime(pid) - start) * 1000) / count;
  };
  return { run, stop };
}
