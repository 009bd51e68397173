// An edge block → the environment of a worker whose platform hands it none.
import type { Binding, EdgeBlock } from "../../model/program";
import type { Context } from "../context";
import { emitKey, suppliedBy } from "../literal";
import { braces, type Code } from "../writer";

/** How a platform supplies what a worker is bound to. */
export interface Supply {
  /** Reads a variable or secret; undefined or null where it is not set. */
  variable(name: string): Code;
  /** Opens a store or queue; null for one that the platform does not have. */
  binding(binding: Binding): Code | null;
}

/** Emits `$supplied`, once a process or isolate what Cloudflare gives each call as `env`. */
export function emitSupplied(cx: Context, block: EdgeBlock, supply: Supply): void {
  const bindings = block.bindings.map(
    (binding): Code => [emitKey(binding.name), ": ", supply.binding(binding) ?? "null", ","],
  );
  const variables = [...block.env, ...block.secrets].map(
    ({ name }): Code => [emitKey(name), ": ", supply.variable(name), ","],
  );
  cx.out.push(["const $supplied = ", braces([...bindings, ...variables]), ";"]);
}

/** A variable of `process.env`. */
export const processVariable = (name: string): string => suppliedBy("process.env", name);
