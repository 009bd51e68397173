// A program's account in, what wrangler says of it out: single calls, their output read, not shown.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { parse, stringify } from "smol-toml";
import type { Source } from "./source";
import { type Captured, captureWrangler } from "./wrangler";

/** What a call gave: its output, or why it failed, in wrangler's words. */
export type Answer =
  | { readonly ok: true; readonly stdout: string }
  | { readonly ok: false; readonly reason: string };

/** Calls wrangler; made by {@link withCloudflare}. */
export type Cloudflare = (args: readonly string[], input?: string) => Promise<Answer>;

/** `account_id` as an environment has it (docs/deploy-file.md, Environments). */
function accountOf({ deploy }: Source, env: string | undefined): string | undefined {
  if (deploy === null) return undefined;
  type Table = { account_id?: string };
  const root = parse(deploy.text) as Table & { env?: Record<string, Table> };
  return (env === undefined ? undefined : root.env?.[env]?.account_id) ?? root.account_id;
}

/** Closing lines of wrangler that are about wrangler rather than about what went wrong. */
const remark = /^(If you think this is a bug|🪵|Note that|To learn more|▲)/u;

/** The first error that wrangler wrote, as one sentence without its full stop. */
function reasonOf({ exitCode, stdout, stderr }: Captured): string {
  const [, text = ""] = stripVTControlCharacters(`${stderr}\n${stdout}`).split("[ERROR] ");
  const lines = text.split("\n").map((line) => line.trim());
  const end = lines.findIndex((line) => remark.test(line));
  const words = (end < 0 ? lines : lines.slice(0, end)).filter((line) => line !== "").join(" ");
  return words === "" ? `wrangler ended with exit code ${exitCode}` : words.replace(/\.$/, "");
}

/**
 * Lends calls of wrangler for one account. They run in a folder of their own: wrangler would take
 * an account, or a worker's name, from whatever configuration lies above the program.
 */
export async function withCloudflare<T>(
  source: Source,
  env: string | undefined,
  use: (cloudflare: Cloudflare) => Promise<T>,
): Promise<T> {
  const account = accountOf(source, env);
  const cwd = await mkdtemp(join(tmpdir(), "tova-wrangler-"));
  try {
    const config = account === undefined ? {} : { account_id: account };
    await writeFile(join(cwd, "wrangler.toml"), stringify(config));
    return await use(async (args, input) => {
      // `r2 bucket list` reads no configuration.
      const variables = account === undefined ? {} : { CLOUDFLARE_ACCOUNT_ID: account };
      const call = { args, cwd, folder: source.folder, input, env: variables };
      const captured = await captureWrangler(call);
      if (captured.exitCode === 0) return { ok: true, stdout: captured.stdout };
      return { ok: false, reason: reasonOf(captured) };
    });
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

/** The JSON list in an output that may have other lines around it; null without one. */
export function jsonList(stdout: string): readonly Record<string, unknown>[] | null {
  const start = stdout.search(/^\[/m);
  const end = stdout.lastIndexOf("]");
  if (start < 0 || end < start) return null;
  try {
    return JSON.parse(stdout.slice(start, end + 1)) as Record<string, unknown>[];
  } catch {
    return null;
  }
}
