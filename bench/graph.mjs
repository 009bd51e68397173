// Times Nx's graph over generated workspaces, interleaved in one run: N programs of two blocks, the
// same projects written out as project.json files in the same workspace and in one without the plugin,
// and one project.json for each program; the first of them also as if no manifest had a seal. Then a
// build from the cache, and the plugin's share of it, in workspaces of 1, 10, … N programs and in those
// of the same projects; and whether Nx's daemon asks the plugin for it.
// Linux and macOS; needs built packages.
// Usage: node bench/graph.mjs [programs] [rounds]
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { userEnvironment } from "../tools/user-environment.js";

const count = Number(process.argv[2] ?? 1000);
const rounds = Number(process.argv[3] ?? 5);
const repository = fileURLToPath(new URL("..", import.meta.url));
const ours = ["tova-parser", "tova-codegen", "tova-cli", "nx-tova"];
const seed = readFileSync(join(repository, "apps/pipeline/pipeline.tova"), "utf8");
const namesOf = (size) =>
  Array.from({ length: size }, (_, at) => `app${String(at).padStart(4, "0")}`);
const folder = mkdtempSync(join(realpathSync(tmpdir()), "tova-bench-"));

function write(root, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Our packages as npm would install them, all others linked. */
function install(root) {
  const modules = join(root, "node_modules");
  mkdirSync(modules, { recursive: true });
  for (const name of readdirSync(join(repository, "node_modules"))) {
    if (name.startsWith(".") || ours.includes(name)) continue;
    symlinkSync(join(repository, "node_modules", name), join(modules, name));
  }
  for (const name of ours) {
    const from = join(repository, "packages", name);
    const kept = /^\/(dist|package\.json|executors\.json|generators\.json|bin)/;
    cpSync(from, join(modules, name), {
      recursive: true,
      filter: (path) => path === from || kept.test(path.slice(from.length)),
    });
    const nested = join(from, "node_modules");
    if (existsSync(nested)) symlinkSync(nested, join(modules, name, "node_modules"));
  }
}

/** A workspace of so many texts, which are programs for the plugin when their files end so. */
function createWorkspace(name, size, plugins, ending = "tova") {
  const root = join(folder, `${name}-${size}`);
  install(root);
  const versions = ours.map((name) => [`node_modules/${name}`, { version: "0.1.0" }]);
  const manifest = { name: "bench", devDependencies: { "nx-tova": "*" } };
  write(root, {
    "nx.json": JSON.stringify({ analytics: false, neverConnectToCloud: true, plugins }),
    "package.json": JSON.stringify(manifest),
    "package-lock.json": JSON.stringify({
      ...manifest,
      lockfileVersion: 3,
      packages: { "": manifest, ...Object.fromEntries(versions) },
    }),
    ".gitignore": "node_modules\n.nx\n.tova-out\n",
  });
  // A store or queue of one program is no other's.
  for (const [at, app] of namesOf(size).entries()) {
    const text = seed
      .replaceAll("PROCESS_QUEUE", `QUEUE_${at}`)
      .replaceAll("IMAGES", `IMAGES_${at}`);
    write(root, { [`apps/${app}/${app}.${ending}`]: text });
  }
  return root;
}

function commit(root) {
  const git = (...args) => execFileSync("git", args, { cwd: root, stdio: "ignore" });
  git("init");
  git("add", "--all");
  git("-c", "user.name=bench", "-c", "user.email=bench@localhost", "commit", "-m", "all");
}

function nx(root, args, env = {}) {
  const start = performance.now();
  const run = spawnSync(process.execPath, [join(root, "node_modules/nx/dist/bin/nx.js"), ...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 30,
    env: {
      ...userEnvironment(),
      NX_DAEMON: "false",
      NX_PERF_LOGGING: "true",
      ...env,
    },
  });
  const wall = performance.now() - start;
  const output = `${run.stdout}${run.stderr}`;
  if (run.status !== 0) throw new Error(output);
  const marks = new Map();
  for (const [, name, ms] of output.matchAll(/^Time taken for '(.+)' ([\d.e-]+)ms$/gm)) {
    marks.set(name, Number(ms));
  }
  return { wall, marks, output };
}

/** Every inferred project as a project.json; Nx wants the folder of each to be there. */
function writeOut(from, ...to) {
  nx(from, ["graph", "--file=graph.json"]);
  const { graph } = JSON.parse(readFileSync(join(from, "graph.json"), "utf8"));
  rmSync(join(from, "graph.json"));
  for (const { data } of Object.values(graph.nodes)) {
    const { root, name, sourceRoot, projectType, namedInputs, targets, metadata } = data;
    const project = { name, sourceRoot, projectType, namedInputs, targets, metadata };
    for (const other of to) write(other, { [join(root, "project.json")]: JSON.stringify(project) });
  }
  return Object.keys(graph.nodes).length;
}

/** What one would write by hand: a project for each program, a target for each worker. */
function writeByHand(root, size) {
  for (const app of namesOf(size)) {
    const targets = ["api", "processor"].flatMap((block) => {
      const file = `apps/${app}/${app}.tova`;
      const options = { file, block };
      const outputs = [`{projectRoot}/.tova-out/${app}.edge.${block}.js`];
      return [
        [`build-${block}`, { executor: "nx-tova:build", cache: true, options, outputs }],
        [`deploy-${block}`, { executor: "nx-tova:deploy", options }],
      ];
    });
    const project = { name: app, targets: Object.fromEntries(targets) };
    write(root, { [`apps/${app}/project.json`]: JSON.stringify(project) });
  }
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const seconds = (list) => (median(list) / 1000).toFixed(2);

/** A graph as in a clone without any cache. */
function showCold(root, env) {
  rmSync(join(root, ".nx"), { recursive: true, force: true });
  return nx(root, ["show", "projects"], env);
}

function measure(workspaces) {
  const times = workspaces.map(() => ({ cold: [], warm: [] }));
  const unsealed = [];
  const graph = ({ marks }) => marks.get("createProjectGraphAsync");
  for (let round = 0; round < rounds; round++) {
    const [{ root: tova }] = workspaces;
    unsealed.push(graph(showCold(tova, { NX_TOVA_SEALS: "false" })));
    for (const [at, { root }] of workspaces.entries()) {
      times[at].cold.push(graph(showCold(root)));
      times[at].warm.push(graph(nx(root, ["show", "projects"])));
    }
  }
  return { times, unsealed };
}

/** A workspace of programs with their manifests, and the same projects with the plugin and without. */
function createPair(size) {
  const plugins = ["nx-tova/plugin"];
  const tova = createWorkspace("tova", size, plugins);
  // The manifests, which are committed, and the commit of a clone.
  nx(tova, ["sync"]);
  commit(tova);
  const same = createWorkspace("same", size, plugins, "txt");
  const equal = createWorkspace("equal", size, []);
  const projects = writeOut(tova, same, equal);
  for (const root of [same, equal]) commit(root);
  return { tova, same, equal, projects };
}

/** Of the log that Nx's daemon of a workspace keeps. */
function countGraphs(root) {
  const data = join(root, ".nx/workspace-data");
  const logs = readdirSync(data, { recursive: true }).filter((path) => path.endsWith("daemon.log"));
  const texts = logs.map((log) => readFileSync(join(data, log), "utf8"));
  return texts.join("\n").split("'nx-tova:createNodes'").length - 1;
}

/** How often the daemon asks the plugin for nodes, over as many builds from the cache as there are rounds. */
function countAsked(root, build) {
  const env = { NX_DAEMON: "true" };
  try {
    // It begins with a graph, and makes another for what the first build writes.
    for (let run = 0; run < 2; run++) nx(root, build, env);
    const before = countGraphs(root);
    for (let round = 0; round < rounds; round++) nx(root, build, env);
    return countGraphs(root) - before;
  } finally {
    nx(root, ["daemon", "--stop"], env);
  }
}

/** A build that comes from the cache, the plugin's own work in it, and the same without the plugin. */
function measureBuild({ tova, equal }, size) {
  const build = ["build", `${namesOf(size)[size >> 1]}-api`];
  for (const root of [tova, equal]) nx(root, build);
  const runs = Array.from({ length: rounds }, () => ({
    graph: nx(tova, ["show", "projects"]),
    with: nx(tova, build),
    without: nx(equal, build),
  }));
  const isCached = ({ output }) => /existing outputs match|local cache/.test(output);
  if (!runs.every((run) => isCached(run.with) && isCached(run.without))) {
    throw new Error("a build did not come from the cache");
  }
  const mark = (of, name) => runs.map((run) => run[of].marks.get(name) ?? 0);
  return {
    wall: median(runs.map((run) => run.with.wall)),
    without: median(runs.map((run) => run.without.wall)),
    nodes: median(mark("with", "nx-tova:createNodes")),
    // Nx shows no mark of edges once tasks run: they are those of the graphs.
    edges: median(mark("graph", "nx-tova:createDependencies")),
    files: median(mark("without", "nx/core/project-json:createNodes")),
    asked: countAsked(tova, build),
  };
}

function showBuilds(sizes) {
  console.log(
    "\n| programs | build from the cache s | nodes s | edges s | both, of the build | as project.json s | its nodes, of that build | more than project.json | nodes asked for by the daemon |",
  );
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  const percent = (part, whole) => `${((part / whole) * 100).toFixed(1)} %`;
  const s = (ms) => (ms / 1000).toFixed(3);
  for (const [size, pair] of sizes) {
    const { wall, without, nodes, edges, files, asked } = measureBuild(pair, size);
    console.log(
      `| ${size} | ${s(wall)} | ${s(nodes)} | ${s(edges)} | ${percent(nodes + edges, wall)} | ${s(without)} | ${percent(files, without)} | ${percent(wall - without, wall)} | ${asked} |`,
    );
  }
}

try {
  const pair = createPair(count);
  const hand = createWorkspace("hand", count, []);
  writeByHand(hand, count);
  commit(hand);
  const { tova, same, equal, projects } = pair;
  const workspaces = [
    { title: `${count} .tova files, ${projects} projects`, root: tova },
    { title: `the same projects, ${projects} project.json files`, root: same },
    { title: "the same without the plugin", root: equal },
    { title: `${count} project.json files, ${count} projects`, root: hand },
  ];
  const { times, unsealed } = measure(workspaces);
  console.log(`${rounds} rounds, median seconds; cold: without .nx, warm: the next run\n`);
  console.log(
    "| workspace | graph, cold s | of the same projects | of those without the plugin | graph, warm s | of the same projects | of those without the plugin |",
  );
  console.log("| --- | --- | --- | --- | --- | --- | --- |");
  for (const [at, { title }] of workspaces.entries()) {
    const { cold, warm } = times[at];
    const share = (kind, other) => (median(times[at][kind]) / median(other[kind])).toFixed(2);
    const shares = (kind) =>
      times
        .slice(1, 3)
        .map((other) => share(kind, other))
        .join(" | ");
    console.log(
      `| ${title} | ${seconds(cold)} | ${shares("cold")} | ${seconds(warm)} | ${shares("warm")} |`,
    );
  }
  console.log(`\nThe first, cold and without seals: ${seconds(unsealed)} s.`);
  const smaller = [1, 10, 100, 1000].filter((size) => size < count);
  showBuilds([...smaller.map((size) => [size, createPair(size)]), [count, pair]]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
