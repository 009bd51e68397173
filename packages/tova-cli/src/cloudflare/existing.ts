// Wanted resources in, which of them are on Cloudflare out: asks, changes nothing.
import { ProblemError } from "../problems";
import type { Api } from "./api";
import {
  allNamespaces,
  databaseById,
  databaseByName,
  hasBucket,
  type Identified,
  namespaceById,
  queueByName,
} from "./look-ups";
import type { Wanted } from "./resources";
import { together } from "./together";

/** A resource that is there. */
export interface Present {
  /** Null for a kind without ids. */
  readonly id: string | null;
  readonly name: string;
}

type List = () => Promise<readonly Identified[]>;

async function lookUp(api: Api, { kind, id, name }: Wanted, namespaces: List) {
  switch (kind) {
    case "kv":
      if (id !== null) return namespaceById(api, id);
      return (await namespaces()).find((one) => one.name === name) ?? null;
    case "sql":
      return id === null ? databaseByName(api, name) : databaseById(api, id);
    case "storage":
      return (await hasBucket(api, name)) ? { id: null, name } : null;
    case "queue":
      return (await queueByName(api, name)) === null ? null : { id: null, name };
  }
}

/** Asks once, however often it is called. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}

/**
 * Looks up what exists, all at the same time: by its id, else by its name.
 * @returns one entry for each that is wanted, null where there is none
 * @throws ProblemError when Cloudflare does not answer one of the questions
 */
export async function findExisting(
  api: Api,
  wanted: readonly Wanted[],
): Promise<readonly (Present | null)[]> {
  const namespaces = once(() => allNamespaces(api));
  const { answers, problems } = await together(wanted.map((one) => lookUp(api, one, namespaces)));
  if (problems.length > 0) throw new ProblemError(problems);
  return answers;
}
