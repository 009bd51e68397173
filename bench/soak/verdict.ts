// What a soak gave in, all that was not as it must be out.
import { faultsIn } from "./client";
import { type Sample, slope, warm } from "./memory";
import type { Figures } from "./run";
import type { WorkerReport } from "./system";

/** Messages of all workers' queues together. */
export const messages = (reports: Figures["reports"], field: "sent" | "handled"): number =>
  sum(reports, (report) => Object.values(report[field]).reduce((total, count) => total + count, 0));

/** A field of all workers' reports together. */
export const sum = (reports: Figures["reports"], field: (report: WorkerReport) => number): number =>
  Object.values(reports).reduce((total, report) => total + field(report), 0);

const listed = (what: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [`${items.length} ${what}: ${items.slice(0, 3).join(" | ")}`];

const differing = (what: string, one: number, other: number): readonly string[] =>
  one === other ? [] : [`${what}: ${one} and ${other}`];

/** Lines with which workerd tells of an error that nobody took. */
const uncaught = (line: string): boolean => /uncaught|unhandled/i.test(line);

const megabyte = 2 ** 20;

/** The whole of workerd, with the stores that it plays, collected every few seconds. */
const residentLimit = 32 * megabyte;

/** What one worker's JavaScript may hold more at the end; the books that are kept here are in it. */
const heapLimit = 3 * megabyte;

/** Bytes by which the line through the samples after the warm-up rises. */
export function growth(samples: readonly Sample[]): number {
  const kept = warm(samples);
  const [first, last] = [kept[0]?.at ?? 0, kept.at(-1)?.at ?? 0];
  return (slope(kept) * (last - first)) / 1000;
}

function heldMore([before = {}, after = {}]: Figures["heaps"]): readonly string[] {
  return Object.entries(after).flatMap(([name, bytes]) => {
    const more = bytes - (before[name] ?? 0);
    return more > heapLimit ? [`${name} holds ${(more / megabyte).toFixed(1)} MB more`] : [];
  });
}

/** What was not as it must be; empty when all was. */
export function verdict({
  seen,
  reports,
  log,
  samples,
  heaps,
  schedules,
}: Figures): readonly string[] {
  const injected = Object.values(reports).flatMap(({ faults }) => faults.fetch);
  const printed = new Set(
    log.filter((line) => /(error|on_error|caught): /i.test(line)).flatMap(faultsIn),
  );
  const text = log.join("\n");
  const runs = (name: string) => text.split(`schedule ${name}`).length - 1;
  const grown = growth(samples);
  return [
    ...listed("answers are wrong", seen.wrong),
    ...listed(
      "rejections nobody handled",
      Object.values(reports).flatMap((one) => one.unhandled),
    ),
    ...listed("errors nobody caught", log.filter(uncaught)),
    ...listed(
      "faults did not reach on_error",
      injected.filter((number) => !printed.has(number)),
    ),
    ...listed(
      "faults are not in an answer",
      injected.filter((number) => !seen.faults.has(number)),
    ),
    ...differing(
      "messages sent and handled",
      messages(reports, "sent"),
      messages(reports, "handled"),
    ),
    ...differing(
      "failed schedules",
      schedules.failed,
      sum(reports, (one) => one.schedules.failed),
    ),
    ...differing("both schedules of one cron run", runs("first"), runs("second")),
    ...(grown > residentLimit ? [`memory grew by ${(grown / megabyte).toFixed(0)} MB`] : []),
    ...heldMore(heaps),
  ];
}
