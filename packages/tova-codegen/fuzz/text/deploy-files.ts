// Texts of deploy files, mutated → the first way in which a promise is broken on one, or null.
import fc from "fast-check";
import { compile, outline, readKeys, renameInDeployFile } from "../../src";
import { seed } from "./corpus";
import { wrongDiagnostic } from "./diagnostics";
import { firstOf, wrongOutput } from "./outputs";
import { type Limits, timed } from "./properties";
import { mutated } from "./texts";

const id = "0123456789abcdef0123456789abcdef";
const uuid = "01234567-89ab-cdef-0123-456789abcdef";

/** As people write them, for the seed's program. */
const originals = [
  `account_id = "${id}"   # of the company
workers_dev = false

[kv.METADATA]
id = "${id}"

[sql.DB]
id = "${uuid}"
name = "pipeline"

[storage.IMAGES]
name = "acme-images"

[queue.PROCESS_QUEUE]
name = "acme-process"

[vars]
MAX_FILE_SIZE = "20971520"

[workers.api]
routes = [{ pattern = "images.example.com", custom_domain = true }, "example.com/*"]

[env.staging.kv.METADATA]
id = "${id}"

[env.staging]
workers_dev = true
`,
  `kv.METADATA.id = '${id}'
sql = { DB = { id = "${uuid}" } }
[workers]
api = { name = "front" }
"processor" = { name = """back""", workers_dev = true }
[env."live-1".vars]
MAX_FILE_SIZE = 1_000
`,
];

const token = fc.constantFrom(
  ...["[", "]", "[[", "]]", "{", "}", "=", ".", ",", "#", "\n", " ", '"', '"""', "'", "'''", "\\"],
  ...["env", "kv", "sql", "storage", "queue", "vars", "workers", "routes", "id", "name", "api"],
  ...[
    "true",
    "1979-05-27",
    "-1",
    "inf",
    "nan",
    "0x1F",
    "1e9",
    '""',
    '"a b"',
    "__proto__",
    "\uFEFF",
  ],
  ...[
    "\r\n",
    "\u0000",
    "\uD800",
    "constructor",
    "account_id",
    "workers_dev",
    "METADATA",
    "default",
  ],
);

/** Deploy files with a few mistakes. */
export const deployFiles: fc.Arbitrary<string> = mutated(originals, token);

/** Some of them, the same for the same seed. */
export const sampleDeployFiles = (count: number, seed: number): readonly string[] =>
  fc.sample(deployFiles, { numRuns: count, seed });

const files = { fileName: "pipeline.tova", deployName: "pipeline.deploy.toml" };

/** Runs everything that reads a deploy file; says which promise was broken, or gives null. */
export function brokenByDeployFile(text: string, limits: Limits): string | null {
  const { fileName, deployName } = files;
  const options = { fileName, deploy: { fileName: deployName, text } };
  const { value, slow } = timed(limits, () => ({
    result: compile(seed, options),
    seen: outline(seed, options),
    staging: outline(seed, { ...options, environment: "staging" }),
    keys: readKeys(text),
    renamed: renameInDeployFile(text, "api", "front"),
  }));
  const { result, seen, staging, keys } = value;
  const found = [...result.diagnostics, ...seen.diagnostics, ...staging.diagnostics];
  const misplaced = keys.find(({ range, end }) => !(range.from < range.to && range.to <= end));
  if (misplaced) return `has a key at ${JSON.stringify(misplaced)}`;
  return (
    slow ??
    wrongOutput(result, seen) ??
    firstOf(found, (each) => wrongDiagnostic(each, each.fileName === deployName ? text : seed))
  );
}
