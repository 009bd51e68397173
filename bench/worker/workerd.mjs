// Modules of JavaScript → one workerd that serves them on this machine, and the processor time it takes.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { default: binary } = createRequire(import.meta.url)("workerd");

/** A port that nothing listens on. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Processor time of all threads of a process in microseconds, as the kernel counts it. */
export function processorTime(pid) {
  const folder = `/proc/${pid}/task`;
  let sum = 0;
  for (const task of readdirSync(folder)) {
    sum += Number(readFileSync(`${folder}/${task}/schedstat`, "utf8").split(" ")[0]) / 1000;
  }
  return sum;
}

const quote = JSON.stringify;

function configOf(services) {
  const listed = Object.entries(services);
  const bindings = `bindings = [(name = "API_KEY", text = "key")]`;
  const workers = listed.map(([name, { modules }]) => {
    const files = Object.keys(modules).map(
      (file) => `(name = ${quote(file)}, esModule = embed ${quote(`${name}-${file}`)})`,
    );
    return `(name = ${quote(name)}, worker = (modules = [${files.join(", ")}], compatibilityDate = "2026-04-01", ${bindings}))`;
  });
  const sockets = listed.map(([name, { port }]) => {
    return `(name = ${quote(name)}, address = "127.0.0.1:${port}", http = (), service = ${quote(name)})`;
  });
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [${workers.join(", ")}],
  sockets = [${sockets.join(", ")}],
);
`;
}

/**
 * Starts one workerd with a worker a name, each on a port of its own.
 * @param workers by name: modules by file name, the first the entry
 */
export async function startWorkerd(workers) {
  const folder = mkdtempSync(join(tmpdir(), "tova-bench-"));
  const services = {};
  for (const [name, modules] of Object.entries(workers)) {
    services[name] = { modules, port: await freePort() };
    for (const [file, code] of Object.entries(modules))
      writeFileSync(join(folder, `${name}-${file}`), code);
  }
  writeFileSync(join(folder, "config.capnp"), configOf(services));
  const child = spawn(binary, ["serve", join(folder, "config.capnp")], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = (name) => `http://127.0.0.1:${services[name].port}`;
  for (const name of Object.keys(workers)) await answering(`${url(name)}/`, child);
  const stop = () => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { pid: child.pid, url, stop };
}

async function answering(url, child) {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error("workerd ended.");
    try {
      await (await fetch(url)).arrayBuffer();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`${url} does not answer.`);
}
