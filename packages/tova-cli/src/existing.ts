// Wanted resources in, which of them are on Cloudflare out: asks through wrangler, changes nothing.
import { type Answer, type Cloudflare, jsonList } from "./cloudflare";
import { ProblemError, problems } from "./problems";
import type { ResourceKind, Wanted } from "./resources";

/** A resource that is there. */
export interface Present {
  /** Null for a kind without ids. */
  readonly id: string | null;
  readonly name: string;
}

type LookUp = (cloudflare: Cloudflare, wanted: readonly Wanted[]) => Promise<readonly Present[]>;

function failed(what: string, reason: string): ProblemError {
  return new ProblemError(
    problems.stepFailed({ step: `look up ${what}`, reason, done: [], rest: ["everything else"] }),
  );
}

function output(what: string, answer: Answer): string {
  if (!answer.ok) throw failed(what, answer.reason);
  return answer.stdout;
}

function listed(what: string, answer: Answer, id: string, name: string): readonly Present[] {
  const rows = jsonList(output(what, answer));
  if (rows === null) throw failed(what, "wrangler's list is not JSON");
  return rows.map((row) => ({ id: String(row[id]), name: String(row[name]) }));
}

const lookUps: Record<ResourceKind, LookUp> = {
  async kv(cloudflare) {
    const answer = await cloudflare(["kv", "namespace", "list"]);
    return listed("KV namespaces", answer, "id", "title");
  },
  async sql(cloudflare) {
    const answer = await cloudflare(["d1", "list", "--json"]);
    return listed("D1 databases", answer, "uuid", "name");
  },
  // The list has one page only; a bucket beyond it is found when it cannot be made again.
  async storage(cloudflare) {
    const text = output("R2 buckets", await cloudflare(["r2", "bucket", "list"]));
    return [...text.matchAll(/^name:\s*(\S+)\s*$/gm)].map(([, name = ""]) => ({ id: null, name }));
  },
  // The list of queues is a table, cut to the terminal's width.
  async queue(cloudflare, wanted) {
    const found: Present[] = [];
    for (const { name } of wanted) {
      const answer = await cloudflare(["queues", "info", name]);
      if (!answer.ok && answer.reason.startsWith(`Queue "${name}" does not exist`)) continue;
      const text = output(`queue ${name}`, answer);
      if (new RegExp(`^Queue Name:\\s*${name}\\s*$`, "m").test(text))
        found.push({ id: null, name });
    }
    return found;
  },
};

/**
 * Looks up what exists, each kind that is wanted once and all kinds at the same time.
 * @throws ProblemError when Cloudflare does not answer one of the questions
 */
export async function findExisting(
  cloudflare: Cloudflare,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<ResourceKind, readonly Present[]>> {
  const kinds = [...new Set(wanted.map(({ kind }) => kind))];
  const settled = await Promise.allSettled(
    kinds.map(async (kind) => {
      const ofKind = wanted.filter((one) => one.kind === kind);
      return [kind, await lookUps[kind](cloudflare, ofKind)] as const;
    }),
  );
  const errors = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  const other = errors.find((error) => !(error instanceof ProblemError));
  if (other !== undefined) throw other;
  if (errors.length > 0) throw new ProblemError(errors.flatMap(({ problems: all }) => all));
  return new Map(settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])));
}
