// The environment in, where Cloudflare's API is and what opens it out: the same that wrangler uses.
import { ProblemError, problems } from "../problems";
import { captureWrangler } from "./wrangler";

/** Where the API is, and the headers that open it. */
export interface Credentials {
  /** Without a slash at the end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How a message names them. */
  readonly origin: string;
}

/** As wrangler 4.86 reads it; the value has `/client/v4` in it. */
function apiUrl(): string {
  const given = process.env.CLOUDFLARE_API_BASE_URL ?? process.env.CF_API_BASE_URL;
  return (given || "https://api.cloudflare.com/client/v4").replace(/\/$/, "");
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

/** Seconds that wrangler may take, which asks Cloudflare when a login has run out. */
const renewalTimeout = 60;

/** What `wrangler auth token --json` prints (wrangler 4.86). */
type Printed =
  | { readonly type: "api_token" | "oauth"; readonly token: string }
  | { readonly type: "api_key"; readonly key: string; readonly email: string };

/**
 * Finds what opens the API: the token in the environment, else what wrangler is logged in with,
 * which it renews when it has run out.
 * @param folder the program's, from where wrangler is looked for
 * @throws ProblemError when there is nothing
 */
export async function readCredentials(folder: string, cwd: string): Promise<Credentials> {
  const url = apiUrl();
  const token = process.env.CLOUDFLARE_API_TOKEN;
  // An API key with its e-mail address goes before a token in wrangler, so that wrangler decides.
  if (token && !process.env.CLOUDFLARE_API_KEY) {
    return { url, headers: bearer(token), origin: "The token in CLOUDFLARE_API_TOKEN" };
  }
  const args = ["auth", "token", "--json"];
  const { exitCode, stdout } = await captureWrangler({
    args,
    cwd,
    folder,
    timeout: renewalTimeout,
  });
  if (exitCode !== 0) throw new ProblemError(problems.noToken({}));
  const printed = JSON.parse(stdout.slice(stdout.indexOf("{"))) as Printed;
  const origin = "What `wrangler auth token` gives";
  if (printed.type !== "api_key") return { url, headers: bearer(printed.token), origin };
  return { url, headers: { "X-Auth-Key": printed.key, "X-Auth-Email": printed.email }, origin };
}
