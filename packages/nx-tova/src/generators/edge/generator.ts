// Takes a name and a source file, gives the file one edge block more; the rest stays as it is.
import { type GeneratorCallback, names, type Tree } from "@nx/devkit";
import { addEdgeBlock, type TargetName } from "tova-codegen";
import { syncManifests } from "../sync-manifests";

export interface EdgeOptions {
  readonly name: string;
  readonly file: string;
  /** @default "cloudflare" */
  readonly target?: TargetName;
}

/** What a new worker does: it says that it is there. */
const body = (name: string): readonly string[] => [
  "",
  'health "/healthz"',
  "",
  `route GET "/${names(name).fileName}" => fn(req) {`,
  `\t{ worker: ${JSON.stringify(name)} }`,
  "}",
];

/** Adds an edge block. @throws Error when the file or the name does not allow it; nothing changes */
export default function edge(tree: Tree, options: EdgeOptions): GeneratorCallback {
  const { name, file, target = "cloudflare" } = options;
  const source = tree.exists(file) && tree.isFile(file) ? tree.read(file, "utf-8") : null;
  if (source === null || !file.endsWith(".tova")) {
    throw new Error(`${file} is no Tova source file. Give its path from the workspace's root.`);
  }
  const { text, problem } = addEdgeBlock(source, { name, target, body: body(name) });
  if (text === null) throw new Error(`${file}: ${problem}`);
  tree.write(file, text);
  return syncManifests;
}
