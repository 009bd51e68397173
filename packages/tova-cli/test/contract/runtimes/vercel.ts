// Vercel's edge runtime on this machine: `edge-runtime` in a Node of its own.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startChild } from "../../../src/platforms/child";
import { hostOf, scriptOf } from "../../../src/platforms/vercel";
import { lacksOf, type Runtime } from "../runtime";
import { residentBytes } from "./memory";

export const vercel: Runtime = {
  target: "vercel",
  lacks: lacksOf("vercel"),
  async start({ folder }, env) {
    const lines: string[] = [];
    // What is uploaded, not the module beside it.
    const code = join(folder, "vercel.main/.vercel/output/functions/index.func/index.js");
    const script = join(folder, "worker.js");
    writeFileSync(script, await scriptOf(readFileSync(code, "utf8"), "index.js"));
    const host = join(folder, "host.mjs");
    writeFileSync(host, hostOf(require.resolve("edge-runtime"), script));
    const child = startChild({
      program: process.execPath,
      args: [host],
      cwd: folder,
      env: { ...process.env, NO_COLOR: "1", ...env },
      log: ({ message }) => void lines.push(message),
      ended: (how) => void lines.push(`edge-runtime ${how}`),
    });
    const port = (await child.ask("start")) as number;
    return {
      host: "127.0.0.1",
      port,
      log: () => lines.join("\n"),
      memory: () => residentBytes(child.pid),
      stop: () => child.stop(),
    };
  },
};
