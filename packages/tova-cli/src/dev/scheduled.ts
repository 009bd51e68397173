// `GET /cdn-cgi/handler/scheduled?cron=…` in, that worker's schedules run out.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { BlockOutline } from "tova-codegen";

/** The path at which wrangler and Miniflare run a worker's schedules on demand. */
const scheduledPath = "/cdn-cgi/handler/scheduled";

/** True for a request that is answered here and never reaches the worker. */
export const isScheduledRequest = (url: string): boolean => url.split("?", 1)[0] === scheduledPath;

/** Reads which schedules a request means; a worker with one cron needs no `?cron=`. */
function readCron(query: URLSearchParams, crons: readonly string[]): string | null {
  const asked = query.get("cron") ?? (crons.length === 1 ? crons[0] : undefined);
  return asked !== undefined && crons.includes(asked) ? asked : null;
}

function readTime(query: URLSearchParams): Date {
  const time = query.get("time");
  const date = time === null ? new Date() : new Date(/^\d+$/.test(time) ? Number(time) : time);
  return Number.isNaN(date.getTime()) ? new Date() : date;
}

/**
 * Only pages of this machine may run schedules: a page elsewhere could otherwise do so by a name
 * that it has made resolve to 127.0.0.1.
 */
function isLocal({ headers }: IncomingMessage, host: string): boolean {
  const allowed = new Set(["localhost", "127.0.0.1", "[::1]", host, `[${host}]`]);
  const names = [`http://${headers.host ?? ""}`, ...(headers.origin ? [headers.origin] : [])];
  return names.every((name) => URL.canParse(name) && allowed.has(new URL(name).hostname));
}

/** Answers 200 `ok`, 500 `exception` as wrangler does, or 400 for a cron the worker has not. */
export async function answerScheduled(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  options: {
    readonly outline: BlockOutline;
    readonly host: string;
    readonly run: (cron: string, time: Date) => Promise<boolean>;
  },
): Promise<void> {
  const { crons, projectName } = options.outline;
  const answer = (status: number, text: string) =>
    void outgoing.writeHead(status, { "Content-Type": "text/plain" }).end(text);
  if (!isLocal(incoming, options.host)) return answer(403, "Invalid Host or Origin header\n");
  const query = new URL(incoming.url ?? "/", "http://localhost").searchParams;
  const cron = readCron(query, crons);
  if (cron === null) {
    const known = crons.length === 0 ? "it has none" : `it has: ${crons.join(", ")}`;
    return answer(400, `${projectName} has no such cron expression; ${known}\n`);
  }
  const succeeded = await options.run(cron, readTime(query));
  return succeeded ? answer(200, "ok") : answer(500, "exception");
}
