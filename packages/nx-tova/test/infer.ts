// Takes files of a workspace, gives the projects that Nx would be told of, and what was warned of.
import { logger, type ProjectConfiguration } from "@nx/devkit";
import { createNodes } from "../src/plugin";
import { createTempWorkspace, type TempWorkspace } from "./temp-workspace";

type Projects = Record<string, ProjectConfiguration>;

/** An edge block with one route and further members. */
export const block = (name: string, members = "") => `edge "${name}" {
  target: "cloudflare"
  ${members}
  route GET "/" => fn(req) { "ok" }
}
`;

/** A program whose second block takes what the first sends. */
export const shop = `${block("api", "kv CACHE\n  queue JOBS")}
edge "worker" {
  target: "cloudflare"
  consume JOBS fn(messages) { print(len(messages)) }
}
`;

export let workspace: TempWorkspace;
let warn: jest.SpyInstance;

beforeEach(() => {
  warn = jest.spyOn(logger, "warn").mockImplementation(() => {});
});

afterEach(() => {
  warn.mockRestore();
  workspace.remove();
});

/** Makes the workspace of the test. */
export function create(files: Readonly<Record<string, string>>): void {
  workspace = createTempWorkspace(files);
}

/** Asks the plugin as Nx does. */
export async function infer(
  paths: string[],
  options?: unknown,
  namedInputs: Record<string, string[]> = {},
): Promise<Projects> {
  const context = { workspaceRoot: workspace.root, nxJsonConfiguration: { namedInputs } };
  const nodes = await createNodes[1](paths, options as object | undefined, context);
  return Object.assign({}, ...nodes.map(([, { projects }]) => projects));
}

/** Makes a workspace and asks for the projects of all its Tova files. */
export async function inferFiles(files: Record<string, string>, options?: unknown) {
  create(files);
  const paths = Object.keys(files).filter((path) => path.endsWith(".tova"));
  return infer(paths, options);
}

export const namesOf = (projects: Projects) =>
  Object.entries(projects).map(([root, { name }]) => `${name} at ${root}`);

export const warnings = () => warn.mock.calls.map(([text]) => text);
