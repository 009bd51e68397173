// A cron expression as programs write it → the same in the dialect of a platform, or why it has none.

/** Fields of an expression; programs write five (`analyse/cron.ts`). */
interface Fields {
  readonly minute: string;
  readonly hour: string;
  readonly day: string;
  readonly month: string;
  readonly weekday: string;
}

/** What a schedule becomes; the reason goes on from "since". */
export type Converted = { readonly cron: string } | { readonly reason: string };

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const weekdays = "sun mon tue wed thu fri sat".split(" ");

function fieldsOf(cron: string): Fields {
  const [minute = "*", hour = "*", day = "*", month = "*", weekday = "*"] = cron.split(" ");
  return { minute, hour, day, month, weekday };
}

const isOpen = (field: string): boolean => field === "*";

/** Names as numbers, so that only those are left. */
const numbered = (field: string, names: readonly string[]): string =>
  field.replace(/[a-z]{3}/gi, (name) => {
    const at = names.indexOf(name.toLowerCase());
    return at < 0 ? name : String(at + 1);
  });

/** `1-5/2` as `1,3,5`, and `3/10` likewise up to the last: not every dialect has them. */
function spelledOut(field: string, last: number): string {
  return field.replace(/(\d+)(?:-(\d+))?\/(\d+)/g, (_, from, to, step) => {
    const values: number[] = [];
    const end = Number(to ?? last);
    for (let value = Number(from); value <= end; value += Number(step)) values.push(value);
    return values.join(",");
  });
}

function plain(cron: string): Fields {
  const fields = fieldsOf(cron);
  return {
    minute: spelledOut(fields.minute, 59),
    hour: spelledOut(fields.hour, 23),
    day: spelledOut(fields.day, 31),
    month: spelledOut(numbered(fields.month, months), 12),
    weekday: spelledOut(numbered(fields.weekday, weekdays), 7),
  };
}

/**
 * EventBridge: a year at the end, and `?` in the one of day and weekday that does not count
 * (docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html, "Cron-based schedules").
 */
export function awsCron(cron: string): Converted {
  const { minute, hour, day, month, weekday } = plain(cron);
  if (!isOpen(day) && !isOpen(weekday)) {
    return { reason: "EventBridge takes days of the month or weekdays, not both" };
  }
  if (/^L[W-]/i.test(day)) return { reason: `EventBridge has no \`${day}\`` };
  const days = isOpen(weekday) ? [day, month, "?"] : ["?", month, weekday];
  return { cron: `cron(${[minute, hour, ...days, "*"].join(" ")})` };
}

/**
 * Vercel: numbers only, weekdays from 0, which is Sunday, and days of the month or weekdays
 * (vercel.com/docs/cron-jobs, "Cron expression limitations").
 */
export function vercelCron(cron: string): Converted {
  const { minute, hour, day, month, weekday } = plain(cron);
  if (!isOpen(day) && !isOpen(weekday)) {
    return { reason: "Vercel takes days of the month or weekdays, not both" };
  }
  const special = /[LW#]/i.test(day) ? day : weekday;
  if (/[LW#]/i.test(special)) return { reason: `Vercel has no \`${special}\`` };
  return { cron: [minute, hour, day, month, fromZero(weekday)].join(" ") };
}

/** Bun: weekdays from 0, which is Sunday, steps of ranges only (bun.com/docs/runtime/cron). */
export function bunCron(cron: string): Converted {
  const { minute, hour, day, month, weekday } = plain(cron);
  const special = /[LW]/i.test(day) ? day : weekday;
  if (/[LW#]/i.test(special)) return { reason: `\`Bun.cron\` has no \`${special}\`` };
  return { cron: [minute, hour, day, month, fromZero(weekday)].join(" ") };
}

/** Weekdays that count from 0; a step is none. */
const fromZero = (weekday: string): string =>
  weekday.replace(/(?<!\/)\b\d/g, (number) => String(Number(number) - 1));
