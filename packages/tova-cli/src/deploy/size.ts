// What workers are deployed as in, how much of their platform's room they take out.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { TargetName } from "tova-codegen";
import { type Problem, problems } from "../problems";
import type { Check } from "./check";
import type { DeployStep } from "./plan";

/** A worker and what would be uploaded of it. */
export interface Sized {
  readonly worker: string;
  readonly target: TargetName;
  readonly code: string | Uint8Array;
  /** Its source map, which counts where it is uploaded as a file. */
  readonly beside?: string | Uint8Array;
}

const mebibyte = 1024 * 1024;
const compress = promisify(gzip);

/** How much a platform takes. */
interface Limits {
  readonly platform: string;
  /** In words that follow a size. */
  readonly measured: string;
  /** True where source maps are uploaded as files; absent where they count nothing. */
  readonly countsMap?: true;
  measure(sized: Sized): Promise<number>;
  readonly most: number;
  /** Where less is accepted, the least of it first. */
  readonly less: readonly { readonly most: number; readonly who: string }[];
  readonly smaller: string;
}

const afterGzip = {
  measured: " after gzip",
  measure: async ({ code }: Sized) => (await compress(code)).length,
};

const unpaid = "accounts without a paid plan";

const limits: Partial<Readonly<Record<TargetName, Limits>>> = {
  // developers.cloudflare.com/workers/platform/limits, "Worker size"; wrangler 4.86 counts in mebibytes.
  cloudflare: {
    ...afterGzip,
    platform: "Cloudflare",
    most: 10 * mebibyte,
    less: [{ most: 3 * mebibyte, who: unpaid }],
    smaller: "deploy with `-- --minify`",
  },
  // vercel.com/docs/functions/runtimes/edge, "Code size limit": Hobby, Pro and Enterprise.
  vercel: {
    ...afterGzip,
    platform: "Vercel",
    most: 4 * mebibyte,
    less: [
      { most: mebibyte, who: unpaid },
      { most: 2 * mebibyte, who: "plans below Enterprise" },
    ],
    smaller: "",
  },
  // docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, "Deployment package", unzipped.
  lambda: {
    platform: "Lambda",
    measured: "",
    countsMap: true,
    measure: async ({ code, beside = "" }) => Buffer.byteLength(code) + Buffer.byteLength(beside),
    most: 250 * mebibyte,
    less: [],
    smaller: "",
  },
};

const shown = (bytes: number): string =>
  bytes < mebibyte ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / mebibyte).toFixed(1)} MiB`;

function tooLarge(worker: string, bytes: number, limit: Limits): Problem[] {
  const { platform, measured, most, less, smaller } = limit;
  const args = { worker, size: shown(bytes) + measured, smaller };
  if (bytes > most) return [problems.tooLarge({ ...args, limit: shown(most), who: platform })];
  const exceeded = less.filter((plan) => bytes > plan.most).at(-1);
  if (exceeded === undefined) return [];
  return [problems.largeForFree({ ...args, limit: shown(exceeded.most), who: exceeded.who })];
}

async function checkOf(limit: Limits, all: readonly Sized[]): Promise<Check> {
  const sizes = await Promise.all(
    all.map(async (one) => ({ worker: one.worker, bytes: await limit.measure(one) })),
  );
  const facts = sizes.map(({ worker, bytes }) => `${worker} ${shown(bytes)}`);
  return {
    name: "size",
    fact: `${facts.join(", ")}${limit.measured}, of ${shown(limit.most)}`,
    problems: sizes.flatMap(({ worker, bytes }) => tooLarge(worker, bytes, limit)),
  };
}

/**
 * Makes a check for each platform that is known to have a limit. Compressing goes on beside the
 * questions to Cloudflare.
 */
export async function checkSizes(all: readonly Sized[]): Promise<readonly Check[]> {
  const platforms = Object.entries(limits) as [TargetName, Limits][];
  const wanted = platforms.map(
    ([name, limit]) => [limit, all.filter(({ target }) => target === name)] as const,
  );
  return Promise.all(
    wanted.flatMap(([limit, own]) => (own.length === 0 ? [] : [checkOf(limit, own)])),
  );
}

/** What planned steps upload: what was just built, or what lies in the output folder. */
export async function readSized(
  steps: readonly DeployStep[],
  { build, outDir }: { readonly build: boolean; readonly outDir: string },
): Promise<readonly Sized[]> {
  const read = (name: string) => readFile(join(outDir, name));
  return Promise.all(
    steps.map(async ({ name, worker }) => {
      const { target, fileName } = worker;
      const sized = { worker: name, target, code: build ? worker.code : await read(fileName) };
      if (!limits[target]?.countsMap) return sized;
      // Whoever has removed the map uploads none.
      const beside = build ? worker.map : await read(`${fileName}.map`).catch(() => "");
      return { ...sized, beside };
    }),
  );
}
