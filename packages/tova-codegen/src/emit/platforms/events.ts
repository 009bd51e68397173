// The handlers of a worker → functions without arguments that a platform's clock or queue calls.
import type { Handlers } from "../handlers";
import { braces, type Code } from "../writer";

/** An async function that runs a job of the worker, bound to what `$supplied` has. */
export function emitJobFunction({ prologue }: Handlers, parameters: string, call: Code): Code {
  const bind = prologue.length > 0 ? ["const env = $supplied;", ...prologue] : [];
  const body = [...bind, ["await ", call, ";"] as Code];
  return [`async (${parameters}) => `, braces(body)];
}
