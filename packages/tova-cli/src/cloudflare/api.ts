// Credentials and an account in, questions to Cloudflare's API out: it answers, or a problem says why.
import { ProblemError, problems } from "../problems";
import type { Credentials } from "./credentials";
import { type ApiReply, type ApiRequest, askTheApi } from "./request";

/** What a question is about; decides the permission that a token needs for it. */
export type Topic = "kv" | "sql" | "storage" | "queue" | "worker";

/** An account of Cloudflare that can be asked; made by {@link openApi}. */
export interface Api {
  readonly account: string;
  /**
   * Asks what may be asked twice.
   * @param path below the account, `/queues`
   * @returns null when there is no such thing
   * @throws ProblemError when the question is refused or not answered
   */
  ask<T>(topic: Topic, path: string, more?: Question): Promise<T | null>;
}

/** What a question may have beside its path. */
export interface Question {
  readonly query?: Readonly<Record<string, string>>;
  /** Sent by POST, for questions to a database. */
  readonly body?: unknown;
  /** A refusal for this reason means that there is no such thing. */
  readonly missing?: RegExp;
}

/** Names of permissions as the dashboard has them. */
const permissions: Record<Topic, { readonly what: string; readonly permission: string }> = {
  kv: { what: "KV namespaces", permission: "Workers KV Storage" },
  sql: { what: "D1 databases", permission: "D1" },
  storage: { what: "R2 buckets", permission: "Workers R2 Storage" },
  queue: { what: "queues", permission: "Queues" },
  worker: { what: "workers", permission: "Workers Scripts" },
};

/** A path that the API does not have, as with an account that is none: not a missing thing. */
const noRoute = [7000, 7003];

const isRefused = (reply: ApiReply): boolean =>
  !reply.ok && (reply.status === 401 || reply.status === 403 || reply.code === 6003);

/** Both what is no token and what has too few rights is refused with the same words. */
async function refusal(
  credentials: Credentials,
  ask: (path: string) => Promise<ApiReply>,
  { account, topic }: { readonly account: string; readonly topic: Topic },
) {
  const paths = ["/user/tokens/verify", `/accounts/${account}/tokens/verify`];
  const [user, owned] = await Promise.all(paths.map((path) => ask(path)));
  const { what, permission } = permissions[topic];
  const { origin } = credentials;
  if (user?.ok || owned?.ok) return problems.noPermission({ origin, what, permission, account });
  return problems.refusedToken({ origin });
}

/** Makes an account askable; asks nothing yet. */
export function openApi(credentials: Credentials, account: string, timeoutMs: number): Api {
  const send = (path: string, body?: unknown) => {
    const { url, headers } = credentials;
    return askTheApi({ url: url + path, headers, body, timeoutMs } satisfies ApiRequest);
  };
  return {
    account,
    async ask<T>(topic: Topic, path: string, { query = {}, body, missing }: Question = {}) {
      const search = new URLSearchParams(query).toString();
      const reply = await send(
        `/accounts/${account}${path}${search === "" ? "" : `?${search}`}`,
        body,
      );
      if (reply.ok) return reply.result as T;
      if (reply.status === 404 && !noRoute.includes(reply.code ?? 0)) return null;
      if (missing?.test(reply.reason)) return null;
      if (isRefused(reply)) {
        throw new ProblemError(await refusal(credentials, send, { account, topic }));
      }
      const { what } = permissions[topic];
      throw new ProblemError(problems.noAnswer({ what, reason: reply.reason }));
    },
  };
}
