// An edge block → the plan of a worker for Bun.
import { Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import type { EdgeBlock } from "../model/program";
import { planWorker } from "./plan-worker";
import type { Target } from "./target";

export const bun: Target = {
  name: "bun",
  support: {
    kv: { by: "a SQLite file" },
    sql: { by: "`bun:sqlite`" },
    storage: { by: "`Bun.S3Client`" },
    queue: { reason: "Bun has no queues" },
    schedule: { by: "`Bun.cron`" },
    consume: { reason: "Bun has no queues" },
  },
  plan: (block, options) => ({
    value: planWorker(block, options, null),
    findings: checkCrons(block).list,
  }),
};

/** Last days, nearest weekdays and n-th weekdays are Cloudflare's and Deno's only. */
function checkCrons(block: EdgeBlock): Findings {
  const findings = new Findings();
  for (const { name, cron, range } of block.schedules) {
    const [, , day = "", , weekday = ""] = cron.trim().split(/\s+/);
    if (!/[LW]/i.test(day) && !/#|^L$|\dL$/i.test(weekday)) continue;
    const reason = `\`Bun.cron\` knows no L, W or # as in \`${cron}\``;
    findings.report(range, codes.unsupportedSchedule({ name, target: "bun", reason }));
  }
  return findings;
}
