// A name as a program writes it → what the standard library has under it (spec 14).
import { builtins, type HelperName, methods, namespaces } from "../generated/runtime";

type Table = ReadonlyMap<string, HelperName>;

/** Maps, as a program may use any name, `constructor` too. */
const tableOf = (names: Readonly<Record<string, HelperName>>): Table =>
  new Map(Object.entries(names));

/** Functions and values by name. */
export const library: Table = tableOf(builtins);

/** Methods that only Tova has. */
export const libraryMethods: Table = tableOf(methods);

/** What `str`, `Regex` and the like have, by name. */
export const libraryNamespaces: ReadonlyMap<string, Table> = new Map(
  Object.entries(namespaces).map(([name, members]) => [name, tableOf(members)]),
);
