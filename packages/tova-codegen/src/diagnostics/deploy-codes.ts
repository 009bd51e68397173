// Codes of the deploy file, and of names that workers and resources get on the platform.
import { define } from "./define";
import { suggest } from "./nearest";

export const deployCodes = {
  deploySyntax: define<{ problem: string }>(
    "E_DEPLOY_SYNTAX",
    "error",
    ({ problem }) => `The deploy file is not valid TOML: ${problem}.`,
    "Correct this line; the format is described in docs/deploy-file.md.",
  ),
  deployKey: define<{ key: string; place: string; known: readonly string[] }>(
    "E_DEPLOY_KEY",
    "error",
    ({ key, place }) => `\`${key}\` is not a key of ${place}.`,
    ({ key, known }) => suggest(key, known),
  ),
  deployValue: define<{ key: string; expected: string; help?: string }>(
    "E_DEPLOY_VALUE",
    "error",
    ({ key, expected }) => `\`${key}\` must be ${expected}.`,
    ({ help }) => help ?? "Correct the value; the format is described in docs/deploy-file.md.",
  ),
  deployName: define<{ what: string; name: string; known: readonly string[] }>(
    "E_DEPLOY_NAME",
    "error",
    ({ what, name }) => `The program has no ${what} \`${name}\`.`,
    ({ name, known }) => (known.length > 0 ? suggest(name, known) : "Remove this entry."),
  ),
  deployEnvironment: define<{ name: string }>(
    "E_DEPLOY_ENVIRONMENT",
    "error",
    ({ name }) => `\`${name}\` cannot name an environment.`,
    "Use lower-case ASCII letters, digits and `-`, beginning and ending with a letter or digit.",
  ),
  unknownEnvironment: define<{ name: string; known: readonly string[] }>(
    "E_UNKNOWN_ENVIRONMENT",
    "error",
    ({ name }) => `The deploy file has no environment \`${name}\`.`,
    ({ name, known }) =>
      known.length > 0 ? suggest(name, known) : `Add a table \`[env.${name}]\` to it.`,
  ),
  resourceName: define<{ what: string; name: string; rule: string; fix: string }>(
    "E_RESOURCE_NAME",
    "error",
    ({ what, name, rule }) => `The ${what} would be named \`${name}\`, but such names ${rule}.`,
    ({ fix }) => fix,
  ),
  resourceClash: define<{ what: string; name: string; first: string; second: string }>(
    "E_RESOURCE_CLASH",
    "error",
    ({ what, name, first, second }) =>
      `\`${first}\` and \`${second}\` would be one ${what}, \`${name}\`.`,
    "Rename one of them, or name both in the deploy file.",
  ),
};
