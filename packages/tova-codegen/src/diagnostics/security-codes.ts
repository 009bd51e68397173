// Codes of `security` blocks (spec 12). A rule that would silently not hold is an error.
import { define } from "./define";
import { suggest } from "./nearest";

export const securityCodes = {
  securityRule: define<{ rule: string; known: readonly string[] }>(
    "E_SECURITY_RULE",
    "error",
    ({ rule }) => `\`${rule}\` is no rule of a security block.`,
    ({ rule, known }) => suggest(rule, known),
  ),
  securityUnsupported: define<{ rule: string; instead: string }>(
    "E_SECURITY_UNSUPPORTED",
    "error",
    ({ rule }) => `The security rule \`${rule}\` is not enforced on edge.`,
    ({ instead }) => instead,
  ),
  securityKey: define<{ rule: string; key: string; known: readonly string[] }>(
    "E_SECURITY_KEY",
    "error",
    ({ rule, key }) => `\`${rule}\` has no option \`${key}\`.`,
    ({ key, known }) => suggest(key, known),
  ),
  securityValue: define<{ what: string; expected: string }>(
    "E_SECURITY_VALUE",
    "error",
    ({ what }) => `${what} is not valid.`,
    ({ expected }) => `Write ${expected}.`,
  ),
  authType: define<{ type: string }>(
    "W_UNKNOWN_AUTH_TYPE",
    "error",
    ({ type }) =>
      type === ""
        ? "This `auth` does not say by what users are known."
        : `Authentication by \`${type}\` is not available on edge.`,
    "Write `auth jwt { secret: NAME }`, or check the key in a middleware.",
  ),
  hardcodedSecret: define<object>(
    "W_HARDCODED_SECRET",
    "error",
    () => "A secret stands in the source, and would stand in the worker.",
    "Declare `secret JWT_KEY` in the edge block and write `secret: JWT_KEY`.",
  ),
  defaultSecret: define<{ name: string }>(
    "W_HARDCODED_SECRET",
    "warning",
    ({ name }) => `Whoever reads the default of \`${name}\` can sign tokens where it is not set.`,
    ({ name }) => `Write \`secret ${name}\` without a default, and set it on the platform.`,
  ),
  secretNotDeclared: define<{ name: string; block: string; option: string; declare: string }>(
    "E_AUTH_SECRET",
    "error",
    ({ name, block }) =>
      `${block} does not declare \`${name}\`, so that nobody could be authenticated.`,
    ({ name, option, declare }) =>
      `Write \`${declare} ${name}\` in it, or \`${option}: env("${name}")\` in the security block.`,
  ),
  invalidRateLimit: define<{ key: string }>(
    "W_INVALID_RATE_LIMIT",
    "error",
    ({ key }) => `\`rate_limit\` needs a \`${key}\` that is a whole number above 0.`,
    "Write `rate_limit { max: 100, window: 60 }`: requests, and the seconds that they are counted in.",
  ),
  rateLimitTarget: define<{ target: string; reason: string }>(
    "E_RATE_LIMIT_TARGET",
    "error",
    ({ target, reason }) => `\`rate_limit\` is not enforced on ${target}, since ${reason}.`,
    "Remove it and limit the rate in front of the worker, or build for a target that counts requests.",
  ),
  rateLimitWindow: define<{ target: string; window: number; known: readonly number[] }>(
    "E_RATE_LIMIT_TARGET",
    "error",
    ({ target, window }) => `On ${target} requests cannot be counted over ${window} seconds.`,
    ({ known }) => `Write a \`window\` of ${known.join(" or ")} seconds.`,
  ),
  protectWithoutAuth: define<{ what: string }>(
    "W_PROTECT_WITHOUT_AUTH",
    "warning",
    ({ what }) => `Nobody can get through ${what}, as the file has no \`auth\`.`,
    "Add `auth jwt { secret: NAME }` to a `security` block.",
  ),
  protectNoRequire: define<{ pattern: string }>(
    "W_PROTECT_NO_REQUIRE",
    "warning",
    ({ pattern }) =>
      `\`protect "${pattern}"\` does not say whom it lets through; it takes any authenticated user.`,
    "Write `require: authenticated`, the name of a role, or `anyone`.",
  ),
  undefinedRole: define<{ role: string; known: readonly string[] }>(
    "W_UNDEFINED_ROLE",
    "warning",
    ({ role }) => `The role \`${role}\` is not declared.`,
    ({ role, known }) =>
      known.length > 0 ? suggest(role, known) : `Declare it: \`role ${role} { can: [] }\`.`,
  ),
  duplicateRole: define<{ role: string }>(
    "W_DUPLICATE_ROLE",
    "warning",
    ({ role }) => `The role \`${role}\` is declared twice.`,
    "Remove one of the two, or rename it.",
  ),
  hashNotEnforced: define<{ field: string }>(
    "W_HASH_NOT_ENFORCED",
    "warning",
    ({ field }) => `\`hash\` does not hash \`${field}\`; it only says how you do.`,
    "Add `never_expose: true`, and hash the value where you store it.",
  ),
  csrfDisabled: define<object>(
    "W_CSRF_DISABLED",
    "warning",
    () => "`csrf` is switched off.",
    "Remove `enabled: false`, or the whole rule where nothing uses cookies.",
  ),
};
