// A program's files in, what git says of them out: which are not committed, whether all is pushed.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { type Problem, problems } from "../problems";
import type { Check } from "./check";
import { counted } from "./check";

/** The state of the files that a worker is made from. */
export interface GitState {
  /** Null outside a repository. */
  readonly commit: string | null;
  /** Changed or new files, as git names them. */
  readonly changed: readonly string[];
  /** Commits that the branch's remote has not; null for a branch without one. */
  readonly unpushed: number | null;
  /** Null when no branch is checked out, as in CI. */
  readonly branch: string | null;
}

const run = promisify(execFile);

const outside: GitState = { commit: null, changed: [], unpushed: 0, branch: null };

/** How many fields stand before the path, by what opens a line. */
const fieldsBefore: Readonly<Record<string, number>> = { "?": 1, "1": 8, "2": 9, u: 10 };

/** The path of a line; of a renamed file the new one, behind which a tab and the old one stand. */
function pathIn(line: string): string {
  const [path = line] = line.split(" ").slice(fieldsBefore[line.charAt(0)]).join(" ").split("\t");
  return path;
}

/** Reads porcelain v2 (git-scm.com/docs/git-status), which is stable. Never throws. */
export async function readGit(folder: string, files: readonly string[]): Promise<GitState> {
  // Names as they are: git would write those beyond ASCII in octal.
  const args = [
    "-c",
    "core.quotePath=false",
    "status",
    "--porcelain=v2",
    "--branch",
    "--untracked-files=all",
    "--",
  ];
  const present = files.filter((file) => existsSync(file));
  let text: string;
  try {
    text = (await run("git", ["-C", folder, ...args, ...present])).stdout;
  } catch {
    // No git, or no repository.
    return outside;
  }
  const header = (name: string) => new RegExp(`^# branch\\.${name} (.+)$`, "m").exec(text)?.[1];
  const branch = header("head") ?? "(detached)";
  const commit = header("oid") ?? "(initial)";
  const ahead = /^\+(\d+)/.exec(header("ab") ?? "")?.[1];
  return {
    commit: commit === "(initial)" ? null : commit,
    changed: text
      .split("\n")
      .filter((line) => /^[12u?] /.test(line))
      .map(pathIn),
    unpushed: ahead === undefined ? null : Number(ahead),
    branch: branch === "(detached)" ? null : branch,
  };
}

function warnings({ changed, unpushed, branch, commit }: GitState): Problem[] {
  const found: Problem[] = [];
  if (changed.length > 0) found.push(problems.uncommitted({ files: changed }));
  if (branch === null || commit === null) return found;
  if (unpushed === null || unpushed > 0) found.push(problems.unpushed({ branch, count: unpushed }));
  return found;
}

/** Never an error: what is deployed need not be what others can see, but someone should know. */
export function checkGit(state: GitState): Check {
  const { commit, changed, unpushed, branch } = state;
  const where = branch === null ? "" : ` on ${branch}`;
  const facts = [
    commit === null ? "no commit" : `${commit.slice(0, 7)}${where}`,
    ...(changed.length > 0 ? [`${counted(changed.length, "file")} not committed`] : []),
    ...(branch !== null && commit !== null && unpushed !== 0 ? ["not pushed"] : []),
  ];
  return { name: "git", fact: facts.join(", "), problems: warnings(state) };
}
