// Cron expressions of programs in the dialects of other platforms' schedules.
import { cronNames } from "../src/emit/platforms/deno-config";
import { awsCron, bunCron, vercelCron } from "../src/targets/cron-dialect";

const both = { reason: expect.stringMatching(/days of the month or weekdays, not both$/) };

test.each<[string, string | null, string | null]>([
  ["* * * * *", "* * * * ? *", "* * * * *"],
  ["*/5 * * * *", "*/5 * * * ? *", "*/5 * * * *"],
  ["0 9 1 jan,Jul *", "0 9 1 1,7 ? *", "0 9 1 1,7 *"],
  ["0 9 * * MON-fri", "0 9 ? * 2-6 *", "0 9 * * 1-5"],
  ["0 9 * * 1", "0 9 ? * 1 *", "0 9 * * 0"],
  ["0 9 * * 1,7", "0 9 ? * 1,7 *", "0 9 * * 0,6"],
  ["0 9 * * */2", "0 9 ? * */2 *", "0 9 * * */2"],
  ["0 9 * * 2-6/2", "0 9 ? * 2,4,6 *", "0 9 * * 1,3,5"],
  ["10-30/10,59 5/6 * * *", "10,20,30,59 5,11,17,23 * * ? *", "10,20,30,59 5,11,17,23 * * *"],
  ["0 9 L * *", "0 9 L * ? *", null],
  ["0 9 15W * *", "0 9 15W * ? *", null],
  ["0 9 * * friL", "0 9 ? * 6L *", null],
  ["0 9 * * mon#2", "0 9 ? * 2#2 *", null],
  ["0 9 LW * *", null, null],
  ["0 9 L-3 * *", null, null],
])("%s", (cron, aws, vercel) => {
  const refused = { reason: expect.stringMatching(/has no `/) };
  expect(awsCron(cron)).toEqual(aws === null ? refused : { cron: `cron(${aws})` });
  expect(vercelCron(cron)).toEqual(vercel === null ? refused : { cron: vercel });
  expect(bunCron(cron)).toEqual(vercel === null ? refused : { cron: vercel });
});

test("days of the month and weekdays together are refused where they have no meaning", () => {
  expect(awsCron("0 9 1 * mon")).toEqual(both);
  expect(vercelCron("0 9 1 * mon")).toEqual(both);
  expect(bunCron("0 9 1 * mon")).toEqual({ cron: "0 9 1 * 1" });
});

test("names of schedules become what Deno takes, and stay apart", () => {
  expect(cronNames(["nightly sweep", "a/b", "a:b", "ü", "x".repeat(80)])).toEqual([
    "nightly sweep",
    "a-b",
    "a-b 2",
    "-",
    "x".repeat(60),
  ]);
});
