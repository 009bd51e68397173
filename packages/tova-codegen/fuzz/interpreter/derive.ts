// `derive [Eq, Show, JSON]` → functions of a record's type, or beside a type of variants (spec 6).
import type { ast } from "tova-parser";
import { define, type Scope } from "./scope";
import type { Constructor } from "./types";

type Value = Readonly<Record<string, unknown>>;

/** The fields of a record as declared, of a variant as they are. */
const namesOf = (value: Value, declared: readonly string[] | null): readonly string[] =>
  declared ?? Object.keys(value).filter((name) => name !== "__tag");

const equal = (left: Value, right: Value, declared: readonly string[] | null): boolean =>
  left.__tag === right.__tag && namesOf(left, declared).every((name) => left[name] === right[name]);

function shown(name: string, value: Value, declared: readonly string[] | null): string {
  const names = namesOf(value, declared);
  const texts = names.map((field) => `${field}: ${JSON.stringify(value[field])}`);
  return names.length === 0 && !declared ? name : `${name}(${texts.join(", ")})`;
}

/** Defines what a type derives; `record` is the constructor of a record, null for variants. */
export function defineDerived(
  scope: Scope,
  { name: { name }, derives, fields }: ast.TypeDeclaration,
  record: Constructor | null,
): void {
  const declared = record && fields.map((field) => field.name);
  const made: Record<string, Record<string, unknown>> = {
    Eq: { __eq: (left: Value, right: Value) => equal(left, right, declared) },
    Show: {
      __show: (value: Value) => shown(record ? name : String(value.__tag), value, declared),
    },
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
