// Times → dates, their parts and texts, all in UTC as workers have it (spec 14).
import { Err, Ok, type Result } from "./result";

/** A date, milliseconds since 1970, or a text that `Date` reads. */
export type Moment = Date | number | string;

/** Milliseconds of the units of fixed length. */
const unitLength: Readonly<Record<string, number>> = {
  ms: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

/** A unit without its plural ending. @throws RangeError for a word that is no unit */
function unitName(unit: string): string {
  const name = unit === "ms" || unit === "milliseconds" ? "ms" : unit.replace(/s$/, "");
  if (Object.hasOwn(unitLength, name) || name === "month" || name === "year") return name;
  throw new RangeError(`${unit} is no unit of time`);
}

/** A day as ISO writes it, and perhaps a time, to minutes or below, with a zone or without. */
const isoForm = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/i;
/** Ends in a zone: a difference from UTC, or one of the names that engines know. */
const zoned = /:.*(?:Z|[+-]\d\d:?\d\d)$|\b(?:UTC?|GMT|[ECMP][DS]T)$|\)$/i;

/** A year, and perhaps its month: UTC wherever it is read. */
const yearForm = /^\d{4}(-\d\d)?$/;

/**
 * A text as a date; what names no zone is UTC wherever it runs. Days that the calendar has not, such
 * as `2026-02-30`, are no dates, though engines take some for days of the month after.
 */
function readDate(text: string): Date {
  const iso = isoForm.exec(text.trim());
  if (!iso) return new Date(zoned.test(text) || yearForm.test(text) ? text : `${text} UTC`);
  const [, day = "", time = "00:00", zone = "Z"] = iso;
  const date = new Date(`${day}T${time}${zone}`);
  const exists = new Date(`${day}T00:00Z`).getUTCDate() === Number(day.slice(-2));
  return exists ? date : new Date(Number.NaN);
}

/** What a moment is as a date; an invalid one where it is none. */
function dateOf(moment: Moment): Date {
  return typeof moment === "string" ? readDate(moment) : new Date(moment ?? Number.NaN);
}

/** The date that a text names, or why there is none. */
export function dateParse(text: string): Result<Date> {
  const date = dateOf(text);
  return Number.isNaN(date.getTime()) ? Err(`Not a date: ${text}`) : Ok(date);
}

/** Parts of a date, month 1 to 12; what is not given is the least. */
export interface DateParts {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  readonly ms?: number;
}

/** The date with these parts, also one by one from the year; of a date, a time or a text that date. */
export function dateFrom(parts: DateParts | Moment, ...more: number[]): Date {
  if (more.length > 0) {
    const [month = 1, ...smaller] = more;
    return new Date(Date.UTC(Number(parts), month - 1, ...smaller));
  }
  if (typeof parts !== "object" || parts instanceof Date || parts === null) return dateOf(parts);
  const { year, month = 1, day = 1, hour = 0, minute = 0, second = 0, ms = 0 } = parts;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second, ms));
}

/**
 * A part of a date: year, month (1-12), day, hour, minute, second, ms, or weekday (Sunday is 0).
 * @throws RangeError for another word
 */
export function datePart(moment: Moment, part: string): number {
  const date = dateOf(moment);
  if (part === "weekday") return date.getUTCDay();
  const parts: Readonly<Record<string, number>> = {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    ms: date.getUTCMilliseconds(),
  };
  const value = parts[unitName(part)];
  if (value === undefined) throw new RangeError(`A date has no part ${part}`);
  return value;
}

/** Forms that have a name. */
const namedForms: Readonly<Record<string, string>> = {
  iso: "YYYY-MM-DDTHH:mm:ss.SSSZ",
  date: "YYYY-MM-DD",
  time: "HH:mm:ss",
  datetime: "YYYY-MM-DD HH:mm:ss",
};

/** The English name of a date's month or weekday. */
const nameIn = (date: Date, options: Intl.DateTimeFormatOptions): string =>
  date.toLocaleString("en-US", { ...options, timeZone: "UTC" });

/** What the words of a form stand for; one letter only where no other stands beside it. */
const formWords = /YYYY|YY|MMMM|MMM|MM|DD|dddd|ddd|HH|hh|mm|ss|SSS|\b[MDHhA]\b/g;

/**
 * A date by a form: `YYYY-MM-DD HH:mm:ss.SSS`, `MMM D, YYYY`, `dddd`, `h:mm A` and any text between,
 * or `iso date time datetime`.
 */
export function dateFormat(moment: Moment, form = "YYYY-MM-DD"): string {
  const at = dateOf(moment);
  const [date = "", time = ""] = at.toISOString().split("T");
  const [year = "", month = "", day = ""] = date.split(/(?<=\d)-/);
  const hour = at.getUTCHours();
  const half = hour % 12 || 12;
  const parts: Readonly<Record<string, () => string | number>> = {
    YYYY: () => year,
    YY: () => year.slice(-2),
    MMMM: () => nameIn(at, { month: "long" }),
    MMM: () => nameIn(at, { month: "short" }),
    MM: () => month,
    M: () => Number(month),
    DD: () => day,
    D: () => Number(day),
    dddd: () => nameIn(at, { weekday: "long" }),
    ddd: () => nameIn(at, { weekday: "short" }),
    HH: () => time.slice(0, 2),
    H: () => hour,
    hh: () => String(half).padStart(2, "0"),
    h: () => half,
    mm: () => time.slice(3, 5),
    ss: () => time.slice(6, 8),
    SSS: () => time.slice(9, 12),
    A: () => (hour < 12 ? "AM" : "PM"),
  };
  const named = Object.hasOwn(namedForms, form) ? namedForms[form] : undefined;
  return (named ?? form).replace(formWords, (name) => String(parts[name]?.() ?? name));
}

/** The date so many units later; months end on their last day where there is no such day. */
export function dateAdd(
  moment: Moment,
  n: number | Readonly<Record<string, number>>,
  unit = "day",
): Date {
  if (typeof n === "object") {
    const each = Object.entries(n);
    return each.reduce((date, [name, count]) => dateAdd(date, count, name), dateOf(moment));
  }
  const date = new Date(dateOf(moment));
  const name = unitName(unit);
  const length = unitLength[name];
  if (length !== undefined) return new Date(date.getTime() + n * length);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + (name === "year" ? 12 * n : n));
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date;
}

/** Whole units from the first date to the second, negative when the second is earlier. */
export function dateDiff(from: Moment, to: Moment, unit = "ms"): number {
  const [start, end] = [dateOf(from), dateOf(to)];
  const name = unitName(unit);
  const length = unitLength[name];
  if (length !== undefined) return Math.trunc((end.getTime() - start.getTime()) / length);
  if (end < start) return -dateDiff(end, start, unit) || 0;
  const months =
    (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
  const whole = dateAdd(start, months, "month") > end ? months - 1 : months;
  return name === "year" ? Math.trunc(whole / 12) : whole;
}

/** Units for words, the largest first; months and years as long as they are about. */
const wordLength: Readonly<Record<string, number>> = {
  year: 31_536_000_000,
  month: 2_592_000_000,
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
};

/** How long ago in words: `5 minutes ago`, `in 2 days`. @throws RangeError for what is no date */
export function timeAgo(moment: Moment): string {
  const past = Date.now() - dateOf(moment).getTime();
  if (Number.isNaN(past)) throw new RangeError(`Not a date: ${moment}`);
  const unit = Object.entries(wordLength).find(([, length]) => Math.abs(past) >= length);
  if (!unit) return "just now";
  const n = Math.floor(Math.abs(past) / unit[1]);
  const words = `${n} ${unit[0]}${n === 1 ? "" : "s"}`;
  return past > 0 ? `${words} ago` : `in ${words}`;
}
