// Takes the modules of `src/runtime`, gives `src/generated/runtime.ts`: every top-level declaration
// as JavaScript under the name `$<name>`, with the declarations it needs, for `emit/link.ts`.
// Other places for the two may be given as arguments.
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import ts from "typescript";

const packageRoot = join(dirname(fileURLToPath(import.meta.url)), "..");
const source = resolve(process.argv[2] ?? join(packageRoot, "src/runtime"));
const target = resolve(process.argv[3] ?? join(packageRoot, "src/generated/runtime.ts"));
/** The module that holds names only, no part of any worker. */
const tableFile = "builtins.ts";

const files = readdirSync(source)
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts") && file !== tableFile)
  .sort()
  .map((file) => join(source, file));

// Only names are resolved here: types are the business of `typecheck`, and no library is loaded.
const program = ts.createProgram(files, { noLib: true, types: [], target: ts.ScriptTarget.ESNext });
const checker = program.getTypeChecker();

const problem = (node, text) => {
  const file = node.getSourceFile();
  const { line, character } = file.getLineAndCharacterOfPosition(node.getStart());
  return new Error(`${relative(source, file.fileName)}:${line + 1}:${character + 1}: ${text}`);
};

const isType = (node) =>
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isImportDeclaration(node);

/** The names that a top-level statement declares, each with the code that declares it. */
function declarationsOf(statement) {
  if (ts.isFunctionDeclaration(statement)) {
    return statement.body ? [{ name: statement.name, node: statement, keyword: "" }] : [];
  }
  if (ts.isClassDeclaration(statement))
    return [{ name: statement.name, node: statement, keyword: "" }];
  if (ts.isVariableStatement(statement) && statement.declarationList.flags & ts.NodeFlags.Const) {
    return statement.declarationList.declarations.map((node) => {
      if (!ts.isIdentifier(node.name)) throw problem(node, "declare one name at a time");
      return { name: node.name, node, keyword: "const " };
    });
  }
  throw problem(
    statement,
    "a helper is a function, a class or a constant: nothing may run at load",
  );
}

/** Every helper by the symbol that other code refers to. */
function collect() {
  const helpers = new Map();
  const seen = new Map();
  for (const file of files) {
    for (const statement of program.getSourceFile(file).statements) {
      if (isType(statement)) continue;
      for (const { name, node, keyword } of declarationsOf(statement)) {
        if (seen.has(name.text))
          throw problem(
            name,
            `${name.text} is already in ${relative(source, seen.get(name.text))}`,
          );
        seen.set(name.text, file);
        helpers.set(checker.getSymbolAtLocation(name), { key: name.text, node, keyword });
      }
    }
  }
  return helpers;
}

/** The symbol of a value that an identifier refers to, through imports. */
function symbolOf(identifier) {
  const { parent } = identifier;
  const symbol = ts.isShorthandPropertyAssignment(parent)
    ? checker.getShorthandAssignmentValueSymbol(parent)
    : checker.getSymbolAtLocation(identifier);
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** Names of the platform that helpers use: nothing else gives an expression's identifier a meaning. */
const platformNames = new Set();

function notePlatformName(identifier) {
  const { parent } = identifier;
  const isName = parent.name === identifier || parent.propertyName === identifier;
  if (!isName && !checker.getSymbolAtLocation(identifier)) platformNames.add(identifier.text);
}

/** `extends Base` of a class, which TypeScript counts among types. */
const isBaseClass = (node) =>
  ts.isExpressionWithTypeArguments(node) &&
  ts.isClassDeclaration(node.parent.parent) &&
  node.parent.token === ts.SyntaxKind.ExtendsKeyword;

/** The text of a declaration with every helper's name as `$<name>`, and the helpers named. */
function rename(helper, helpers) {
  const needs = new Set();
  const edits = [];
  const visit = (node) => {
    const used = ts.isIdentifier(node) ? helpers.get(symbolOf(node)) : undefined;
    if (used) {
      const shorthand = ts.isShorthandPropertyAssignment(node.parent) ? `${node.text}: ` : "";
      edits.push({ start: node.getStart(), end: node.end, text: `${shorthand}$${used.key}` });
      if (used.key !== helper.key) needs.add(used.key);
    } else if (ts.isIdentifier(node)) notePlatformName(node);
    if (isBaseClass(node)) visit(node.expression);
    else if (!ts.isTypeNode(node)) ts.forEachChild(node, visit);
  };
  visit(helper.node);
  const { node } = helper;
  for (const modifier of node.modifiers ?? []) {
    if (modifier.kind === ts.SyntaxKind.ExportKeyword) {
      edits.push({ start: modifier.getStart(), end: modifier.end, text: "" });
    }
  }
  let text = node.getSourceFile().text.slice(0, node.end);
  for (const edit of edits.sort((a, b) => b.start - a.start)) {
    text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  }
  return { code: helper.keyword + text.slice(node.getStart()), needs: [...needs].sort() };
}

/** The fewest and the most arguments of a function; of these null for no end. */
function arityOf({ node }) {
  if (!ts.isFunctionDeclaration(node)) return null;
  const { parameters } = node;
  const isOptional = (each) => each.questionToken || each.initializer || each.dotDotDotToken;
  const first = parameters.findIndex(isOptional);
  const most = parameters.at(-1)?.dotDotDotToken ? null : parameters.length;
  return [first < 0 ? parameters.length : first, most];
}

const dataTypes = new Set([
  ts.SyntaxKind.NumberKeyword,
  ts.SyntaxKind.StringKeyword,
  ts.SyntaxKind.BooleanKeyword,
  ts.SyntaxKind.VoidKeyword,
  ts.SyntaxKind.ArrayType,
  ts.SyntaxKind.TupleType,
  ts.SyntaxKind.TypePredicate,
]);

/** What the annotation of a result promises: a promise, data that cannot be called, or null. */
function promisedBy(type) {
  if (!type) return null;
  if (ts.isTypeReferenceNode(type)) {
    const name = type.typeName.getText();
    if (name === "Promise") return "promise";
    return name === "Record" ? "data" : null;
  }
  if (ts.isTypeOperatorNode(type)) return promisedBy(type.type);
  if (ts.isUnionTypeNode(type)) {
    const rest = type.types.filter((each) => each.getText() !== "null");
    return rest.every((each) => promisedBy(each) === "data") ? "data" : null;
  }
  return dataTypes.has(type.kind) ? "data" : null;
}

/** What calling a helper gives; a function of `Math` gives a number. */
function resultOf({ node }) {
  if (ts.isFunctionDeclaration(node)) return promisedBy(node.type);
  const value = ts.isVariableDeclaration(node) ? node.initializer : undefined;
  const isOfMath =
    value && ts.isPropertyAccessExpression(value) && value.expression.getText() === "Math";
  return isOfMath ? "data" : null;
}

async function bundle(helpers) {
  const entries = [...helpers.values()].map(async (helper) => {
    const { code, needs } = rename(helper, helpers);
    // TypeScript takes comments out; esbuild makes it a line, so that a worker is the program's own
    // code below a few lines of helpers.
    const bare = ts.transpileModule(code, {
      compilerOptions: { removeComments: true, target: ts.ScriptTarget.ES2022 },
    });
    const plain = await transform(bare.outputText, {
      target: "es2023",
      charset: "utf8",
      minifyWhitespace: true,
    });
    const facts = { arity: arityOf(helper), result: resultOf(helper) };
    return [helper.key, { code: plain.code.trim(), needs }, facts];
  });
  return (await Promise.all(entries)).sort(([a], [b]) => (a < b ? -1 : 1));
}

const camel = (name) => name.replace(/(?<=[a-z\d])_(\w)/g, (_, letter) => letter.toUpperCase());
const list = (lines) => lines.flatMap((line) => line.split(" "));

/** Adds to each name its spelling in camelCase, unless the platform has that name already. */
function withAliases(names) {
  const all = new Map(names);
  for (const [name, helper] of names) {
    const alias = camel(name);
    if (!all.has(alias) && !Object.hasOwn(globalThis, alias)) all.set(alias, helper);
  }
  return Object.fromEntries(all);
}

/** A member of a namespace and its helper. */
function readMember(member, builtins) {
  const [name, helper] = member.split(":");
  return [name, helper ?? builtins[name]];
}

/** The tables of names in full, from `builtins.ts`; every helper they name must be there. */
async function readTables(keys) {
  const text = readFileSync(join(source, tableFile), "utf8");
  const { code } = await transform(text, { loader: "ts", format: "esm" });
  const given = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const regular = list(given.names).map((name) => [name, camel(name)]);
  const builtins = withAliases([...regular, ...Object.entries(given.otherNames)]);
  const methods = Object.fromEntries([
    ...list(given.methodNames).map((name) => [name, camel(`method_${name}`)]),
    ...(given.methodAliases ?? "")
      .split(" ")
      .filter(Boolean)
      .map((name) => [name, `method${name[0].toUpperCase()}${name.slice(1)}`]),
  ]);
  const namespaces = Object.entries(given.namespaces).map(([name, members]) => [
    name,
    withAliases(list(members).map((member) => readMember(member, builtins))),
  ]);
  for (const table of [builtins, methods, ...namespaces.map(([, members]) => members)]) {
    for (const [name, helper] of Object.entries(table)) {
      if (!keys.has(helper)) throw new Error(`${tableFile}: ${name} needs a helper ${helper}`);
    }
  }
  const nodeOnly = list(given.nodeOnly);
  return { builtins, methods, namespaces: Object.fromEntries(namespaces), nodeOnly };
}

const show = (value) => JSON.stringify(value, null, 2);

/** One fact of the functions that programs can name. */
function factsOf(entries, { builtins, namespaces }, fact) {
  const named = [builtins, ...Object.values(namespaces)].flatMap(Object.values);
  const known = new Set(named);
  return Object.fromEntries(
    entries.flatMap(([key, , facts]) =>
      facts[fact] && known.has(key) ? [[key, facts[fact]]] : [],
    ),
  );
}

function render(entries, tables) {
  const helpers = entries.map(
    ([key, helper]) => `  ${JSON.stringify(key)}: ${JSON.stringify(helper)},`,
  );
  return [
    "// Made by tools/bundle-runtime.mjs from src/runtime: do not edit.",
    "/** One top-level declaration, its name `$<key>`, and the keys of those it refers to. */",
    "export interface RuntimeHelper {",
    "  readonly code: string;",
    "  readonly needs: readonly HelperName[];",
    "}",
    "",
    "/** Every helper that a worker can carry. */",
    `export type HelperName =\n${entries.map(([key]) => `  | ${JSON.stringify(key)}`).join("\n")};`,
    "",
    "/** The helpers by name. */",
    "export const runtime: Readonly<Record<HelperName, RuntimeHelper>> = {",
    ...helpers,
    "};",
    "",
    "/** Every name of the standard library, aliases included, and its helper. */",
    `export const builtins: Readonly<Record<string, HelperName>> = ${show(tables.builtins)} as const;`,
    "",
    "/** Methods that only Tova has, and the helper that is called with the receiver first. */",
    `export const methods: Readonly<Record<string, HelperName>> = ${show(tables.methods)};`,
    "",
    "/** Members of the library's namespaces, and their helpers. */",
    "export const namespaces: Readonly<Record<string, Readonly<Record<string, HelperName>>>> =",
    `  ${show(tables.namespaces)} as const;`,
    "",
    "/** Functions of the library some of whose arguments may be left out: the fewest and the most. */",
    "export const arities: Readonly<",
    "  Partial<Record<HelperName, readonly [least: number, most: number | null]>>",
    `> = ${JSON.stringify(factsOf(entries, tables, "arity"))};`,
    "",
    "/** Functions of the library that certainly give a promise, or data: what cannot be called. */",
    'export const results: Readonly<Partial<Record<HelperName, "promise" | "data">>> =',
    `  ${JSON.stringify(factsOf(entries, tables, "result"))};`,
    "",
    "/** Names of the platform that helpers use: a program's own must be called otherwise. */",
    `export const platformNames: readonly string[] = ${show([...platformNames].sort())};`,
    "",
    "/** Names of the standard library that no worker has. */",
    `export const nodeOnly: readonly string[] = ${show(tables.nodeOnly)};`,
    "",
  ].join("\n");
}

function writeWhenChanged(file, text) {
  try {
    if (readFileSync(file, "utf8") === text) return;
  } catch {
    mkdirSync(dirname(file), { recursive: true });
  }
  const next = `${file}.${process.pid}`;
  writeFileSync(next, text);
  renameSync(next, file);
}

try {
  const entries = await bundle(collect());
  const tables = await readTables(new Set(entries.map(([key]) => key)));
  writeWhenChanged(target, render(entries, tables));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
