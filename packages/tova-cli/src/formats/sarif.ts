// What a check found → a SARIF 2.1.0 log, as code scanning of CI systems and editors reads it.
// The format: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
import { posix, win32 } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic } from "tova-codegen";
import type { Problem } from "../problems";
import { endOf, type Found } from "./found";

const schema = "https://json.schemastore.org/sarif-2.1.0.json";

/**
 * A path as a URI reference: relative ones stay relative to the root of the sources.
 * @param windows whether the path is one of Windows, which may begin with a drive
 */
export function artifactLocation(fileName: string, windows = process.platform === "win32"): object {
  const { isAbsolute, normalize } = windows ? win32 : posix;
  if (isAbsolute(fileName)) return { uri: pathToFileURL(normalize(fileName), { windows }).href };
  const path = fileName.split("/").map(encodeURIComponent).join("/");
  return { uri: path, uriBaseId: "%SRCROOT%" };
}

const text = ({ message, help }: Diagnostic | Problem): string =>
  help === undefined ? message : `${message} ${help}`;

function result(diagnostic: Diagnostic, rules: readonly string[], found: Found): object {
  const { code, severity, fileName, line, column } = diagnostic;
  const end = endOf(diagnostic, found);
  const region = {
    startLine: line,
    startColumn: column,
    endLine: end.line,
    endColumn: end.column,
  };
  return {
    ruleId: code,
    ruleIndex: rules.indexOf(code),
    level: severity,
    message: { text: text(diagnostic) },
    locations: [{ physicalLocation: { artifactLocation: artifactLocation(fileName), region } }],
  };
}

/** What kept the tool from checking is no result, but a notification of the run. */
const notification = (problem: Problem): object => ({
  descriptor: { id: problem.code },
  level: problem.severity,
  message: { text: text(problem) },
});

/** The log, as JSON text. */
export function formatSarif(found: Found, version: string): string {
  const { diagnostics, problems, exitCode } = found;
  const rules = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const driver = {
    name: "tova",
    ...(/^\d/.test(version) ? { semanticVersion: version } : {}),
    rules: rules.map((id) => ({ id, help: { text: `Run \`tova explain ${id}\`.` } })),
  };
  const run = {
    tool: { driver },
    columnKind: "utf16CodeUnits",
    invocations: [
      {
        executionSuccessful: problems.length === 0,
        exitCode,
        ...(problems.length === 0
          ? {}
          : { toolExecutionNotifications: problems.map(notification) }),
      },
    ],
    results: diagnostics.map((diagnostic) => result(diagnostic, rules, found)),
  };
  return JSON.stringify({ $schema: schema, version: "2.1.0", runs: [run] }, null, 2);
}
