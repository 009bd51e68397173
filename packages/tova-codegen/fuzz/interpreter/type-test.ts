// A value and a type's name or form → whether the value is of that type (spec 2, 6).
import type { ast } from "tova-parser";
import { isOfType, tagOf } from "./operators";
import { testOf } from "./refinement";
import { find, type Scope } from "./scope";
import { Alias, fieldsOf } from "./types";

/** `value is name`, at a place of the source. */
export function isOf(scope: Scope, name: string, at: number, value: unknown): boolean {
  const defined = find(scope, name, at)?.value;
  const fields = fieldsOf(defined);
  if (fields) {
    return fields.tag === null
      ? value instanceof (defined as () => void)
      : tagOf(value) === fields.tag;
  }
  if (defined instanceof Alias) {
    return defined.node.alias.some((form) => isOfForm(defined.scope, form, value));
  }
  return testOf(defined)?.(value) ?? isOfType(value, name);
}

/** Whether a value fits a type expression; `wide` takes whole numbers for `Float` too. */
export function isOfForm(
  scope: Scope,
  { form, from }: ast.TypeExpression,
  value: unknown,
  wide = false,
): boolean {
  switch (form.kind) {
    case "name":
      if (wide && form.name === "Float") return typeof value === "number";
      return isOf(scope, form.name, from, value);
    case "union":
      return form.members.some((member) => isOfForm(scope, member, value, wide));
    case "function":
      return typeof value === "function";
    default:
      return Array.isArray(value);
  }
}
