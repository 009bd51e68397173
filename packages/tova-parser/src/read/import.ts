// Nodes of imports, and of the names in imports and exports, to the typed tree.
import type { Import, Name, StringLiteral } from "../ast";
import type { NodeReader } from "./cursor";
import { readString } from "./string";

export function readImport(r: NodeReader): Import {
  const { from, to } = r;
  let from_: StringLiteral = { kind: "String", from: to, to, parts: [] };
  let fallback: Name | null = null;
  let namespace: Name | null = null;
  let all = false;
  const names: { imported: Name; local: Name }[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "*") all = true;
    else if (type === "VariableDefinition") {
      if (all) namespace = r.name();
      else fallback = r.name();
    } else if (type === "String") from_ = readString(r);
    else if (type === "ImportClause") {
      for (let child = r.first(); child; child = r.next()) {
        if (child !== "ImportName") continue;
        const [imported, local] = readNames(r);
        if (imported) names.push({ imported, local: local ?? imported });
      }
    }
  }
  return { kind: "Import", from, to, from_, fallback, namespace, names };
}

/** Reads the names of an `ImportName` or `ExportName`: as there, and as here. */
export function readNames(r: NodeReader): Name[] {
  const names: Name[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "PropertyName" || type === "VariableDefinition") names.push(r.name());
  }
  return names;
}
