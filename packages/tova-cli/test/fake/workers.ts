// Requests about workers in, answers out: uploads become versions, deployments make one answer.
import {
  type Answer,
  ApiError,
  type FakeRequest,
  type FakeScript,
  type FakeVersion,
  pageOf,
  type Route,
  type State,
} from "./state";

function existing(state: State, name: string): FakeScript {
  const script = state.scripts.get(name);
  if (script !== undefined) return script;
  throw new ApiError(404, 10007, "This Worker does not exist on your account.");
}

function secretsAfter(state: State, name: string, metadata: FakeVersion["metadata"]) {
  const kept = new Map(state.secrets.get(name));
  for (const binding of metadata.bindings) {
    const bound = String(binding.name);
    if (/^TODO/.test(String(binding.namespace_id ?? binding.id ?? ""))) {
      throw new ApiError(400, 10021, `binding ${bound} must have a valid \`id\` specified`);
    }
    if (binding.type === "inherit" && !kept.has(bound)) {
      throw new ApiError(400, 10057, `inherit binding '${bound}' is invalid`);
    }
    if (binding.type === "secret_text") kept.set(bound, String(binding.text));
  }
  return kept;
}

const id = (kind: string, count: number) =>
  `${kind}-0000-4000-8000-${String(count).padStart(12, "0")}`;

async function readVersion(state: State, { body, contentType }: FakeRequest, name: string) {
  const headers = { "content-type": contentType };
  const form = await new Response(new Uint8Array(body), { headers }).formData();
  const metadata = JSON.parse(String(form.get("metadata"))) as FakeVersion["metadata"];
  const modules: Record<string, string> = {};
  for (const [part, value] of form) {
    if (part !== "metadata") modules[part] = typeof value === "string" ? value : await value.text();
  }
  const secrets = secretsAfter(state, name, metadata);
  state.secrets.set(name, secrets);
  const count = (state.scripts.get(name)?.versions.length ?? 0) + 1;
  const version = {
    id: id("00000000", count),
    created_on: state.now(),
    metadata,
    modules,
    secrets,
  };
  return { ...version, secrets: new Map(secrets) } satisfies FakeVersion;
}

function addVersion(state: State, name: string, version: FakeVersion): void {
  const before = state.scripts.get(name);
  const versions = [...(before?.versions ?? []), version];
  const current = before?.current ?? version;
  state.scripts.set(name, { versions, deployments: before?.deployments ?? [], current });
}

function addDeployment(
  state: State,
  name: string,
  versionId: string,
  annotations: Record<string, string> = {},
) {
  const script = existing(state, name);
  const current = script.versions.find((version) => version.id === versionId);
  if (current === undefined) throw new ApiError(404, 10007, "This version does not exist.");
  const deployment = {
    id: id("dddddddd", script.deployments.length + 1),
    created_on: state.now(),
    source: "wrangler",
    author_email: "someone@example.com",
    versions: [{ version_id: versionId, percentage: 100 }],
    annotations,
  };
  state.scripts.set(name, {
    ...script,
    deployments: [...script.deployments, deployment],
    current,
  });
  return deployment;
}

/** A worker as if someone had uploaded it. */
export function addWorker(
  state: State,
  name: string,
  secrets: Readonly<Record<string, string>>,
  message?: string,
): void {
  state.secrets.set(name, new Map(Object.entries(secrets)));
  const count = (state.scripts.get(name)?.versions.length ?? 0) + 1;
  const annotations = message === undefined ? {} : { "workers/message": message };
  const version = {
    id: id("00000000", count),
    created_on: state.now(),
    metadata: {
      main_module: "x.js",
      bindings: [],
      compatibility_date: "2025-01-01",
      annotations,
    },
    modules: {},
    secrets: new Map(Object.entries(secrets)),
  };
  addVersion(state, name, version);
  addDeployment(state, name, version.id);
}

const uploaded = ({ id: versionId }: FakeVersion) => ({
  id: versionId,
  etag: "etag",
  deployment_id: versionId.replaceAll("-", ""),
  startup_time_ms: 1,
  resources: { script: { etag: "etag" } },
  metadata: { has_preview: true },
});

async function uploadAndDeploy(state: State, request: FakeRequest, name: string) {
  const version = await readVersion(state, request, name);
  addVersion(state, name, version);
  addDeployment(state, name, version.id);
  return uploaded(version);
}

async function uploadVersion(state: State, request: FakeRequest, name: string) {
  existing(state, name);
  const version = await readVersion(state, request, name);
  addVersion(state, name, version);
  return uploaded(version);
}

/** `force` says that changed secrets are known of. */
function deployVersion(state: State, { body, query }: FakeRequest, name: string) {
  const given = JSON.parse(body.toString()) as {
    versions: { version_id: string }[];
    annotations?: Record<string, string>;
  };
  const wanted = given.versions[0]?.version_id ?? "";
  const version = existing(state, name).versions.find((one) => one.id === wanted);
  const now = state.secrets.get(name) ?? new Map<string, string>();
  const changed = [...now.keys()].filter((key) => version?.secrets.get(key) !== now.get(key));
  if (changed.length > 0 && query.get("force") !== "true") {
    throw new ApiError(400, 10220, `The following secrets have changed: ${changed.join(", ")}`);
  }
  return addDeployment(state, name, wanted, given.annotations);
}

const shown = ({ id: versionId, created_on, metadata }: FakeVersion, at: number) => ({
  id: versionId,
  number: at + 1,
  metadata: { created_on, source: "wrangler", author_email: "someone@example.com" },
  annotations: metadata.annotations ?? {},
  resources: {
    bindings: metadata.bindings,
    script: { handlers: ["fetch"], last_deployed_from: "wrangler" },
    script_runtime: { compatibility_date: metadata.compatibility_date, usage_model: "standard" },
  },
});

function listVersions(state: State, request: FakeRequest, name: string) {
  const newestFirst = existing(state, name).versions.map(shown).toReversed();
  return { items: pageOf(newestFirst, request) };
}

function viewVersion(state: State, _request: FakeRequest, name: string, versionId: string) {
  const { versions } = existing(state, name);
  const at = versions.findIndex((version) => version.id === versionId);
  const version = versions[at];
  if (version === undefined) throw new ApiError(404, 10007, "This version does not exist.");
  return shown(version, at);
}

function service(state: State, _request: FakeRequest, name: string): unknown {
  existing(state, name);
  const script = { id: name, tag: "tag", tags: [], last_deployed_from: "wrangler" };
  return { id: name, default_environment: { environment: "production", script } };
}

function putSchedules(state: State, { body }: FakeRequest, name: string): unknown {
  existing(state, name);
  const schedules = JSON.parse(body.toString()) as { cron: string }[];
  state.schedules.set(
    name,
    schedules.map(({ cron }) => cron),
  );
  return { schedules };
}

function settings(state: State, _request: FakeRequest, name: string): unknown {
  const { bindings } = existing(state, name).current.metadata;
  const secrets = [...(state.secrets.get(name)?.keys() ?? [])];
  return {
    bindings: [
      ...bindings.filter(({ type }) => type !== "secret_text"),
      ...secrets.map((secret) => ({ type: "secret_text", name: secret })),
    ],
  };
}

/** What `secret bulk` sends: bindings without a text are to stay. */
async function patchSettings(state: State, request: FakeRequest, name: string): Promise<unknown> {
  existing(state, name);
  const headers = { "content-type": request.contentType };
  const form = await new Response(new Uint8Array(request.body), { headers }).formData();
  const { bindings } = JSON.parse(String(form.get("settings"))) as {
    bindings: { type: string; name: string; text?: string }[];
  };
  const before = state.secrets.get(name);
  const kept = bindings
    .filter(({ type }) => type === "secret_text")
    .map((one) => [one.name, one.text ?? before?.get(one.name) ?? ""] as const);
  state.secrets.set(name, new Map(kept));
  return { bindings: [] };
}

function listSecrets(state: State, _request: FakeRequest, name: string): unknown {
  existing(state, name);
  const names = [...(state.secrets.get(name)?.keys() ?? [])];
  return names.map((secret) => ({ name: secret, type: "secret_text" }));
}

function listDeployments(state: State, _request: FakeRequest, name: string): unknown {
  return { deployments: existing(state, name).deployments.toReversed() };
}

/** Whatever a deployed worker answers the same to. */
const forExisting =
  (answer: unknown): Answer =>
  (state, _request, name) => {
    existing(state, name ?? "");
    return answer;
  };

const script = "/workers/scripts/([^/]+)";

export const workerRoutes: readonly Route[] = [
  ["GET", "/workers/services/([^/]+)", service],
  ["GET", "/workers/subdomain", () => ({ subdomain: "fake" })],
  ["PUT", script, uploadAndDeploy],
  ["GET", `${script}/versions`, listVersions],
  ["GET", `${script}/versions/([^/]+)`, viewVersion],
  ["POST", `${script}/versions`, uploadVersion],
  ["GET", `${script}/deployments`, listDeployments],
  ["POST", `${script}/deployments`, deployVersion],
  ["GET", `${script}/settings`, settings],
  ["PATCH", `${script}/settings`, patchSettings],
  ["GET", `${script}/secrets`, listSecrets],
  ["PATCH", `${script}/script-settings`, forExisting({})],
  ["GET", `${script}/subdomain`, forExisting({ enabled: true, previews_enabled: true })],
  ["POST", `${script}/subdomain`, forExisting({ enabled: true, previews_enabled: true })],
  ["PUT", `${script}/schedules`, putSchedules],
];
