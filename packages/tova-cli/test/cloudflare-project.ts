// Files in, a program beside a stand-in for Cloudflare that tools then talk to out.
import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "../src/logger";
import { type FakeCloudflare, startFakeCloudflare } from "./fake/server";
import { addDatabase } from "./fake/stores";
import type { TovaCommand, TovaProcess } from "./tova-process";
import { createRecorder, createWorkspace, type Workspace } from "./workspace";

/** A program, its account, and what running a tool on it gave. */
export interface CloudflareProject {
  readonly cloudflare: FakeCloudflare;
  readonly workspace: Workspace;
  /** Runs a tool in this process. */
  run(tool: Tool, options?: object): Promise<ToolRun>;
  /** Starts a real `tova`, with all that wrangler writes in its output. */
  start(command: TovaCommand, ...args: string[]): TovaProcess;
  /** As {@link CloudflareProject.start}, and waits for its end. */
  tova(
    command: TovaCommand,
    ...args: string[]
  ): Promise<{ exitCode: number | null; output: string }>;
  /** What is left in the folder for temporary files, which only this project's commands have. */
  leftovers(): readonly string[];
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
  const temporary = workspace.path("temporary");
  mkdirSync(temporary);
  // Tests change the server's part.
  const env = () => ({ ...cloudflare.env, TMPDIR: temporary });
  const start: CloudflareProject["start"] = (command, ...args) =>
    command.start(args, { cwd: workspace.folder, env: env() });
  return {
    cloudflare,
    workspace,
    leftovers: () => readdirSync(temporary).filter((name) => name.startsWith("tova-")),
    start,
    async tova(command, ...args) {
      const tova = start(command, ...args);
      return { exitCode: await tova.ended, output: tova.output() };
    },
    async run(tool, options = {}) {
      const before = { ...process.env };
      Object.assign(process.env, env());
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

export const kvId = "0123456789abcdef0123456789abcdef";
export const sqlId = "01234567-89ab-cdef-0123-456789abcdef";
/** The ids of `notes` as they are in {@link provideStores}. */
export const ids = `[kv.NOTES]\nid = "${kvId}"\n[sql.DB]\nid = "${sqlId}"\n`;

/** Makes the stores of `notes` and applies a migration as wrangler would have. */
export async function provideStores(
  { cloudflare }: CloudflareProject,
  migrations: Readonly<Record<string, string>>,
): Promise<void> {
  cloudflare.namespaces.set("app-NOTES", kvId);
  const database = addDatabase(cloudflare.state, "app", sqlId);
  await database.all("CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY, name TEXT)");
  for (const [name, sql] of Object.entries(migrations)) {
    await database.all(sql);
    await database.all(`INSERT INTO d1_migrations (name) VALUES ('${name}')`);
  }
}
