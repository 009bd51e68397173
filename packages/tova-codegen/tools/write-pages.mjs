// Takes the registry of diagnostics and the fixtures of its tests, gives docs/diagnostics: a page
// for each code, and one that lists them. Another folder may be given as argument.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadSources, packageRoot } from "./load-sources.mjs";

const fixtures = join(packageRoot, "test/fixtures/diagnostics");
const target = resolve(process.argv[2] ?? join(packageRoot, "../../docs/diagnostics"));

const { codes, compile, outline, renderDiagnostic, strictly } = loadSources([
  'export { codes } from "./src/diagnostics/registry";',
  'export { compile } from "./src/compile";',
  'export { outline } from "./src/outline";',
  'export { renderDiagnostic } from "./src/diagnostics/render";',
  'export { strictly } from "./src/diagnostics/strict";',
]);
const files = new Set(readdirSync(fixtures));
const text = (name) => readFileSync(join(fixtures, name), "utf8");

/** Stands for a word of a program, and for a list with that word. */
const anything = Object.assign(["…"], { toLowerCase: () => "…" });
const anyArgs = new Proxy({}, { get: () => anything });

/** The messages of the registry by code. */
function messagesByCode() {
  const all = new Map();
  for (const make of Object.values(codes)) {
    const message = make(anyArgs);
    all.set(message.code, [...(all.get(message.code) ?? []), message]);
  }
  return new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What the compiler says about a fixture, as a terminal shows it. */
function diagnose(code, name) {
  const whole = text(name);
  const source = shown(whole);
  const isDeploy = name.endsWith(".toml");
  const links = /^\/\/ modules: (.*)/.exec(whole)?.[1] ?? "{}";
  const environment = /^# environment: (\S+)/.exec(whole)?.[1];
  const { diagnostics } = isDeploy
    ? outline(text("program.tova"), {
        fileName: "app.tova",
        deploy: { fileName: "app.deploy.toml", text: source },
        ...(environment === undefined ? {} : { environment }),
      })
    : compile(source, {
        fileName: "app.tova",
        modules: new Map(Object.entries(JSON.parse(links))),
      });
  return diagnostics
    .filter((diagnostic) => diagnostic.code === code)
    .map((found) => renderDiagnostic(found, { "app.tova": source, "app.deploy.toml": source }))
    .join("\n\n");
}

const fence = (language, content) => [`\`\`\`${language}`, content.trimEnd(), "```"].join("\n");
/** A line that only the tests need. */
const shown = (source) =>
  source.replace(/^(\/\/ modules: |# environment: |\/\/ reported by).*\n/, "");
const word = { error: "Error", warning: "Warning" };

function page(code, messages) {
  const ending = files.has(`${code}.tova`) ? "tova" : "deploy.toml";
  const language = ending === "tova" ? "tova" : "toml";
  const severities = [...new Set(messages.map(({ severity }) => word[severity]))].join(" or ");
  return [
    `# ${code}`,
    `${severities}: ${sentences(messages)}`,
    "## Reported here",
    fence(language, shown(text(`${code}.${ending}`))),
    ...output(code, `${code}.${ending}`),
    "## Correct",
    fence(language, shown(text(`${code}.ok.${ending}`))),
    ...hiding(messages),
    "",
  ]
    .join("\n\n")
    .trimEnd();
}

/** What is found beyond the compiler, in packages, is not shown as a terminal does. */
const output = (code, name) =>
  text(name).startsWith("// reported by") ? [] : [fence("text", diagnose(code, name))];

function sentences(messages) {
  // Some messages are made where the mistake is found; what is reported below is an example.
  const told = messages.filter(({ message }) => message !== anything);
  if (told.length === 0) return "told by what stands there.";
  if (told.length === 1) return [told[0].message, told[0].help].join(" ");
  return ["one of these.", "", ...told.map(({ message, help }) => `- ${message} ${help}`)].join(
    "\n",
  );
}

function hiding(messages) {
  const strict = strictly(messages);
  const grave = messages.some(({ severity }, at) => severity !== strict[at].severity);
  return [
    ...(messages.every(({ severity }) => severity === "warning")
      ? [`\`// tova-ignore ${messages[0].code}\` on the line above leaves it out.`]
      : []),
    ...(grave ? ["With `--strict`, `tova check` and `tova build` make an error of it."] : []),
  ];
}

function index(all) {
  const rows = [...all].map(([code, messages]) => {
    const [{ severity, message: first }] = messages;
    const message = first === anything ? "told by what stands there" : first;
    return `| [${code}](${code}.md) | ${severity} | ${message.replaceAll("|", "\\|")} |`;
  });
  return [
    "# Diagnostics",
    "",
    "Made by `npm run pages` in `packages/tova-codegen` from the registry of the compiler and the fixtures of its tests. `tova explain E202` shows a page in the terminal.",
    "",
    "| code | severity | message |",
    "| --- | --- | --- |",
    ...rows,
  ].join("\n");
}

const all = messagesByCode();
mkdirSync(target, { recursive: true });
for (const name of readdirSync(target)) if (name.endsWith(".md")) rmSync(join(target, name));
for (const [code, messages] of all)
  writeFileSync(join(target, `${code}.md`), `${page(code, messages)}\n`);
writeFileSync(join(target, "README.md"), `${index(all)}\n`);
