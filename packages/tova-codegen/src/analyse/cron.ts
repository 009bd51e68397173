// A cron expression → what is wrong with it by Cloudflare's rules, or the form that others read.

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
  /** Forms with `L`, `W` and `#`; they stand alone, not in a list. */
  readonly special: RegExp | null;
}

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const weekdays = "sun mon tue wed thu fri sat".split(" ");

/**
 * The table at developers.cloudflare.com/workers/configuration/cron-triggers ("Supported cron
 * expressions"), as Cloudflare's own parser reads it (github.com/cloudflare/saffron). Weekdays count
 * from 1, which is Sunday; names may be in any case, `L` and `W` are capitals.
 *
 * No parser of the registry has these rules. Croner, which `tova dev` runs crons with, takes the
 * weekday 8, the step 60, `?`, `@daily` and lists with `L`, which would fail at the deployment, and
 * refuses `L-3`, `L-3W`, the weekday `L` and `3/10`. Of what Cloudflare takes only ranges that run
 * backwards (`fri-mon`) are refused here, as the other platforms do not have them.
 */
const fields: readonly Field[] = [
  { name: "minute", min: 0, max: 59, names: [], special: null },
  { name: "hour", min: 0, max: 23, names: [], special: null },
  {
    name: "day of the month",
    min: 1,
    max: 31,
    names: [],
    special: /^(LW?|L-([1-9]|[12]\d|30)W?|([1-9]|[12]\d|3[01])W)$/,
  },
  { name: "month", min: 1, max: 12, names: months, special: null },
  {
    name: "weekday",
    min: 1,
    max: 7,
    names: weekdays,
    special: /^(L|([1-7]|sun|mon|tue|wed|thu|fri|sat)(L|#[1-5]))$/,
  },
];

export interface CronProblem {
  /** Completes "… is not a valid cron expression: …". */
  readonly problem: string;
  readonly help: string;
}

const partsOf = (cron: string): string[] => {
  const parts = cron.trim() === "" ? [] : cron.trim().split(/[ \t]+/);
  const [seconds, ...minutes] = parts;
  // With seconds first, 0 of them say what five fields say; the year of EventBridge stands last.
  const isWhole = parts.length === 6 && seconds === "0" && !hasYear(parts);
  return isWhole ? minutes : parts;
};

const hasYear = (parts: readonly string[]): boolean => /^\d{4}/.test(parts[5] ?? "");

/** A cron expression in the five fields that platforms have, one blank between them. */
export const fiveFields = (cron: string): string => partsOf(cron).join(" ");

function countProblem(parts: readonly string[]): CronProblem {
  const problem = `it has ${parts.length} ${parts.length === 1 ? "field" : "fields"} instead of 5`;
  const help = "Write minute, hour, day of the month, month and weekday, as in `0 9 * * *`.";
  if (parts.length !== 6) return { problem, help };
  return hasYear(parts)
    ? { problem: `${problem}, the last of them a year`, help }
    : { problem: `${problem}, and no platform counts seconds`, help };
}

/** Takes a cron expression; returns what is wrong with it, or null. */
export function cronProblem(cron: string): CronProblem | null {
  const parts = partsOf(cron);
  if (parts.length !== fields.length) return countProblem(parts);
  for (const [index, field] of fields.entries()) {
    const found = fieldProblem(parts[index] ?? "", field);
    if (found !== null) return found;
  }
  return null;
}

function fieldProblem(text: string, field: Field): CronProblem | null {
  const withName = text.replace(/[a-z]{3}/i, (name) => name.toLowerCase());
  if (text === "*" || field.special?.test(withName)) return null;
  for (const item of text.split(",")) {
    const found = itemProblem(item, field);
    if (found !== null) return found;
  }
  return null;
}

/** `5`, `1-5`, `1-5/2`, `3/10`, `*\/10`. */
function itemProblem(item: string, field: Field): CronProblem | null {
  const match = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(item);
  const [, start = "", end, step] = match ?? [];
  const ranged = end !== undefined || step !== undefined;
  if (!match || (start === "*" && (end !== undefined || !ranged))) return wrong(item, field);
  const from = start === "*" ? field.min : numberOf(start, field);
  const to = end === undefined ? from : numberOf(end, field);
  if (from === null || to === null) return wrong(from === null ? start : (end ?? ""), field);
  if (from > to) {
    const problem = `the ${field.name} range \`${item}\` runs backwards`;
    return { problem, help: "Write it as two ranges, with a comma between them." };
  }
  const steps = field.max - field.min;
  if (step !== undefined && (Number(step) < 1 || Number(step) > steps)) {
    const problem = `the ${field.name} step \`/${step}\` is not from 1 to ${steps}`;
    return { problem, help: `Use a step from 1 to ${steps}, or leave it out.` };
  }
  return null;
}

/** The number of a value of a field; null when the field has no such value. */
function numberOf(text: string, field: Field): number | null {
  const named = field.names.indexOf(text.toLowerCase());
  if (named >= 0) return named + 1;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= field.min && value <= field.max ? value : null;
}

function wrong(text: string, field: Field): CronProblem {
  const problem = `\`${text}\` is not a valid ${field.name}`;
  if (field.name === "weekday") {
    const help = "Use the names `sun` to `sat`, or the numbers 1 (Sunday) to 7 (Saturday).";
    return { problem, help };
  }
  const names = field.names.length > 0 ? `, or the names \`jan\` to \`dec\`` : "";
  return { problem, help: `Use the numbers ${field.min} to ${field.max}${names}.` };
}
