// Times Nx's graph over generated workspaces, interleaved in one run: N programs of two blocks, the
// same projects written out as project.json files, and one project.json for each program; the first of
// them also as if no manifest had a seal; then a build from the cache, and the plugin's share of it.
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

const count = Number(process.argv[2] ?? 1000);
const rounds = Number(process.argv[3] ?? 5);
const repository = fileURLToPath(new URL("..", import.meta.url));
const ours = ["tova-parser", "tova-codegen", "tova-cli", "nx-tova"];
const seed = readFileSync(join(repository, "apps/pipeline/pipeline.tova"), "utf8");
const names = Array.from({ length: count }, (_, at) => `app${String(at).padStart(4, "0")}`);
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

/** A workspace with every program; a store or queue of one program is no other's. */
function createWorkspace(name, plugins) {
  const root = join(folder, name);
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
  for (const [at, app] of names.entries()) {
    const text = seed
      .replaceAll("PROCESS_QUEUE", `QUEUE_${at}`)
      .replaceAll("IMAGES", `IMAGES_${at}`);
    write(root, { [`apps/${app}/${app}.tova`]: text });
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
  const kept = Object.entries(process.env).filter(([key]) => !/^(NX_|FORCE_COLOR$)/.test(key));
  const start = performance.now();
  const run = spawnSync(process.execPath, [join(root, "node_modules/nx/dist/bin/nx.js"), ...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 30,
    env: {
      ...Object.fromEntries(kept),
      CI: "true",
      NO_COLOR: "1",
      NX_TUI: "false",
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
function writeOut(from, to) {
  nx(from, ["graph", "--file=graph.json"]);
  const { graph } = JSON.parse(readFileSync(join(from, "graph.json"), "utf8"));
  rmSync(join(from, "graph.json"));
  for (const { data } of Object.values(graph.nodes)) {
    const { root, name, sourceRoot, projectType, namedInputs, targets, metadata } = data;
    const project = { name, sourceRoot, projectType, namedInputs, targets, metadata };
    write(to, { [join(root, "project.json")]: JSON.stringify(project) });
  }
  return Object.keys(graph.nodes).length;
}

/** What one would write by hand: a project for each program, a target for each worker. */
function writeByHand(root) {
  for (const app of names) {
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
  const times = workspaces.map(() => ({ cold: [], warm: [], coldWall: [], warmWall: [] }));
  const unsealed = [];
  const edges = [];
  const graph = ({ marks }) => marks.get("createProjectGraphAsync");
  for (let round = 0; round < rounds; round++) {
    const [{ root: tova }] = workspaces;
    unsealed.push(graph(showCold(tova, { NX_TOVA_SEALS: "false" })));
    for (const [at, { root }] of workspaces.entries()) {
      const cold = showCold(root);
      const warm = nx(root, ["show", "projects"]);
      times[at].cold.push(graph(cold));
      times[at].coldWall.push(cold.wall);
      times[at].warm.push(graph(warm));
      times[at].warmWall.push(warm.wall);
      if (root === tova) edges.push(warm.marks.get("nx-tova:createDependencies"));
    }
  }
  return { times, unsealed, edges };
}

/** The plugin's own work in a build that comes from the cache. */
function measureBuild(root) {
  const project = `${names[count >> 1]}-api`;
  nx(root, ["build", project]);
  const runs = Array.from({ length: rounds }, () => nx(root, ["build", project]));
  if (!runs.every(({ output }) => /existing outputs match|local cache/.test(output))) {
    throw new Error("a build did not come from the cache");
  }
  return {
    nodes: runs.map(({ marks }) => marks.get("nx-tova:createNodes")),
    wall: runs.map(({ wall }) => wall),
  };
}

try {
  const tova = createWorkspace("tova", ["nx-tova/plugin"]);
  // The manifests, which are committed, and the commit of a clone.
  nx(tova, ["sync"]);
  const equal = createWorkspace("equal", []);
  const hand = createWorkspace("hand", []);
  commit(tova);
  const projects = writeOut(tova, equal);
  writeByHand(hand);
  commit(equal);
  commit(hand);
  const workspaces = [
    { title: `${count} .tova files, ${projects} projects`, root: tova },
    { title: `${projects} project.json files, the same projects`, root: equal },
    { title: `${count} project.json files, ${count} projects`, root: hand },
  ];
  const { times, unsealed, edges } = measure(workspaces);
  console.log(`${rounds} rounds, median seconds; cold: without .nx, warm: the next run\n`);
  console.log(
    "| workspace | graph, cold | of the same projects | graph, warm | of the same projects | whole command, cold | warm |",
  );
  console.log("| --- | --- | --- | --- | --- | --- | --- |");
  for (const [at, { title }] of workspaces.entries()) {
    const { cold, warm, coldWall, warmWall } = times[at];
    const share = (kind) => (median(times[at][kind]) / median(times[1][kind])).toFixed(2);
    console.log(
      `| ${title} | ${seconds(cold)} | ${share("cold")} | ${seconds(warm)} | ${share("warm")} | ${seconds(coldWall)} | ${seconds(warmWall)} |`,
    );
  }
  console.log(`\nThe first, cold and without seals: ${seconds(unsealed)} s.`);
  const { nodes, wall } = measureBuild(tova);
  // Nx shows no mark of edges once tasks run: they are those of the warm graphs.
  const share = (median(nodes) + median(edges)) / median(wall);
  console.log(
    `A build of one worker from the cache: ${seconds(wall)} s, of which the plugin ` +
      `${(median(nodes) / 1000).toFixed(3)} s for nodes and ${(median(edges) / 1000).toFixed(3)} s for edges: ${(share * 100).toFixed(1)} %.`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
