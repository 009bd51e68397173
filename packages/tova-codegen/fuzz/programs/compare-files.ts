// A program of several files → how its bundled and its interpreted form differ, or null.
import { build, type Plugin } from "esbuild";
import { compile, type ModuleLink, runtimeModule } from "../../src";
import { interpreted, run } from "./compare";
import type { FileProgram } from "./modules";

/** Compiles each file by what those before it export, and bundles them as `tova build` does. */
export async function differenceOfFiles({ main, files }: FileProgram): Promise<string | null> {
  const modules = new Map<string, ModuleLink>();
  const codes: Record<string, string> = {};
  for (const [name, source] of [...Object.entries(files), ["./main", main] as const]) {
    const options = { fileName: `${name.slice(2)}.tova`, modules, as: "module" as const };
    const { program, exports, diagnostics } = compile(source, options);
    if (!program) {
      const error = diagnostics.find(({ severity }) => severity === "error");
      return `${name} is refused: ${error?.code} ${error?.line}:${error?.column} ${error?.message}`;
    }
    modules.set(name, { kind: "module", exports, open: false });
    codes[name] = program.code;
  }
  const expected = await interpreted(main, files);
  const code = await bundled(codes);
  const actual = await run(code);
  return actual === expected ? null : `prints\n${actual}\ninstead of\n${expected}\nby\n${code}`;
}

async function bundled(codes: Readonly<Record<string, string>>): Promise<string> {
  const load: Plugin = {
    name: "files",
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /.*/ }, ({ path }) => ({ path, namespace: "files" }));
      onLoad({ filter: /.*/ }, ({ path }) => ({
        contents: codes[path.replace(/\.js$/, "")] ?? runtimeModule(path) ?? "",
      }));
    },
  };
  const { outputFiles } = await build({
    ...{ entryPoints: ["./main"], bundle: true, write: false, format: "esm" },
    ...{ plugins: [load], logLevel: "silent", target: "es2024" },
  });
  const [output] = outputFiles ?? [];
  if (!output) throw new Error("esbuild gave no bundle");
  return output.text;
}
