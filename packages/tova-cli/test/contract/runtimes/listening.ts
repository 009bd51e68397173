// A tool that runs a worker which listens by itself in, a runtime whose socket is the tool's own out.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { TargetName } from "tova-codegen";
import { type Built, lacksOf, type Running, type Runtime } from "../runtime";
import { residentBytes } from "./memory";

const bins = join(__dirname, "../../../../../node_modules/.bin");
const host = "127.0.0.1";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/** Makes the runtime of a tool that npm has installed here. */
export function listeningRuntime(
  target: TargetName,
  tool: string,
  args: (built: Built) => readonly string[],
): Runtime {
  return {
    target,
    lacks: lacksOf(target),
    async start(built, env): Promise<Running> {
      const port = await freePort();
      const child = spawn(join(bins, tool), [...args(built)], {
        cwd: built.folder,
        env: { ...process.env, ...env, PORT: String(port), NO_COLOR: "1" },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let text = "";
      const note = (piece: Buffer) => {
        text += piece.toString();
      };
      child.stdout.on("data", note);
      child.stderr.on("data", note);
      while (!(await accepts(port))) {
        if (child.exitCode !== null) throw new Error(text);
        await wait(10);
      }
      return {
        host,
        port,
        log: () => text,
        memory: () => residentBytes(child.pid),
        async stop(signal) {
          const ended = once(child, "close");
          child.kill(signal);
          await ended;
        },
      };
    },
  };
}
