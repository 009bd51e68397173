// Dates and their texts → what the library's functions for them give (spec 14), counted by hand.
import { results } from "./results";
import type { Any, Library } from "./values";

const lengths: Readonly<Record<string, number>> = {
  ms: 1,
  second: 1e3,
  minute: 6e4,
  hour: 36e5,
  day: 864e5,
  week: 6048e5,
};

const singular = (unit: string): string =>
  unit.endsWith("s") && unit !== "ms" ? unit.slice(0, -1) : unit;

const timeOf = (moment: Any): number => new Date(moment).valueOf();

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const daysIn = (year: number, month: number): number =>
  month === 1 ? (isLeap(year) ? 29 : 28) : [3, 5, 8, 10].includes(month) ? 30 : 31;

/** Year, month from 0, day, and the milliseconds of the day. */
function partsOf(moment: Any): [number, number, number, number] {
  const time = timeOf(moment);
  let days = Math.floor(time / 864e5);
  const rest = time - days * 864e5;
  let [year, month] = [1970, 0];
  while (days < 0) days += isLeap(--year) ? 366 : 365;
  for (; days >= (isLeap(year) ? 366 : 365); year++) days -= isLeap(year) ? 366 : 365;
  for (; days >= daysIn(year, month); month++) days -= daysIn(year, month);
  return [year, month, days + 1, rest];
}

function laterBy(moment: Any, months: number): Date {
  const [year, month, day, rest] = partsOf(moment);
  const all = year * 12 + month + months;
  const [y, m] = [Math.floor(all / 12), ((all % 12) + 12) % 12];
  return new Date(Date.UTC(y, m, Math.min(day, daysIn(y, m))) + rest);
}

function added(moment: Any, n: number, unit = "day"): Date {
  const name = singular(unit);
  if (name === "month" || name === "year") return laterBy(moment, name === "year" ? n * 12 : n);
  const length = lengths[name];
  if (length === undefined) throw new RangeError(unit);
  return new Date(timeOf(moment) + n * length);
}

function between(from: Any, to: Any, unit = "ms"): number {
  const name = singular(unit);
  const length = lengths[name];
  if (length !== undefined) return Math.trunc((timeOf(to) - timeOf(from)) / length);
  if (timeOf(to) < timeOf(from)) return 0 - between(to, from, unit);
  const step = name === "year" ? 12 : 1;
  let whole = 0;
  while (timeOf(laterBy(from, (whole + 1) * step)) <= timeOf(to)) whole++;
  return whole;
}

const two = (n: number, width = 2): string => String(n).padStart(width, "0");

function piecesOf(moment: Any): Readonly<Record<string, number>> {
  const [year, month, day, rest] = partsOf(moment);
  return {
    ...{ year, month: month + 1, day, ms: rest % 1000 },
    hour: Math.floor(rest / 36e5),
    minute: Math.floor(rest / 6e4) % 60,
    second: Math.floor(rest / 1e3) % 60,
    weekday: (((Math.floor(timeOf(moment) / 864e5) + 4) % 7) + 7) % 7,
  };
}

function written(moment: Any, form = "YYYY-MM-DD"): string {
  if (Number.isNaN(timeOf(moment))) throw new RangeError("no date");
  const { year, month, day, hour, minute, second, ms } = piecesOf(moment) as Any;
  return form
    .replace("YYYY", two(year, 4))
    .replace("SSS", two(ms, 3))
    .replace("MM", two(month))
    .replace("DD", two(day))
    .replace("HH", two(hour))
    .replace("mm", two(minute))
    .replace("ss", two(second));
}

/** Month and day, whose names are not known, and others are told by the generator's forms alone. */
export const dates: Library = {
  date_add: added,
  date_diff: between,
  date_format: written,
  date_part: (moment, part) => piecesOf(moment)[singular(part)],
  date_parse: (text) =>
    Number.isNaN(timeOf(text))
      ? results.Err?.(`Not a date: ${text}`)
      : results.Ok?.(new Date(text)),
};
