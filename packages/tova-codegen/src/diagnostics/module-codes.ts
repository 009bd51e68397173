// Codes of imports and exports (spec 9).
import { define } from "./define";
import { nearest, suggest } from "./nearest";

export const moduleCodes = {
  missingModule: define<{ path: string; specifier: string; known: readonly string[] }>(
    "E400",
    "error",
    ({ path }) => `There is no file \`${path}\` to import.`,
    ({ specifier, known }) => {
      const meant = nearest(specifier, known);
      if (meant === null) return "Check the path; it is relative to this file.";
      return `Did you mean \`${meant}\`?`;
    },
  ),
  folderImport: define<{ path: string }>(
    "E400",
    "error",
    ({ path }) => `\`${path}\` is a folder and cannot be imported.`,
    ({ path }) => `Name the file in it, for example \`${path}/index.tova\`.`,
  ),
  unreadableModule: define<{ path: string; reason: string }>(
    "E400",
    "error",
    ({ path, reason }) => `\`${path}\` cannot be imported: ${reason}`,
    "Correct that file, or import another.",
  ),
  missingPackage: define<{ name: string }>(
    "E400",
    "error",
    ({ name }) => `The package \`${name}\` is not installed.`,
    ({ name }) => `Run \`npm install ${name}\`, or start the path of a file with \`./\`.`,
  ),
  addressImport: define<{ specifier: string }>(
    "E400",
    "error",
    ({ specifier }) => `\`${specifier}\` is neither the path of a file nor the name of a package.`,
    "Import `./file.tova`, or a package that is installed.",
  ),
  circularImport: define<{ files: readonly string[] }>(
    "E401",
    "error",
    ({ files }) => `This import goes round in a circle: ${files.join(" → ")}.`,
    "Move what the files share into one that imports none of them.",
  ),
  missingExport: define<{ name: string; from: string; known: readonly string[] }>(
    "E400",
    "error",
    ({ name, from }) =>
      name === "default"
        ? `\`${from}\` has no default export.`
        : `\`${from}\` does not export \`${name}\`.`,
    ({ name, known }) =>
      known.length === 0
        ? "Write `pub` before what it shall export."
        : name === "default"
          ? `Import its names: \`{ ${known.slice(0, 5).join(", ")} }\`.`
          : suggest(name, known.slice(0, 50)),
  ),
  bundleFailed: define<{ name: string; reason: string }>(
    "E400",
    "error",
    ({ name, reason }) => `\`${name}\` cannot be bundled: ${reason}`,
    "Correct what it names, or import something else.",
  ),
  nativePackage: define<{ name: string }>(
    "E_PACKAGE_NOT_FOR_WORKERS",
    "error",
    ({ name }) => `\`${name}\` cannot run on workers: it loads code compiled for one machine.`,
    "Use a package of plain JavaScript or WebAssembly instead.",
  ),
  nodePackage: define<{ name: string; modules: readonly string[] }>(
    "W_PACKAGE_NEEDS_NODE",
    "warning",
    ({ name, modules }) =>
      `\`${name}\` uses ${modules.join(", ")}, which workers have in name only: calls will fail.`,
    "Make sure that what you use of it needs none of that, or use another package.",
  ),
  nestedImport: define<object>(
    "E400",
    "error",
    () => "An import stands inside a block of code.",
    "Move it to the top of the file.",
  ),
  undefinedExport: define<{ name: string; known: readonly string[] }>(
    "E400",
    "error",
    ({ name }) => `\`${name}\` is exported but defined nowhere in this file.`,
    ({ name, known }) =>
      known.length === 0 ? "Define it, or remove it here." : suggest(name, known.slice(0, 50)),
  ),
  duplicateExport: define<{ name: string }>(
    "E201",
    "error",
    ({ name }) => `\`${name}\` is exported twice.`,
    "Remove one of the two, or rename it with `as`.",
  ),
  duplicateDefaultExport: define<object>(
    "W_DUPLICATE_DEFAULT_EXPORT",
    "error",
    () => "The file has a second default export.",
    "Keep one, and export the others by name.",
  ),
};
