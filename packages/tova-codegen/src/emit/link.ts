// Names of runtime helpers → the JavaScript of them and of what they need, for one worker.
import { type HelperName, type RuntimeHelper, runtime } from "../generated/runtime";

const helpers: ReadonlyMap<string, RuntimeHelper> = new Map(Object.entries(runtime));

/**
 * The declarations of helpers, each once, those that others need first; the same text for the same
 * names, in whatever order they come.
 * @param used names without their `$`
 */
export function link(used: Iterable<HelperName>): string {
  const linked: string[] = [];
  const visited = new Set<HelperName>();
  const add = (name: HelperName): void => {
    if (visited.has(name)) return;
    visited.add(name);
    const helper = helpers.get(name);
    if (!helper) return;
    helper.needs.forEach(add);
    linked.push(helper.code);
  };
  [...used].sort().forEach(add);
  return linked.join("\n");
}

/** What bundled modules import a helper from; no file or package has such a name. */
const prefix = "tova:";

/** The imports of helpers, for a module that a bundler joins with others which use them too. */
export function importHelpers(used: Iterable<HelperName>): readonly string[] {
  return [...used].sort().map((name) => `import { $${name} } from "${prefix}${name}";`);
}

/**
 * The module that `tova:<name>` stands for in code that is to be bundled.
 * @returns null for a name that no helper has
 */
export function runtimeModule(specifier: string): string | null {
  if (!specifier.startsWith(prefix)) return null;
  const name = specifier.slice(prefix.length);
  const helper = helpers.get(name);
  if (!helper) return null;
  const { code, needs } = helper;
  return [...importHelpers(needs), code, `export { $${name} };`, ""].join("\n");
}
