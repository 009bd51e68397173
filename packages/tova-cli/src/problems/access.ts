// Messages on getting at an account of Cloudflare.
import { problem } from "./problem";

/** Arguments of messages about what opens the API. */
export interface OriginArgs {
  /** What opens the API, as the beginning of a sentence. */
  origin: string;
}

/** Part of `problems`. */
export const accessProblems = {
  noToken: problem<object>(
    "T062",
    "error",
    () => "There is no token for Cloudflare's API, and wrangler is not logged in.",
    () => "Set CLOUDFLARE_API_TOKEN, or run `npx wrangler login` on a machine with a browser.",
  ),
  refusedToken: problem<OriginArgs>(
    "T063",
    "error",
    ({ origin }) => `${origin} is refused by Cloudflare: Authentication error.`,
    () =>
      "Make a new one in Cloudflare's dashboard under My Profile, API Tokens, or run `npx wrangler login` again.",
  ),
  noPermission: problem<OriginArgs & { what: string; permission: string; account: string }>(
    "T064",
    "error",
    ({ origin, what, account }) => `${origin} may not see the ${what} of account ${account}.`,
    ({ permission }) =>
      `Give it the permission "${permission}: Edit" for this account, or name another account with account_id in the deploy file.`,
  ),
  manyAccounts: problem<{
    accounts: readonly { readonly id: string; readonly name: string }[];
    file: string;
  }>(
    "T065",
    "error",
    ({ accounts }) =>
      `There are ${accounts.length} accounts and none is chosen: ${accounts
        .map(({ id, name }) => `${id} (${name})`)
        .join(", ")}.`,
    ({ accounts, file }) =>
      `Write \`account_id = "${accounts[0]?.id ?? ""}"\` at the top of ${file}, or set CLOUDFLARE_ACCOUNT_ID.`,
  ),
  noAccount: problem<OriginArgs & { reason: string; file: string }>(
    "T066",
    "error",
    ({ origin, reason }) => `${origin} shows no account: ${reason}.`,
    ({ file }) =>
      `Write the account_id at the top of ${file} or set CLOUDFLARE_ACCOUNT_ID; a token may work without seeing accounts.`,
  ),
  noAnswer: problem<{ what: string; reason: string }>(
    "T067",
    "error",
    ({ what, reason }) => `Cloudflare could not be asked about ${what}: ${reason}.`,
    () => "Nothing was changed; run the same command again.",
  ),
};
