// A workspace whose files a generator has just written in, their manifests brought up to date out.
import { spawnSync } from "node:child_process";
import { logger, workspaceRoot } from "@nx/devkit";

/**
 * Runs `nx sync` as a process of its own: the graph of this one was made before the files were.
 * What fails is said and left to the next `nx sync`, as the generator's files are all there.
 */
export function syncManifests(): void {
  const nx = require.resolve("nx/bin/nx.js", { paths: [workspaceRoot, __dirname] });
  const { status, stdout, stderr } = spawnSync(process.execPath, [nx, "sync"], {
    cwd: workspaceRoot,
    encoding: "utf8",
    // The daemon may not have seen the new files yet.
    env: { ...process.env, NX_DAEMON: "false", NX_TUI: "false" },
  });
  if (status !== 0) logger.warn(`\`nx sync\` failed; run it again.\n${stdout}${stderr}`);
}
