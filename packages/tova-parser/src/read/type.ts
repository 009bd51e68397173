// Type expressions and declarations (spec 6) to the typed tree.
import type {
  Block,
  ConfigEntry,
  Expression,
  Field,
  FieldRule,
  Impl,
  Method,
  Name,
  Parameter,
  Trait,
  TypeDeclaration,
  TypeExpression,
  TypeForm,
  Variant,
} from "../ast";
import type { NodeReader } from "./cursor";
import { readConfigEntry } from "./edge";
import { isExpression, readExpression } from "./expression";
import { readParameters } from "./pattern";
import { isBlock, readBlock } from "./statement";

const typeNodes = new Set(["NamedType", "ArrayType", "TupleType", "FunctionType", "UnionType"]);

/** True for node types that {@link readType} reads. */
export function isType(type: string): boolean {
  return typeNodes.has(type);
}

/** Reads the type expression under the cursor. */
export function readType(r: NodeReader): TypeExpression {
  const { from, to, text } = r;
  const plain = r.type === "NamedType" && /^[\p{L}_$][\p{L}\p{N}\p{M}_$]*$/u.test(text);
  return { kind: "Type", from, to, text, name: plain ? text : null, form: readForm(r) };
}

function readForm(r: NodeReader): TypeForm {
  switch (r.type) {
    case "ArrayType":
      return { kind: "array", element: readTypes(r)[0] ?? null };
    case "TupleType":
      return { kind: "tuple", members: readTypes(r) };
    case "UnionType":
      return { kind: "union", members: readTypes(r) };
    case "FunctionType":
      return { kind: "function" };
    default:
      return readNamed(r);
  }
}

/** The types among the children. */
function readTypes(r: NodeReader): TypeExpression[] {
  const types: TypeExpression[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (isType(type)) types.push(readType(r));
  }
  return types;
}

function readNamed(r: NodeReader): TypeForm {
  let name = "Nil";
  let args: readonly TypeExpression[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "TypeName") name = r.text;
    else if (type === "TypeArgs") args = readTypes(r);
  }
  return { kind: "name", name, args };
}

/** Reads `: Type` or `-> Type`. */
export function readTypeAnnotation(r: NodeReader): TypeExpression | null {
  let result: TypeExpression | null = null;
  for (let type = r.first(); type; type = r.next()) {
    if (isType(type)) result = readType(r);
  }
  return result;
}

/** Reads a `TypeDeclaration`. */
export function readTypeDeclaration(r: NodeReader): TypeDeclaration {
  const { from, to } = r;
  let name: Name = { kind: "Name", from, to: from, name: "" };
  const fields: Field[] = [];
  const variants: Variant[] = [];
  const alias: TypeExpression[] = [];
  const derives: Name[] = [];
  const params: Name[] = [];
  let refinement: Block | null = null;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "TypeDefinition") name = r.name();
    else if (type === "TypeParams") {
      for (let child = r.first(); child; child = r.next()) {
        if (child === "TypeDefinition") params.push(r.name());
      }
    } else if (type === "TypeBody") readBody(r, fields, variants);
    else if (type === "UnionType") alias.push(...readTypes(r));
    else if (isType(type)) alias.push(readType(r));
    else if (type === "Refinement") {
      for (let child = r.first(); child; child = r.next()) {
        if (child === "Block") refinement = readBlock(r);
      }
    } else if (type === "Deriving") {
      for (let child = r.first(); child; child = r.next()) {
        if (child === "TypeName") derives.push(r.name());
      }
    }
  }
  return {
    kind: "TypeDeclaration",
    from,
    to,
    name,
    params,
    fields,
    variants,
    alias,
    refinement,
    derives,
  };
}

function readBody(r: NodeReader, fields: Field[], variants: Variant[]): void {
  for (let type = r.first(); type; type = r.next()) {
    if (type === "Field") fields.push(readField(r));
    else if (type === "Variant") variants.push(readVariant(r));
  }
}

function readField(r: NodeReader): Field {
  const { from, to } = r;
  let name = "";
  let fieldType: TypeExpression | null = null;
  const rules: FieldRule[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "FieldName") name = r.text;
    else if (isType(type)) fieldType = readType(r);
    else if (type === "FieldRules") {
      for (let child = r.first(); child; child = r.next()) {
        if (child === "ConfigEntry") rules.push(entryRule(readConfigEntry(r)));
        else if (isExpression(child)) rules.push(expressionRule(readExpression(r)));
      }
    }
  }
  return { kind: "Field", from, to, name, type: fieldType, rules };
}

const entryRule = ({ from, to, key, value }: ConfigEntry): FieldRule => {
  return { kind: "FieldRule", from, to, name: key.name, args: [value] };
};

function expressionRule(node: Expression): FieldRule {
  const { from, to } = node;
  if (node.kind === "Identifier") return { kind: "FieldRule", from, to, name: node.name, args: [] };
  if (node.kind !== "Call" || node.callee.kind !== "Identifier") {
    return { kind: "FieldRule", from, to, name: "", args: [] };
  }
  const { callee, args } = node;
  const plain = args.filter(
    (arg): arg is Expression => arg.kind !== "Spread" && arg.kind !== "NamedArgument",
  );
  const name = plain.length === args.length ? callee.name : "";
  return { kind: "FieldRule", from, to, name, args: plain };
}

function readVariant(r: NodeReader): Variant {
  const { from, to } = r;
  let name = "";
  const fields: Field[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "VariantName") name = r.text;
    else if (type === "VariantField") fields.push(readField(r));
  }
  return { kind: "Variant", from, to, name, fields };
}

/** Reads a `Method` or `MethodSignature`. */
function readMethod(r: NodeReader): Method {
  const { from, to } = r;
  let name: Name = { kind: "Name", from, to: from, name: "" };
  let params: readonly Parameter[] = [];
  let returns: TypeExpression | null = null;
  let body: Block | null = null;
  let async = false;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "async") async = true;
    else if (type === "ReturnType") returns = readTypeAnnotation(r);
    else if (type === "VariableDefinition") name = r.name();
    else if (type === "ParamList") params = readParameters(r);
    else if (isBlock(type)) body = readBlock(r);
  }
  return { kind: "Method", from, to, name, params, returns, body, async };
}

function readMethods(r: NodeReader): Method[] {
  const methods: Method[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "Method" || type === "MethodSignature") methods.push(readMethod(r));
  }
  return methods;
}

/** Reads an `ImplDeclaration`: of a type, or of a trait for a type. */
export function readImpl(r: NodeReader): Impl {
  const { from, to } = r;
  const names: Name[] = [];
  let methods: Method[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "TypeName") names.push(r.name());
    else if (type === "ImplBody") methods = readMethods(r);
  }
  const [first = { kind: "Name", from, to: from, name: "" } as Name, second] = names;
  return { kind: "Impl", from, to, type: second ?? first, trait: second ? first : null, methods };
}

/** Reads a `TraitDeclaration` or `InterfaceDeclaration`. */
export function readTrait(r: NodeReader): Trait {
  const { from, to } = r;
  let name: Name = { kind: "Name", from, to: from, name: "" };
  let methods: Method[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "TypeDefinition" && name.name === "") name = r.name();
    else if (type === "TraitBody") methods = readMethods(r);
  }
  return { kind: "Trait", from, to, name, methods };
}
