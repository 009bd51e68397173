// Files in, a program beside a stand-in for Cloudflare that tools of this process then talk to out.
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "../src/logger";
import { type FakeCloudflare, startFakeCloudflare } from "./fake/server";
import { createRecorder, createWorkspace, type Workspace } from "./workspace";

/** A program, its account, and what running a tool on it gave. */
export interface CloudflareProject {
  readonly cloudflare: FakeCloudflare;
  readonly workspace: Workspace;
  run(tool: Tool, options?: object): Promise<ToolRun>;
  close(): Promise<void>;
}

type Tool = (options: {
  file: string;
  cwd: string;
  log: Logger;
}) => Promise<{ readonly exitCode: number }>;

/** How a tool ended and what it wrote. */
export interface ToolRun {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

/** Makes the files and starts the server, on which only the given queues exist. */
export async function createCloudflareProject(
  files: Record<string, string>,
  queues: readonly string[] = [],
): Promise<CloudflareProject> {
  const cloudflare = await startFakeCloudflare(queues);
  const workspace = createWorkspace(files);
  // wrangler is looked for from the program's folder.
  symlinkSync(join(__dirname, "../../../node_modules"), workspace.path("node_modules"));
  return {
    cloudflare,
    workspace,
    async run(tool, options = {}) {
      const before = { ...process.env };
      Object.assign(process.env, cloudflare.env);
      const log = createRecorder();
      try {
        const given = { file: "app.tova", cwd: workspace.folder, log, ...options };
        const { exitCode } = await tool(given);
        const errors = [...log.errors, ...log.warnings].join("\n");
        return { exitCode, output: [...log.infos, errors].join("\n"), errors };
      } finally {
        process.env = before;
      }
    },
    async close() {
      await cloudflare.close();
      workspace.remove();
    },
  };
}
