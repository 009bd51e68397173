// A program and an environment in, a way to ask its account and to call wrangler for it out.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { CloudflareOptions } from "../options";
import type { Source } from "../source";
import { findAccount } from "./account";
import { type Api, openApi } from "./api";
import { readCredentials } from "./credentials";
import { type Captured, captureWrangler } from "./wrangler";

/** What a call gave: its output, or why it failed, in wrangler's words. */
export type Answer =
  | { readonly ok: true; readonly stdout: string }
  | { readonly ok: false; readonly reason: string };

/** Calls wrangler, whose output is read, not shown. */
export type Call = (args: readonly string[], input?: string) => Promise<Answer>;

/** One account, lent by {@link withCloudflare}. */
export interface Session {
  readonly api: Api;
  readonly call: Call;
}

/** Which account, and how long to wait for it. */
export type SessionOptions = Pick<CloudflareOptions, "env" | "timeout">;

/** Closing lines of wrangler that are about wrangler rather than about what went wrong. */
const remark = /^(If you think this is a bug|🪵|Note that|To learn more|▲)/u;

/** The first error that wrangler wrote, as one sentence without its full stop. */
function reasonOf({ exitCode, timedOut, stdout, stderr }: Captured): string {
  if (timedOut) return "wrangler did not end in time and was stopped";
  const [, text = ""] = stripVTControlCharacters(`${stderr}\n${stdout}`).split("[ERROR] ");
  const lines = text.split("\n").map((line) => line.trim());
  const end = lines.findIndex((line) => remark.test(line));
  const words = (end < 0 ? lines : lines.slice(0, end)).filter((line) => line !== "").join(" ");
  return words === "" ? `wrangler ended with exit code ${exitCode}` : words.replace(/\.$/, "");
}

/** Longest wait for an answer of the API unless the user gives another. */
const patienceMs = 15_000;

/**
 * Opens the account of a program.
 * @throws ProblemError when there is no token, or no one account
 */
export async function openAccount(
  source: Source,
  { env, timeout }: SessionOptions,
  cwd = source.folder,
): Promise<Api> {
  const timeoutMs = timeout === undefined ? patienceMs : timeout * 1000;
  const credentials = await readCredentials(source.folder, cwd);
  const account = await findAccount(source, { env, credentials, timeoutMs });
  return openApi(credentials, account, timeoutMs);
}

/**
 * Lends one account. Calls of wrangler run in a folder of their own: it would take an account, or a
 * worker's name, from whatever configuration lies above the program.
 * @throws ProblemError as {@link openAccount}
 */
export async function withCloudflare<T>(
  source: Source,
  options: SessionOptions,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const cwd = await mkdtemp(join(tmpdir(), "tova-wrangler-"));
  try {
    await writeFile(join(cwd, "wrangler.toml"), "");
    const api = await openAccount(source, options, cwd);
    const call: Call = async (args, input) => {
      const env = { CLOUDFLARE_ACCOUNT_ID: api.account };
      const { folder } = source;
      const { timeout } = options;
      const captured = await captureWrangler({ args, cwd, folder, input, env, timeout });
      if (captured.exitCode === 0) return { ok: true, stdout: captured.stdout };
      return { ok: false, reason: reasonOf(captured) };
    };
    return await use({ api, call });
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}
