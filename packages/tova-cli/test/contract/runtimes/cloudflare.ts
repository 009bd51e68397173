// Cloudflare's runtime on this machine: workerd through Miniflare, its socket leading to the worker itself.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Log, LogLevel, Miniflare } from "miniflare";
import { parse } from "smol-toml";
import { defaultCompatibilityDate } from "tova-codegen";
import { lacksOf, type Running, type Runtime } from "../runtime";
import { residentBytes } from "./memory";

/** The processes that this one has started. */
function children(): readonly number[] {
  try {
    const threads = readdirSync(`/proc/${process.pid}/task`);
    return threads.flatMap((thread) =>
      readFileSync(`/proc/${process.pid}/task/${thread}/children`, "utf8")
        .split(" ")
        .flatMap((id) => (id === "" ? [] : [Number(id)])),
    );
  } catch {
    return [];
  }
}

interface Limiters {
  readonly ratelimits?: readonly { readonly name: string; readonly simple: object }[];
}

/** What counts requests, as the wrangler file says. */
function limitersOf(folder: string) {
  const { ratelimits = [] } = parse(
    readFileSync(join(folder, "wrangler.main.toml"), "utf8"),
  ) as Limiters;
  return Object.fromEntries(ratelimits.map(({ name, simple }) => [name, { simple }]));
}

export const cloudflare: Runtime = {
  target: "cloudflare",
  lacks: lacksOf("cloudflare"),
  async start({ entry, folder }, env): Promise<Running> {
    const lines: string[] = [];
    const before = new Set(children());
    const miniflare = new Miniflare({
      cf: false,
      log: new Log(LogLevel.NONE),
      handleStructuredLogs: ({ message }: { message: string }) => void lines.push(message),
      name: "main",
      modules: [{ type: "ESModule", path: basename(entry), contents: readFileSync(entry, "utf8") }],
      compatibilityDate: defaultCompatibilityDate,
      bindings: env,
      ratelimits: limitersOf(folder),
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    } as ConstructorParameters<typeof Miniflare>[0]);
    await miniflare.ready;
    const { hostname, port } = await miniflare.unsafeGetDirectURL("main");
    const own = children().find((id) => !before.has(id));
    return {
      host: hostname,
      port: Number(port),
      log: () => lines.join("\n"),
      memory: () => residentBytes(own),
      stop: () => miniflare.dispose(),
    };
  },
};
