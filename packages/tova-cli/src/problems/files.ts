// Messages on files that tools read and write.
import { type PathArgs, problem, type ReasonArgs } from "./problem";

/** Part of `problems`. */
export const fileProblems = {
  noFile: problem<PathArgs>(
    "T001",
    "error",
    ({ path }) => `There is no file \`${path}\`.`,
    () => "Check the path; it is relative to the working directory.",
  ),
  isFolder: problem<PathArgs>(
    "T002",
    "error",
    ({ path }) => `\`${path}\` is a folder, not a file.`,
    ({ path }) =>
      path.endsWith(".toml") ? "Remove or rename the folder." : "Name the .tova file inside it.",
  ),
  notText: problem<PathArgs>(
    "T003",
    "error",
    ({ path }) => `\`${path}\` is not UTF-8 text.`,
    () => "Save it as UTF-8; a binary file cannot be compiled.",
  ),
  emptyFile: problem<PathArgs>(
    "T009",
    "error",
    ({ path }) => `\`${path}\` is empty, so there is nothing to compile.`,
    () => "Write a program into it, such as an `edge` block, or remove the file.",
  ),
  noWorkingDirectory: problem<object>(
    "T110",
    "error",
    () => "The working directory is gone: it was removed after it had been entered.",
    () => "Change to a folder that is there, and run the command again.",
  ),
  unreadable: problem<ReasonArgs>(
    "T004",
    "error",
    ({ path, reason }) => `\`${path}\` cannot be read: ${reason}.`,
    () => "Check the file's permissions.",
  ),
  brokenLink: problem<PathArgs & { target: string }>(
    "T005",
    "error",
    ({ path, target }) => `\`${path}\` is a link to \`${target}\`, which does not exist.`,
    () => "Restore the link's target, or remove the link.",
  ),
  noSource: problem<PathArgs>(
    "T006",
    "error",
    ({ path }) => `No file was named and \`${path}\` has no .tova file.`,
    () => "Name the file after the command, such as `apps/pipeline/pipeline.tova`.",
  ),
  manySources: problem<{ files: readonly string[] }>(
    "T007",
    "error",
    ({ files }) => `No file was named and there are several here: ${files.join(", ")}.`,
    ({ files }) => `Name one of them after the command, such as \`${files[0]}\`.`,
  ),
  notTova: problem<PathArgs>(
    "T008",
    "error",
    ({ path }) => `\`${path}\` is not a Tova program: its name does not end in .tova.`,
    () => "Name a .tova file.",
  ),
  unwritable: problem<ReasonArgs>(
    "T010",
    "error",
    ({ path, reason }) => `\`${path}\` cannot be written: ${reason}.`,
    () => "Check the permissions of its folder, and the space that is left.",
  ),
  outputIsFile: problem<PathArgs>(
    "T011",
    "error",
    ({ path }) => `The output folder \`${path}\` cannot be made: a file is in its way.`,
    () => "Move that file out of the way.",
  ),
  outputIsFolder: problem<PathArgs>(
    "T012",
    "error",
    ({ path }) => `\`${path}\` cannot be written: a folder has this name.`,
    () => "Move that folder out of the way.",
  ),
  notWatched: problem<ReasonArgs & { isLimit: boolean }>(
    "T013",
    "warning",
    ({ path, reason }) => `Changes of \`${path}\` cannot be seen: ${reason}.`,
    ({ isLimit }) =>
      isLimit
        ? "Raise the system's limit of watched files (fs.inotify.max_user_watches), then start again."
        : "Put the file right, then save the program.",
  ),
};
