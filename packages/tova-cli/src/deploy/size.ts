// The code of workers in, how much of the platform's room they take out.
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type Problem, problems } from "../problems";
import type { Check } from "./check";

/** A worker and what would be uploaded of it. */
export interface Sized {
  readonly worker: string;
  readonly code: string | Uint8Array;
}

const mebibyte = 1024 * 1024;

/**
 * After gzip (developers.cloudflare.com/workers/platform/limits, Worker size): 3 MB on the free
 * plan, 10 MB on the paid one. wrangler 4.86 counts in mebibytes.
 */
const limits = { free: 3 * mebibyte, paid: 10 * mebibyte };

const compress = promisify(gzip);

const shown = (bytes: number): string =>
  bytes < mebibyte ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / mebibyte).toFixed(1)} MiB`;

function tooLarge(worker: string, bytes: number): Problem[] {
  const size = shown(bytes);
  if (bytes > limits.paid) return [problems.tooLarge({ worker, size, limit: shown(limits.paid) })];
  if (bytes > limits.free)
    return [problems.largeForFree({ worker, size, limit: shown(limits.free) })];
  return [];
}

/** Compressing goes on beside the questions to Cloudflare. Source maps count nothing. */
export async function checkSize(all: readonly Sized[]): Promise<Check> {
  const sizes = await Promise.all(
    all.map(async ({ worker, code }) => ({ worker, bytes: (await compress(code)).length })),
  );
  const facts = sizes.map(({ worker, bytes }) => `${worker} ${shown(bytes)}`);
  return {
    name: "size",
    fact: `${facts.join(", ")} after gzip, of ${shown(limits.paid)}`,
    problems: sizes.flatMap(({ worker, bytes }) => tooLarge(worker, bytes)),
  };
}
