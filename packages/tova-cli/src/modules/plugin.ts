// The files around a program and the code of each in, an esbuild plugin that joins them out.
import { readFile } from "node:fs/promises";
import { createRequire, isBuiltin } from "node:module";
import { dirname, join, posix } from "node:path";
import type { OnResolveArgs, Plugin, PluginBuild } from "esbuild";
import { runtimeModule } from "tova-codegen";
import type { ModuleGraph } from "./graph";
import type { PlatformModules } from "./platform-modules";

/** JavaScript with its map beside it. */
export interface MappedCode {
  readonly code: string;
  readonly map: string;
}

/** esbuild chains the map of a source to that of the bundle when it stands in the source. */
function withInlineMap({ code, map }: MappedCode): string {
  const data = Buffer.from(map).toString("base64");
  const comment = `//# sourceMappingURL=data:application/json;base64,${data}\n`;
  return code.replace(/\/\/# sourceMappingURL=.*\n$/, () => comment);
}

/** True for a source of the bundle's map that is a helper, or glue of this plugin. */
export const isGlue = (source: string): boolean => /^(tova|required|library):/.test(source);

/** Modules of the platform stay imports; one that is not used goes away, as it has no effect. */
const external = (path: string) => ({ path, external: true, sideEffects: false });

/** A `require` has no meaning in a worker: it becomes an import of a module made for it. */
const platformModule = ({ kind }: OnResolveArgs, path: string) =>
  kind === "require-call" ? { path, namespace: "required" } : external(path);

function addPlatform(build: PluginBuild, { own }: PlatformModules): void {
  build.onResolve({ filter: own }, (args) => platformModule(args, args.path));
  build.onResolve({ filter: /^[a-z]/ }, async (args) => {
    if (!isBuiltin(args.path) || args.pluginData === "installed") return undefined;
    // A package of the same name comes first, and so does what its importer says of it.
    const { path, kind, importer, namespace, resolveDir } = args;
    const options = { kind, importer, namespace, resolveDir, pluginData: "installed" };
    const { errors, external } = await build.resolve(path, options);
    return errors.length === 0 && !external ? undefined : platformModule(args, `node:${path}`);
  });
  build.onLoad({ filter: /.*/, namespace: "required" }, ({ path }) => ({
    contents: `import value from ${JSON.stringify(path)};\nmodule.exports = value;\n`,
  }));
}

/** What a `require` of Node's is in the place of the output; such a module cannot have `module` too. */
const nodeRequire = "./node-require";

/** Packages that are not in the bundle stay imports; a `require` asks Node when it is reached. */
function addRequire(build: PluginBuild): void {
  const inside = (path: string) => ({ path, namespace: "required" });
  build.onResolve({ filter: /^[^./#]/ }, ({ kind, path }) =>
    kind === "require-call" ? inside(path) : undefined,
  );
  build.onResolve({ filter: /^\./, namespace: "required" }, ({ path }) => inside(path));
  build.onLoad({ filter: /.*/, namespace: "required" }, ({ path }) => ({
    contents:
      path === nodeRequire
        ? 'import { createRequire } from "node:module";\nexport default createRequire(import.meta.url);\n'
        : `import ask from "${nodeRequire}";\nmodule.exports = ask(${JSON.stringify(path)});\n`,
  }));
}

/** Helpers are modules of their own, so that a worker carries each once, and only what it uses. */
function addRuntime(build: PluginBuild): void {
  build.onResolve({ filter: /^tova:/ }, ({ path }) => ({
    path: path.slice("tova:".length),
    namespace: "tova",
    sideEffects: false,
  }));
  build.onLoad({ filter: /.*/, namespace: "tova" }, ({ path }) => ({
    contents: runtimeModule(`tova:${path}`) ?? "",
  }));
}

/**
 * Libraries that workers carry, by the module they are imported as: for tokens of public keys, and
 * for signatures of requests to AWS. The names of their modules are beside what Node would require.
 */
const libraries: Readonly<Record<string, string>> = {
  jose: "index.js",
  aws4fetch: "aws4fetch.esm.mjs",
};

/**
 * A library is this package's own, wherever it is installed, and no concern of the program's folder;
 * so its files have names that are the same everywhere.
 */
function addLibraries(build: PluginBuild): void {
  const inside = (path: string) => ({ path, namespace: "library", sideEffects: false });
  const { resolve } = createRequire(__filename);
  build.onResolve({ filter: /^tova:/ }, ({ path }) => {
    const name = path.slice("tova:".length);
    const entry = Object.hasOwn(libraries, name) ? libraries[name] : undefined;
    return entry === undefined ? undefined : inside(`${name}/${entry}`);
  });
  build.onResolve({ filter: /^\./, namespace: "library" }, ({ importer, path }) =>
    inside(posix.join(posix.dirname(importer), path)),
  );
  build.onLoad({ filter: /.*/, namespace: "library" }, async ({ path }) => {
    const [name = "", ...rest] = path.split("/");
    return { contents: await readFile(join(dirname(resolve(name)), ...rest), "utf8") };
  });
}

function addFiles(
  build: PluginBuild,
  { modules }: ModuleGraph,
  codes: ReadonlyMap<string, MappedCode>,
): void {
  build.onResolve({ filter: /.*/, namespace: "file" }, ({ importer, path }) => {
    const file = modules.get(importer)?.files.get(path);
    return file === undefined ? undefined : { path: file };
  });
  build.onLoad({ filter: /\.(tova|json)$/, namespace: "file" }, ({ path }) => {
    const module = modules.get(path);
    if (module === undefined) return undefined;
    if (path.endsWith(".json")) return { contents: module.text, loader: "json" };
    const code = codes.get(path);
    return code === undefined
      ? undefined
      : { contents: withInlineMap(code), loader: "js", resolveDir: dirname(path) };
  });
}

/**
 * Makes the plugin for one worker of a program, or for a program outside workers.
 * @param codes by path: the worker or program, and the modules it needs
 */
export function bundlePlugin(
  graph: ModuleGraph,
  codes: ReadonlyMap<string, MappedCode>,
  platform: PlatformModules,
): Plugin {
  return {
    name: "tova",
    setup(build) {
      addFiles(build, graph, codes);
      addLibraries(build);
      addRuntime(build);
      if (platform.keepsPackages) addRequire(build);
      addPlatform(build, platform);
    },
  };
}
