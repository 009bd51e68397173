// Soaks the seed and a program with every kind of store in traffic while the stores fail now and then.
// Usage: node bench/soak.mjs [seconds] [requests a second]
import { fileURLToPath } from "node:url";
import { loadTools } from "./load-tools.mjs";

const seconds = Number(process.argv[2] ?? 600);
const requestsPerSecond = Number(process.argv[3] ?? 150);
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

const { soak } = await loadTools("./soak/run.ts");
const { growth, messages, sum, verdict } = await loadTools("./soak/verdict.ts");
const rates = { fetch: 0.05, scheduled: 0.2, queue: 0.02 };
const figures = await soak({ root: path(".."), seconds, clients: 8, requestsPerSecond, rates });

const { seen, reports, samples, heaps, schedules, drained } = figures;
const megabytes = (bytes) => (bytes / 2 ** 20).toFixed(1);
const sorted = seen.millis.sort((a, b) => a - b);
const at = (share) => sorted[Math.floor((sorted.length - 1) * share)].toFixed(1);
const list = (map) => [...map].sort().map(([key, count]) => `${key}: ${count}`);
const rows = {
  "requests answered, and gone away from": `${seen.asked}, ${seen.aborted}`,
  statuses: list(seen.statuses).join(", "),
  "milliseconds, median and 99 %": `${at(0.5)}, ${at(0.99)}`,
  "faults in requests, schedules, batches": ["fetch", "scheduled", "queue"]
    .map((kind) => sum(reports, ({ faults }) => faults[kind].length))
    .join(", "),
  "reads that found nothing": sum(reports, ({ emptied }) => emptied),
  "messages sent, handled": `${messages(reports, "sent")}, ${messages(reports, "handled")}`,
  "batches done, failed": `${sum(reports, ({ batches }) => batches.done)}, ${sum(reports, ({ batches }) => batches.failed)}`,
  "milliseconds until the queues were empty": drained.toFixed(0),
  "schedules run, failed": `${schedules.asked}, ${schedules.failed}`,
  "rejections that nobody handled": sum(reports, ({ unhandled }) => unhandled.length),
  "MB of workerd at the start and after each tenth": Array.from({ length: 11 }, (_, tenth) =>
    megabytes(samples[Math.floor(((samples.length - 1) * tenth) / 10)]?.bytes ?? 0),
  ).join(", "),
  "MB of growth after a third, by the line through all samples": megabytes(growth(samples)),
};
for (const [worker, bytes] of Object.entries(heaps[1])) {
  rows[`MB held by ${worker} after a third, at the end`] =
    `${megabytes(heaps[0][worker])}, ${megabytes(bytes)}`;
}
console.log(
  `${seconds} s, ${requestsPerSecond} requests a second at most\n\n| what | figure |\n| --- | --- |`,
);
for (const [what, figure] of Object.entries(rows)) console.log(`| ${what} | ${figure} |`);
const wrong = verdict(figures);
for (const line of wrong) console.log(`\nNOT RIGHT: ${line}`);
process.exitCode = wrong.length === 0 ? 0 : 1;
