// A program and an environment in, the one account of Cloudflare that is meant out.
import { parse } from "smol-toml";
import { ProblemError, problems } from "../problems";
import { deployFileOf, type Source } from "../source";
import type { Credentials } from "./credentials";
import { askTheApi } from "./request";

/** `account_id` as an environment has it (docs/deploy-file.md, Environments). */
function accountInFile({ deploy }: Source, env: string | undefined): string | undefined {
  if (deploy === null) return undefined;
  type Table = { account_id?: string };
  const root = parse(deploy.text.replace(/^\uFEFF/, "")) as Table & { env?: Record<string, Table> };
  return (env === undefined ? undefined : root.env?.[env]?.account_id) ?? root.account_id;
}

/** What Cloudflare lists of an account. */
interface Membership {
  readonly account: { readonly id: string; readonly name: string };
}

/**
 * Finds the account: that of the deploy file, else of `CLOUDFLARE_ACCOUNT_ID`, else the only one
 * that the token sees. The same order as in wrangler 4.86, but without its cache of an answer.
 * @throws ProblemError when there are several, or none can be seen
 */
export async function findAccount(
  source: Source,
  {
    env,
    credentials,
    timeoutMs,
  }: {
    readonly env: string | undefined;
    readonly credentials: Credentials;
    readonly timeoutMs: number;
  },
): Promise<string> {
  const given = accountInFile(source, env) ?? process.env.CLOUDFLARE_ACCOUNT_ID;
  if (given) return given;
  const { url, headers, origin } = credentials;
  const reply = await askTheApi({ url: `${url}/memberships?per_page=50`, headers, timeoutMs });
  const file = deployFileOf(source);
  if (!reply.ok && reply.status === null) {
    throw new ProblemError(problems.noAnswer({ what: "accounts", reason: reply.reason }));
  }
  const accounts = reply.ok ? (reply.result as Membership[]).map(({ account }) => account) : [];
  const [first, ...others] = accounts;
  if (first === undefined) {
    const reason = reply.ok ? "it sees none" : reply.reason;
    throw new ProblemError(problems.noAccount({ origin, reason, file }));
  }
  if (others.length > 0) throw new ProblemError(problems.manyAccounts({ accounts, file }));
  return first.id;
}
