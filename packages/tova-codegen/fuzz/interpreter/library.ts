// The modules of the standard library → its functions by their names in Tova (spec 14). They are
// tested on their own; here they only have to be the same for both sides.
import { names, otherNames } from "../../src/runtime/builtins";
import * as checks from "../../src/runtime/checks";
import * as convert from "../../src/runtime/convert";
import * as json from "../../src/runtime/json";
import * as lists from "../../src/runtime/lists";
import * as moreLists from "../../src/runtime/lists-more";
import * as methods from "../../src/runtime/methods";
import * as numbers from "../../src/runtime/numbers";
import * as moreNumbers from "../../src/runtime/numbers-more";
import * as objects from "../../src/runtime/objects";
import * as order from "../../src/runtime/order";
import * as result from "../../src/runtime/result";
import * as text from "../../src/runtime/text";
import * as moreText from "../../src/runtime/text-more";
import * as time from "../../src/runtime/time";

const modules: Readonly<Record<string, unknown>> = {
  ...{ ...lists, ...moreLists, ...objects, ...order, ...result, ...text, ...moreText },
  ...{ ...checks, ...convert, ...json, ...numbers, ...moreNumbers, ...time },
};

const camelCase = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Every function of the library that needs no platform, in snake_case and camelCase. */
export const library: ReadonlyMap<string, unknown> = new Map(
  [
    ...names.flatMap((line) => line.split(" ")).map((name) => [name, camelCase(name)] as const),
    ...Object.entries(otherNames),
  ].flatMap(([name, helper]) => [
    [name, modules[helper]] as const,
    [camelCase(name), modules[helper]] as const,
  ]),
);

/** The library's function for a method that only Tova has; undefined for any other name. */
export function libraryMethod(
  name: string,
): ((receiver: unknown, ...args: unknown[]) => unknown) | undefined {
  const helper = camelCase(`method_${name}`);
  return (methods as Readonly<Record<string, unknown>>)[helper] as ReturnType<typeof libraryMethod>;
}
