// The table at the start of `tova dev`.
import { renderTable } from "../../src/dev/table";
import { consumed, outlineWith, produced } from "../outlines";

test("shows addresses, routes, queues from sender to reader, and crons", () => {
  const api = outlineWith({
    projectName: "app-api",
    routes: [
      { method: "GET", path: "/a" },
      { method: "DELETE", path: "/a/:id" },
    ],
    health: "/healthz",
    produces: [produced("jobs"), produced("lost")],
    schedules: [{ name: "daily", cron: "0 9 * * *" }],
  });
  const reader = outlineWith({ projectName: "app-processor", consumes: [consumed("jobs")] });
  const table = renderTable([
    { outline: api, url: "http://127.0.0.1:8787" },
    { outline: reader, url: null },
  ]);
  expect(table.split("\n")).toEqual([
    "app-api        http://127.0.0.1:8787",
    "  GET     /a",
    "  DELETE  /a/:id",
    "  GET     /healthz (health)",
    "  queue   jobs → app-processor",
    "  queue   lost → nobody in this file",
    "  cron    0 9 * * * (UTC) daily",
    "app-processor  (no HTTP)",
  ]);
});

test("shows where dead letters go", () => {
  const jobs = { ...consumed("jobs"), deadLetterQueue: "dead-jobs" };
  const outlines = [
    outlineWith({ projectName: "app-reader", consumes: [jobs] }),
    outlineWith({ projectName: "app-desk", consumes: [consumed("dead-jobs")] }),
  ];
  expect(renderTable(outlines.map((outline) => ({ outline, url: null }))).split("\n")).toEqual([
    "app-reader  (no HTTP)",
    "  queue  dead-jobs → app-desk (dead letters of jobs)",
    "app-desk    (no HTTP)",
  ]);
});
