// A `tova` block of a page → the program it stands for, as files in a folder, and how it fares there.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { build } from "tova-cli";
import { compile, renderDiagnostic } from "tova-codegen";
import { runJavaScript } from "../../packages/tova-codegen/test/support/run-program";
import type { Block } from "./pages";

/** The name of a program in an example: what its diagnostics show. */
const fileName = "app.tova";

/** Members of an edge block become a block, which answers something. */
const around = (members: string): string =>
  `edge "docs" {\n${members}${/^\s*(route|schedule|consume|health)\b/m.test(members) ? "" : '  health "/healthz"\n'}}\n`;

/** The whole program of a block: see `docs/testing.md`. */
export function programOf({ text, marks, hidden }: Block): string {
  return `${marks.in === "edge" ? around(text) : text}${hidden === "" ? "" : `\n${hidden}\n`}`;
}

/** Values for the variables of a program: marks in capitals. */
export const variablesOf = ({ marks }: Block): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(marks).filter(([name]) => /^[A-Z]/.test(name)));

/** What the comments `// → …` of a program say that it prints, a line each. */
export const statedBy = (program: string): string =>
  [...program.matchAll(/\/\/ → (.*)$/gm)].map(([, line = ""]) => line.trim()).join("\n");

/** The codes and the rendering of what the compiler says of a program. */
export function diagnose(program: string): { codes: readonly string[]; shown: string } {
  const { diagnostics } = compile(program, { fileName });
  return {
    codes: diagnostics.map(({ code }) => code),
    shown: diagnostics.map((each) => renderDiagnostic(each, { [fileName]: program })).join("\n"),
  };
}

export interface Built {
  /** Errors and warnings, as shown. */
  readonly said: string;
  /** By file name: each worker's module, or the one of a plain program. */
  readonly modules: Readonly<Record<string, string>>;
}

/** Writes a program into a folder of its own and builds it as `tova build` does. */
export async function buildIn(folder: string, program: string): Promise<Built> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, fileName), program);
  const said: string[] = [];
  const note = (text: string) => void said.push(text);
  const log = { info: () => undefined, warn: note, error: note };
  const { files } = await build({ file: fileName, cwd: folder, log });
  const modules = files.filter((file) => file.endsWith(".js"));
  const read = (file: string) => [basename(file), readFileSync(file, "utf8")];
  return { said: said.join("\n"), modules: Object.fromEntries(modules.map(read)) };
}

/** Writes a block that is a file of its own, such as a migration, beside the programs of its page. */
export function writeBeside(folder: string, { marks, text }: Block): void {
  const path = join(folder, marks.file ?? "");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/**
 * Runs a plain program to its end: what it printed, and the same with each `print` on one line.
 * @throws Error with what stopped it
 */
export async function printedBy(code: string): Promise<{ text: string; lines: string }> {
  const { printed, thrown } = await runJavaScript(code);
  if (thrown !== null) throw new Error(thrown);
  const lines = printed.map((text) => text.replaceAll(/\n\s*/g, ""));
  return { text: printed.join("\n").trim(), lines: lines.join("\n").trim() };
}
