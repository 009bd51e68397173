// Names of runtime helpers → the JavaScript of them and of what they need, for one worker.
import { type HelperName, runtime } from "../generated/runtime";

/**
 * The declarations of helpers, each once, those that others need first; the same text for the same
 * names, in whatever order they come.
 * @param used names without their `$`
 */
export function link(used: Iterable<HelperName>): string {
  const linked = new Map<HelperName, string>();
  const visited = new Set<HelperName>();
  const add = (name: HelperName): void => {
    if (visited.has(name)) return;
    visited.add(name);
    const { code, needs } = runtime[name];
    needs.forEach(add);
    linked.set(name, code);
  };
  [...used].sort().forEach(add);
  return [...linked.values()].join("\n");
}
