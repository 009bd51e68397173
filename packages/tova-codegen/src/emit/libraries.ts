// A worker → what it needs of the libraries that bundling brings, and the imports of that.
import type { ModuleNeed } from "../model/modules";
import type { EdgeBlock } from "../model/program";
import type { Security } from "../model/security";
import { platformOf } from "./platforms";
import { securityNeeds } from "./security";
import { type Code, list } from "./writer";

/** By module, `tova:jose`; names are in the worker with a `$` before them. */
export function libraryNeeds(block: EdgeBlock, security: Security | null): readonly ModuleNeed[] {
  const { libraryNeeds: ofPlatform } = platformOf(block.target);
  return [...securityNeeds(block, security), ...(ofPlatform?.(block) ?? [])];
}

/** The imports of the same. */
export function emitLibraryImports(block: EdgeBlock, security: Security | null): readonly Code[] {
  return libraryNeeds(block, security).map(({ specifier, names }): Code => {
    const clauses = (names ?? []).map((name) => `${name} as $${name}`);
    return ["import { ", list(clauses), ` } from ${JSON.stringify(specifier)};`];
  });
}
