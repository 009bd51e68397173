// What a platform can do for a program, as data: the check, the tests and the docs read the same table.
import type { BindingKind } from "./program";

/** What a program may ask of the platform beside answering HTTP (spec 11.7). */
export type Capability = BindingKind | "schedule" | "consume";

/** Every capability of a target: by what of the platform, or the reason why there is none. */
export type Support = Readonly<Record<Capability, Supported | Unsupported>> & {
  /** Options of `consume` that not every platform with queues has; absent for none of them. */
  readonly consumeOptions?: readonly ConsumeOption[];
  /** What counts requests for `rate_limit`. */
  readonly rateLimit: (Supported & { readonly windows: readonly number[] }) | Unsupported;
  /** Variables that the platform sets itself, and refuses to set otherwise; absent for none. */
  readonly takenVariables?: ReadonlySet<string>;
  /** What the names of variables must look like, and how a message says so; absent for no rule. */
  readonly variableNames?: { readonly pattern: RegExp; readonly expected: string };
  /** What of HTTP does not reach a worker there, or its clients; absent for nothing. */
  readonly lacks?: Readonly<Partial<Record<HttpFeature, HttpLack>>>;
};

/** What not every platform does with HTTP, in the order of the table. */
export const httpFeatures = {
  wire: "a client's own bytes reach the server of the worker",
  "streamed requests": "a request is there while its body is on the way",
  "streamed responses": "a response leaves piece by piece",
  "encoded paths": "a path comes as it was sent, so that `%2F` is no slash",
} as const;

export type HttpFeature = keyof typeof httpFeatures;

export interface HttpLack {
  /** A clause that says why. */
  readonly reason: string;
  /** The kind of address behind which it is so; absent for all. */
  readonly behind?: string;
}

export type ConsumeOption = "retry_delay" | "max_concurrency";

export interface Supported {
  /** As the platform calls it: `Workers KV`. */
  readonly by: string;
  /** True when all bindings of the kind are in one store, each under its own name. */
  readonly shared?: boolean;
}

export interface Unsupported {
  /** A clause that goes on from "since": `Bun has no queue`. */
  readonly reason: string;
}

/** Whether all bindings of a kind are in one store of the platform. */
export function isShared(support: Support, capability: Capability): boolean {
  const found = support[capability];
  return "by" in found && found.shared === true;
}

/** The reason why a target cannot do something; null when it can. */
export function refusal(support: Support, capability: Capability): string | null {
  const found = support[capability];
  return "reason" in found ? found.reason : null;
}
