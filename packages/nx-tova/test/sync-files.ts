// A workspace on disk in, its manifests brought up to date as `nx sync` does, without starting Nx.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ProjectConfiguration, Tree } from "@nx/devkit";
import { type SyncOptions, syncManifests } from "../src/generators/sync/generator";
import { createNodes } from "../src/plugin";

/** Gives what each manifest was missing. */
export async function syncFiles(
  root: string,
  sources: string[],
  options: SyncOptions = {},
): Promise<string[]> {
  const context = { workspaceRoot: root, nxJsonConfiguration: {} };
  const nodes = await createNodes[1](sources, undefined, context);
  const projects: Record<string, ProjectConfiguration> = Object.assign(
    {},
    ...nodes.map(([, result]) => result.projects),
  );
  const path = (file: string) => join(root, file);
  const files = {
    exists: (file: string) => existsSync(path(file)),
    isFile: (file: string) => statSync(path(file)).isFile(),
    read: (file: string) => readFileSync(path(file), "utf8"),
    write(file: string, content: string) {
      mkdirSync(dirname(path(file)), { recursive: true });
      writeFileSync(path(file), content);
    },
  };
  return syncManifests(files as unknown as Tree, projects, root, options);
}
