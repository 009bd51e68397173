// What is wrong with the workspace in; each of it shown once in a command of Nx, out.
import { readFileSync } from "node:fs";
import { openKept } from "./kept";

/** What the last command has warned of. */
interface Said {
  /** Its process. */
  readonly command: string;
  readonly messages: readonly string[];
}

/** Nx's own mark of a process that it starts for a plugin, a new one for each graph. */
const isPluginWorker = (): boolean =>
  (globalThis as { readonly NX_PLUGIN_WORKER?: unknown }).NX_PLUGIN_WORKER === true;

/** When a process was started, where the system tells: its number may have been another's before. */
function startOf(pid: number): string {
  try {
    const [, fields = ""] = /\) (.*)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return fields.split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

/** The command that this process is of. */
function commandNow(): string {
  const pid = isPluginWorker() ? process.ppid : process.pid;
  return `${pid} ${startOf(pid)}`;
}

/** Those that the command has not shown with an earlier graph: `nx sync` makes up to three. */
function unsaid(messages: readonly string[], workspaceRoot: string): readonly string[] {
  // The daemon makes one for each change, and is no command.
  if (process.env.NX_DAEMON_PROCESS === "true") return messages;
  const kept = openKept<Said>(workspaceRoot, "nx-tova-warnings.json");
  const command = commandNow();
  const last = kept.read();
  const said = last?.command === command ? last.messages : [];
  const news = messages.filter((message) => !said.includes(message));
  if (news.length > 0) kept.write({ command, messages: [...said, ...news] });
  return news;
}

/**
 * Shows each message once in a command, in the terminal also where the daemon makes the graph while a
 * command waits for it. Loading Nx's devkit takes longer than the graph of a thousand files: only when
 * there is something to say.
 */
export async function warn(messages: readonly string[], workspaceRoot: string): Promise<void> {
  if (messages.length === 0) return;
  const news = unsaid(messages, workspaceRoot);
  if (news.length === 0) return;
  const { logger } = await import("@nx/devkit");
  const { emitPluginWorkerLog } = await import("@nx/devkit/internal");
  const isForwarded = isPluginWorker() && emitPluginWorkerLog !== undefined;
  for (const message of news) {
    if (isForwarded) emitPluginWorkerLog("warn", message);
    else logger.warn(message);
  }
}
