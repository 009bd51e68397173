// Object storage of a Lambda worker, in an S3 that checks signatures by itself.
import { functionUrl } from "./events";
import { invoke } from "./invoke";
import { startS3 } from "./s3";
import { credentials } from "./sqs";

const program = `
storage FILES
route POST "/run" => async fn(req) { await steps(await req.json()) }
fn said(object) {
  if object == nil { return nil }
  { key: object.key, size: object.size, etag: object.httpEtag, uploaded: object.uploaded.toISOString(), http: object.httpMetadata, custom: object.customMetadata }
}
fn bodyOf(object) { if object == nil { nil } else { [await object.text(), object.range, said(object)] } }
fn optionsOf(o) {
  if o?.expires == nil { o }
  else { { httpMetadata: { cacheExpiry: Date.new(o.expires) } } }
}
fn step(s) {
  match s[0] {
    "put" => said(await FILES.put(s[1], s[2], optionsOf(s[3])))
    "stream" => said(await FILES.put(s[1], Blob.new([s[2]]).stream()))
    "big" => said(await FILES.put(s[1], Uint8Array.new(s[2]).fill(7)))
    "get" => bodyOf(await FILES.get(s[1], s[2]))
    "ranged" => bodyOf(await FILES.get(s[1], { range: Headers.new({ Range: s[2] }) }))
    "bytes" => (await FILES.get(s[1])).bytes().then(fn(b) [b.length, b.every(fn(x) x == 7)])
    "head" => said(await FILES.head(s[1]))
    "delete" => await FILES.delete(s[1])
    "headers" => headersOf(await FILES.get(s[1]))
    _ => listed(await FILES.list(s[1]))
  }
}
fn headersOf(object) {
  headers = Headers.new()
  object.writeHttpMetadata(headers)
  Array.from(headers)
}
fn listed(found) {
  [[o.key for o in found.objects], found.delimitedPrefixes, found.truncated, found.cursor]
}
fn steps(all) {
  var results = []
  for s in all {
    try { results.push(await step(s) ?? nil) } catch e { results.push(e.message) }
  }
  results
}
`;

type Step = readonly unknown[];

async function run(steps: readonly Step[], env: Readonly<Record<string, string>> = {}) {
  const s3 = await startS3();
  const body = JSON.stringify(steps);
  const event = functionUrl({ method: "POST", path: "/run", body });
  const all = { ...credentials, FILES: s3.bucket, ...env };
  const { outcomes } = await invoke(program, [event], all);
  s3.close();
  const { value } = outcomes[0] ?? {};
  const results = JSON.parse(value?.body ?? "null") as readonly unknown[];
  return { s3, results, value };
}

const uploaded = "2026-01-02T03:04:05.000Z";
const hello = {
  ...{ key: "a", size: 5, etag: '"5d41402abc4b2a76b9719d911017c592"', uploaded },
  ...{ http: {}, custom: {} },
};

test("objects are written, read in whole and in part, looked at and removed", async () => {
  const { results } = await run([
    ["put", "a", "hello"],
    ["head", "a"],
    ["get", "a"],
    ["get", "a", { range: { offset: 1, length: 2 } }],
    ["get", "a", { range: { offset: 3, length: 99 } }],
    ["get", "a", { range: { suffix: 2 } }],
    ["ranged", "a", "bytes=1-3"],
    ["ranged", "a", "bytes=-1"],
    ["stream", "empty", ""],
    ["get", "empty"],
    ["delete", "a"],
    ["head", "a"],
    ["get", "a"],
    ["delete", ["a", "empty", "never"]],
    ["list"],
  ]);
  const part = (text: string, offset: number) => [text, { offset, length: text.length }, hello];
  const empty = { ...hello, key: "empty", size: 0, etag: '"d41d8cd98f00b204e9800998ecf8427e"' };
  expect(results).toEqual([
    ...[hello, hello, part("hello", 0), part("el", 1), part("lo", 3), part("lo", 3)],
    ...[part("ell", 1), part("o", 4)],
    ...[empty, ["", { offset: 0, length: 0 }, empty]],
    ...[null, null, null, null],
    [[], [], false, null],
  ]);
});

test("keys are what they are, whatever they would mean in a URL", async () => {
  const keys = [
    ..."a b,ü/✓,%2F%zz,a+b,//x//,/lead,trail/,?q=1&r#h,\\win,'!()*~,=;:@$&,%252e".split(","),
    "x".repeat(900),
    "a\nb",
    "😀",
  ];
  const { s3, results } = await run([
    ...keys.map((key) => ["put", key, key]),
    ...keys.map((key) => ["get", key]),
    ["list"],
  ]);
  expect([...s3.objects.keys()]).toEqual(keys);
  const read = results.slice(keys.length, -1) as [string, unknown, { key: string }][];
  expect(read.map(([text, , { key }]) => [text, key])).toEqual(keys.map((key) => [key, key]));
  expect(results.at(-1)).toEqual([[...keys].sort(), [], false, null]);
});

test("a key that would lead to another object, or to the bucket, is refused and not sent", async () => {
  const keys = ["", ".", "..", "../other/secret", "a/../b", "a/./b", "a/.."];
  const steps = keys.flatMap((key) => [
    ["put", key, "x"],
    ["get", key],
    ["delete", ["fine", key]],
  ]);
  const { s3, results } = await run(steps);
  expect(s3.asked).toEqual([]);
  expect(new Set(results.map((one) => String(one).replace(/".*"/, "…")))).toEqual(
    new Set(["An object cannot have the key …."]),
  );
});

test("what is said of an object stays with it, in any script", async () => {
  const httpMetadata = {
    ...{ contentType: "text/plain; charset=utf-8", contentLanguage: "de" },
    ...{ contentDisposition: 'attachment; filename="a b.txt"', cacheControl: "max-age=60" },
  };
  const customMetadata = { plain: "a  b", owner: "Jürgen ✓", empty: "" };
  const { s3, results } = await run([
    ["put", "a", "hello", { httpMetadata, customMetadata }],
    ["head", "a"],
    ["put", "b", "hello", { expires: "2026-02-01T00:00:00Z" }],
    ["headers", "a"],
    ["headers", "b"],
  ]);
  const expected = { ...hello, http: httpMetadata, custom: customMetadata };
  expect(results[1]).toEqual(expected);
  expect(results[0]).toEqual(expected);
  expect(s3.objects.get("a")?.headers["x-amz-meta-owner"]).toMatch(/^=\?UTF-8\?B\?\S+\?=$/);
  expect(Object.fromEntries(results[3] as [])).toMatchObject({
    "cache-control": "max-age=60",
    "content-type": "text/plain; charset=utf-8",
  });
  expect(results[4]).toEqual([["expires", "Sun, 01 Feb 2026 00:00:00 GMT"]]);
});

test("lists go by prefix, in pages, and by what keys have in common", async () => {
  const keys = ["a/1", "a/2", "a/b c/1", "a/b c/2", "a/ü/1", "b"];
  const { results } = await run([
    ...keys.map((key) => ["put", key, "x"]),
    ["list", { prefix: "a/", limit: 2 }],
    ["list", { prefix: "a/", limit: 2, cursor: "<after>a/2" }],
    ["list", { prefix: "a/", delimiter: "/" }],
    ["list", { startAfter: "a/b c/2" }],
    ["list", { prefix: "none" }],
  ]);
  expect(results.slice(keys.length)).toEqual([
    [["a/1", "a/2"], [], true, "<after>a/2"],
    [["a/b c/1", "a/b c/2"], [], true, "<after>a/b c/2"],
    [["a/1", "a/2"], ["a/b c/", "a/ü/"], false, null],
    [["a/ü/1", "b"], [], false, null],
    [[], [], false, null],
  ]);
});

test("big objects come and go as they are", async () => {
  const size = 20 * 1024 * 1024;
  const { s3, results } = await run([
    ["big", "big", size],
    ["bytes", "big"],
  ]);
  expect(s3.objects.get("big")?.bytes.length).toBe(size);
  expect(results[1]).toEqual([size, true]);
});

test("what S3 cannot keep or give is an error, not left out", async () => {
  const { results } = await run([
    ["put", "a", "x", { onlyIf: { etagMatches: "e" } }],
    ["put", "a", "x", { httpMetadata: { contentEncoding: "gzip" } }],
    ["put", "a", "x", { customMetadata: { userId: "1" } }],
    ["get", "a", { onlyIf: {} }],
    ["list", { include: ["httpMetadata"] }],
    ["put", "a", "x"],
    ["get", "a", { range: { offset: 5 } }],
    ["get", "a", { range: { offset: 0, length: 0 } }],
    ["get", "a", { range: { offset: -1 } }],
  ]);
  expect(results.map((one) => (typeof one === "string" ? one : "done"))).toEqual([
    "Object storage on Lambda has no option onlyIf.",
    "Object storage on Lambda has no option contentEncoding.",
    "Names of customMetadata are in lower case on S3, not userId.",
    "Object storage on Lambda has no option onlyIf.",
    "Object storage on Lambda has no option include.",
    "done",
    "FILES: InvalidRange: It is <InvalidRange>.",
    'No bytes are in the range {"offset":0,"length":0}.',
    'No bytes are in the range {"offset":-1}.',
  ]);
});

test("a bucket that is not there, a wrong key and no address are errors, not missing objects", async () => {
  const steps = [["get", "a"], ["put", "a", "x"], ["list"], ["delete", "a"]];
  const s3 = await startS3();
  const [missing, wrong, none] = await Promise.all([
    run(steps, { FILES: `${s3.url}/other` }),
    run([["get", "a"]], { AWS_SECRET_ACCESS_KEY: "wrong" }),
    run([["get", "a"]], { FILES: "" }),
  ]);
  s3.close();
  expect(new Set(missing.results)).toEqual(new Set(["FILES: NoSuchBucket: It is <NoSuchBucket>."]));
  expect(wrong.results).toEqual(["FILES: SignatureDoesNotMatch: It is <SignatureDoesNotMatch>."]);
  expect(none.results).toEqual(["FILES has no address: set the variable FILES to its URL."]);
});
