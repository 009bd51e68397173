// `derive [Eq, Show, JSON]` → functions of a record's type, or beside a type of variants (spec 6).
import type { ast } from "tova-parser";
import { define, type Scope } from "./scope";
import type { Constructor } from "./types";

type Value = Readonly<Record<string, unknown>>;

const fieldNames = (value: Value): string[] => Object.keys(value).filter((k) => k !== "__tag");

const equal = (left: Value, right: Value): boolean =>
  left.__tag === right.__tag && fieldNames(left).every((name) => left[name] === right[name]);

function shown(name: string, value: Value): string {
  const names = fieldNames(value);
  const fields = names.map((field) => `${field}: ${JSON.stringify(value[field])}`);
  return names.length === 0 && value.__tag ? name : `${name}(${fields.join(", ")})`;
}

/** Defines what a type derives; `record` is the constructor of a record, null for variants. */
export function defineDerived(
  scope: Scope,
  { name: { name }, derives, fields }: ast.TypeDeclaration,
  record: Constructor | null,
): void {
  const made: Record<string, Record<string, unknown>> = {
    Eq: { __eq: equal },
    Show: { __show: (value: Value) => shown(String(value.__tag ?? name), value) },
    JSON: {
      toJSON: (value: unknown) => JSON.stringify(value),
      fromJSON: (text: string) => {
        const value = JSON.parse(text);
        return record?.(...fields.map((field) => value[field.name]));
      },
    },
  };
  for (const [key, each] of derives.flatMap((trait) => Object.entries(made[trait.name] ?? {}))) {
    if (record) record[key] = each;
    else if (key !== "fromJSON")
      define(scope, `__${key.replace("__", "")}_${name}`, each, { from: -1 });
  }
}
