// Which wrangler command lines a deployment becomes, and in which order.
import { planDeploy } from "../../src/deploy/plan";
import { consumed, produced, workerWith } from "../outlines";

const first = workerWith({ name: "first", projectName: "app-first", produces: [produced("one")] });
const second = workerWith({
  name: "second",
  projectName: "app-second",
  consumes: [consumed("one")],
  produces: [produced("two")],
  secrets: ["KEY"],
});
const third = workerWith({ name: "third", projectName: "app-third", consumes: [consumed("two")] });

const names = (workers: Parameters<typeof planDeploy>[0]) =>
  planDeploy(workers, { stem: "app", hasEnvironments: false }).map(({ name }) => name);

test("a consumer comes before those that send to it, through any number of queues", () => {
  expect(names([first, second, third])).toEqual(["app-third", "app-second", "app-first"]);
  expect(names([third, first, second])).toEqual(["app-third", "app-second", "app-first"]);
});

test("workers that send to each other keep the order of the file", () => {
  const ping = workerWith({
    projectName: "ping",
    produces: [produced("x")],
    consumes: [consumed("y")],
  });
  const pong = workerWith({
    projectName: "pong",
    produces: [produced("y")],
    consumes: [consumed("x")],
  });
  expect(names([ping, pong]).sort()).toEqual(["ping", "pong"]);
});

test("workers that share only the name of a queue on two platforms do not wait for each other", () => {
  const sends = workerWith({ projectName: "a", produces: [produced("x")] });
  const reads = workerWith({ projectName: "b", target: "lambda", consumes: [consumed("x")] });
  expect(names([sends, reads])).toEqual(["a", "b"]);
});

test("on Lambda, who reads dead letters makes their queue and so comes first", () => {
  const deadLetterQueue = "failed";
  const reads = workerWith({
    projectName: "reads",
    target: "lambda",
    consumes: [{ ...consumed("x"), deadLetterQueue }],
  });
  const buries = workerWith({
    projectName: "buries",
    target: "lambda",
    consumes: [consumed("failed")],
  });
  expect(names([reads, buries])).toEqual(["buries", "reads"]);
});

test("options become arguments", () => {
  const steps = planDeploy([third, second], {
    stem: "app",
    env: "staging",
    dryRun: true,
    args: ["--minify"],
    hasEnvironments: true,
  });
  expect(steps.map(({ args }) => args.join(" "))).toEqual([
    "deploy ./app.edge.third.js --config wrangler.third.toml --env=staging --dry-run --minify",
    "deploy ./app.edge.second.js --config wrangler.second.toml --env=staging --dry-run --minify",
  ]);
});

test("a worker waits for those that read what it sends; a preview for none", () => {
  const options = { stem: "app", hasEnvironments: false };
  const after = (given: typeof options & { preview?: boolean }) =>
    planDeploy([first, second, third], given).map((step) => step.after);
  expect(after(options)).toEqual([[], ["app-third"], ["app-second"]]);
  expect(after({ ...options, preview: true })).toEqual([[], [], []]);
  const [step] = planDeploy([third], { ...options, preview: true });
  expect(step?.args).toEqual([
    "versions",
    "upload",
    "./app.edge.third.js",
    "--config",
    "wrangler.third.toml",
  ]);
});

test("with environments in the config and none asked for, the plain one is named", () => {
  const [step] = planDeploy([third], { stem: "app", hasEnvironments: true });
  expect(step?.args).toEqual([
    "deploy",
    "./app.edge.third.js",
    "--config",
    "wrangler.third.toml",
    "--env=",
  ]);
});

test("deployed names and queues are those of the environment", () => {
  const staging = { ...second.outline, workerName: "app-second-staging" };
  const worker = { ...second, environments: { staging } };
  const options = { stem: "app", env: "staging", hasEnvironments: true };
  const [step] = planDeploy([worker], options);
  expect(step?.name).toBe("app-second-staging");
  expect(step?.mark).toBe("tova app/second");
});
