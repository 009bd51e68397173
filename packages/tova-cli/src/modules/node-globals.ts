// The code of a bundle in, whether it uses a global of Node that it does not first ask for out.
import type { AnyNode, Identifier } from "acorn";
import { nodeGlobals } from "tova-codegen";

/** Where each node stands. */
type Parents = ReadonlyMap<AnyNode, AnyNode>;

/** What a free name becomes, so that names of the code's own are told from it. */
const mark = "__tova_global_";
const marked = Object.fromEntries(nodeGlobals.map((name) => [name, mark + name]));
const mention = new RegExp(`\\b(?:${nodeGlobals.join("|")})\\b`);

/**
 * True for code that fails, or may, where a platform lacks Node's globals. A use counts as asked for
 * behind a condition with `typeof` of the name, or with a constant or function that has its answer,
 * behind a way out of such a condition, and in a `try` that catches. Code that cannot be read counts
 * by its words.
 */
export async function usesNodeGlobals(code: string): Promise<boolean> {
  if (!mention.test(code)) return false;
  const { transform } = await import("esbuild");
  const { code: told } = await transform(code, { define: marked, format: "esm" });
  return told.includes(mark) && (await usesMarked(told));
}

async function usesMarked(code: string): Promise<boolean> {
  // Few bundles come this far.
  const [{ parse }, { fullAncestor }] = await Promise.all([import("acorn"), import("acorn-walk")]);
  const parents = new Map<AnyNode, AnyNode>();
  const byName = new Map<string, Identifier[]>();
  try {
    const tree = parse(code, { ecmaVersion: "latest", sourceType: "module" });
    fullAncestor(tree, (one, _, path) => {
      const node = one as AnyNode;
      const parent = path.at(-2);
      if (parent) parents.set(node, parent as AnyNode);
      if (node.type !== "Identifier") return;
      const same = byName.get(node.name);
      if (same) same.push(node);
      else byName.set(node.name, [node]);
    });
  } catch {
    return true;
  }
  return Object.values(marked).some((name) => {
    const uses = byName.get(name) ?? [];
    const questions = questionsOf(uses, byName, parents);
    return uses.some((use) => !isAskedFor(use, questions, parents));
  });
}

const isTypeof = (use: Identifier, parents: Parents): boolean => {
  const parent = parents.get(use);
  return parent?.type === "UnaryExpression" && parent.operator === "typeof";
};

/** What asks whether a global is there: `typeof` of it, and names that stand for the answer. */
function questionsOf(
  uses: readonly Identifier[],
  byName: ReadonlyMap<string, readonly Identifier[]>,
  parents: Parents,
): readonly Identifier[] {
  const found = uses.filter((use) => isTypeof(use, parents));
  const known = new Set<string>();
  // Grows while it is read: the answer may be passed on from name to name.
  for (const question of found) {
    const name = answerOf(question, parents);
    if (name === null || known.has(name)) continue;
    known.add(name);
    found.push(...(byName.get(name) ?? []));
  }
  return found;
}

/** The constant, variable or function that an expression gives its value to. */
function answerOf(question: AnyNode, parents: Parents): string | null {
  let child = question;
  let node = parents.get(child);
  for (; node !== undefined; child = node, node = parents.get(child)) {
    if (node.type === "VariableDeclarator") return node.init === child ? nameOf(node.id) : null;
    if (node.type === "AssignmentExpression") {
      return node.right === child ? nameOf(node.left) : null;
    }
    if (node.type === "FunctionDeclaration") return nameOf(node.id);
    // What is handed to a call, or is a member of a class, is more than an answer.
    if (node.type === "CallExpression" && node.callee !== child) return null;
    if (node.type === "ClassBody") return null;
    if (/Statement$/.test(node.type) && !/^(Return|Block)/.test(node.type)) return null;
  }
  return null;
}

const nameOf = (node: AnyNode | null): string | null =>
  node?.type === "Identifier" ? node.name : null;

function isAskedFor(use: Identifier, questions: readonly Identifier[], parents: Parents): boolean {
  if (isTypeof(use, parents)) return true;
  const asks = ({ start, end }: AnyNode) =>
    questions.some((at) => start <= at.start && at.end <= end);
  let child: AnyNode = use;
  let node = parents.get(child);
  for (; node !== undefined; child = node, node = parents.get(child)) {
    if (guards(node, child, asks)) return true;
  }
  return false;
}

/** Whether a part of a node is only reached where the question has been asked. */
function guards(node: AnyNode, part: AnyNode, asks: (node: AnyNode) => boolean): boolean {
  switch (node.type) {
    case "IfStatement":
    case "ConditionalExpression":
      return part !== node.test && asks(node.test);
    case "LogicalExpression":
      return part === node.right && asks(node.left);
    case "TryStatement":
      return part === node.block && node.handler != null;
    case "Program":
    case "BlockStatement":
      return node.body.some((one) => one.end <= part.start && leaves(one, asks));
    default:
      return false;
  }
}

/** `if (typeof process === "undefined") return …`, or throw. */
function leaves(node: AnyNode, asks: (node: AnyNode) => boolean): boolean {
  if (node.type !== "IfStatement" || !asks(node.test)) return false;
  const { consequent } = node;
  const last = consequent.type === "BlockStatement" ? consequent.body.at(-1) : consequent;
  return last?.type === "ReturnStatement" || last?.type === "ThrowStatement";
}
