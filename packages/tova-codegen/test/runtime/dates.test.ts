// Dates in UTC.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { buildSync } from "esbuild";
import * as dates from "../../src/runtime/dates";
import { Ok } from "../../src/runtime/result";

const leap = "2024-02-29T10:20:30.456Z";
const iso = (date: Date) => date.toISOString();

test("date_parse", () => {
  expect(dates.dateParse(leap)).toEqual(Ok(new Date(leap)));
  expect(dates.dateParse("yesterday")).toMatchObject({ error: "Not a date: yesterday" });
});

test("date_from and date_part", () => {
  expect(iso(dates.dateFrom({ year: 2024 }))).toBe("2024-01-01T00:00:00.000Z");
  const date = dates.dateFrom({
    year: 2024,
    month: 2,
    day: 29,
    hour: 10,
    minute: 20,
    second: 30,
    ms: 456,
  });
  expect(iso(date)).toBe(leap);
  const parts = ["year", "month", "day", "hour", "minute", "second", "ms", "weekday"];
  expect(parts.map((part) => dates.datePart(leap, part))).toEqual([
    2024, 2, 29, 10, 20, 30, 456, 4,
  ]);
  expect(() => dates.datePart(leap, "eon")).toThrow("eon is no unit of time");
});

test("date_format", () => {
  expect(dates.dateFormat(leap)).toBe("2024-02-29");
  expect(dates.dateFormat(leap, "DD.MM.YYYY HH:mm:ss.SSS at")).toBe("29.02.2024 10:20:30.456 at");
});

test.each([
  [1, "day", "2024-03-01T10:20:30.456Z"],
  [-2, "hours", "2024-02-29T08:20:30.456Z"],
  [1, "year", "2025-02-28T10:20:30.456Z"],
  [12, "months", "2025-02-28T10:20:30.456Z"],
  [-1, "month", "2024-01-29T10:20:30.456Z"],
  [1, "week", "2024-03-07T10:20:30.456Z"],
  [5, "ms", "2024-02-29T10:20:30.461Z"],
])("date_add %p %s", (n, unit, result) => expect(iso(dates.dateAdd(leap, n, unit))).toBe(result));

test("date_add leaves the date as it was, months end on their last day", () => {
  const date = new Date("2024-01-31T00:00:00Z");
  expect(iso(dates.dateAdd(date, 1, "month"))).toBe("2024-02-29T00:00:00.000Z");
  expect(iso(date)).toBe("2024-01-31T00:00:00.000Z");
  expect(() => dates.dateAdd(date, 1, "toString")).toThrow(RangeError);
});

test.each([
  ["2024-01-01", "2024-01-02", "hours", 24],
  ["2024-01-02", "2024-01-01", "days", -1],
  ["2024-01-01", "2024-01-01T23:59", "day", 0],
  ["2024-01-31", "2024-02-29", "months", 1],
  ["2024-01-31", "2024-02-28", "months", 0],
  ["2023-06-15", "2024-06-14", "years", 0],
  ["2024-06-15", "2023-06-15", "years", -1],
  ["2024-01-01", "2024-01-01T00:00:00.005Z", undefined, 5],
])("date_diff %s to %s in %s is %p", (from, to, unit, n) => {
  expect(dates.dateDiff(from, to, unit)).toBe(n);
});

test("time_ago", () => {
  jest.useFakeTimers({ now: new Date(leap) });
  const ago = (n: number, unit: string) => dates.timeAgo(dates.dateAdd(leap, -n, unit));
  expect([
    ago(0, "ms"),
    ago(1, "second"),
    ago(90, "minutes"),
    ago(6, "days"),
    ago(8, "days"),
  ]).toEqual(["just now", "1 second ago", "1 hour ago", "6 days ago", "1 week ago"]);
  expect([ago(40, "days"), ago(3, "years"), ago(-2, "days")]).toEqual([
    "1 month ago",
    "3 years ago",
    "in 2 days",
  ]);
  jest.useRealTimers();
});

describe("texts of dates", () => {
  const read = (text: string) => dates.dateParse(text).map((date: Date) => date.toISOString());

  it.each(["2026-02-30", "2025-02-29", "2026-04-31T10:00:00Z", "2026-06-31 10:00", "2026-13-01"])(
    "%s is no day",
    (text) => {
      expect(read(text).isErr()).toBe(true);
      expect(dates.dateFrom(text).getTime()).toBeNaN();
      expect(() => dates.dateFormat(text)).toThrow(RangeError);
    },
  );

  const texts = {
    "2024-02-29": "2024-02-29T00:00:00.000Z",
    "2026-03-05T10:00": "2026-03-05T10:00:00.000Z",
    "2026-03-05 10:00:01.5": "2026-03-05T10:00:01.500Z",
    "2026-03-05T10:00:00+02:00": "2026-03-05T08:00:00.000Z",
    "Thu, 05 Mar 2026 10:00:00 GMT": "2026-03-05T10:00:00.000Z",
    "Mar 5 2026 10:00 EST": "2026-03-05T15:00:00.000Z",
    "5 mar 2026 10:00 est": "2026-03-05T15:00:00.000Z",
    "2026 MAR": "2026-03-01T00:00:00.000Z",
    "Thu Mar 05 2026 10:00:00 GMT+0200 (CEST)": "2026-03-05T08:00:00.000Z",
    "March 5, 2026": "2026-03-05T00:00:00.000Z",
    "3/5/2026": "2026-03-05T00:00:00.000Z",
    "2026": "2026-01-01T00:00:00.000Z",
  };

  // A process of its own for each: that of a test has the zone of the machine, whatever is set.
  it.each(["UTC", "America/New_York", "Asia/Kolkata"])("are the same moments in %s", (TZ) => {
    const { outputFiles } = buildSync({
      stdin: {
        contents: `import { dateParse } from "./dates";
const texts = ${JSON.stringify(Object.keys(texts))};
const moments = texts.map((text) => [text, dateParse(text).unwrapOr("none")]);
console.log(JSON.stringify(Object.fromEntries(moments)));`,
        resolveDir: join(__dirname, "../../src/runtime"),
      },
      bundle: true,
      platform: "node",
      write: false,
    });
    const code = outputFiles[0]?.text ?? "";
    const output = execFileSync(process.execPath, ["-e", code], { env: { TZ }, encoding: "utf8" });
    expect(JSON.parse(output)).toEqual(texts);
  });

  it("nil is no date", () => {
    const nil = null as never;
    expect(dates.dateParse(nil).isErr()).toBe(true);
    expect(dates.dateFrom(nil).getTime()).toBeNaN();
    expect(() => dates.timeAgo(nil)).toThrow(RangeError);
    expect(() => dates.datePart("2026-03-05", "week")).toThrow(RangeError);
  });
});
