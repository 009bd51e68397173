// Codes of edge blocks: structure, routes, configuration (spec 10, 11, 15).
import { define } from "./define";
import { suggest } from "./nearest";

const blockCodes = {
  blockName: define<{ name: string }>(
    "E_EDGE_NAME",
    "error",
    ({ name }) => `\`${name}\` cannot name a worker.`,
    "Use a plain string of ASCII letters, digits, `-` and `_` that holds a letter or digit.",
  ),
  blockNameClash: define<{ name: string; other: string; worker: string }>(
    "E_EDGE_NAME_CLASH",
    "error",
    ({ name, other, worker }) =>
      `The blocks \`${other}\` and \`${name}\` would both be deployed as \`${worker}\`.`,
    "Rename one of the two.",
  ),
  mergedBlock: define<{ name: string | null }>(
    "W_DUPLICATE_EDGE_BLOCK",
    "warning",
    ({ name }) =>
      `${name === null ? "A second unnamed edge block" : `A second edge block \`${name}\``} is merged into the first one.`,
    "Give it another name if it should be a worker of its own, or write both as one block.",
  ),
  replacedMember: define<{ member: string }>(
    "W_DUPLICATE_EDGE_CONFIG",
    "warning",
    ({ member }) => `This \`${member}\` replaces an earlier one of the same worker.`,
    "Keep only one of them.",
  ),
  unknownConfig: define<{ key: string; known: readonly string[]; member: string | null }>(
    "W_UNKNOWN_EDGE_CONFIG",
    "warning",
    ({ key }) => `\`${key}\` is not a setting of edge blocks and does nothing.`,
    ({ key, known, member }) =>
      member === null
        ? suggest(key, known).replace("Use", "Remove it, or use")
        : `Write \`${member}\`, without \`:\`.`,
  ),
  settingWithoutColon: define<{ key: string; value: string }>(
    "W_UNKNOWN_EDGE_CONFIG",
    "error",
    ({ key }) => `The setting \`${key}\` needs \`:\` before its value.`,
    ({ key, value }) => `Write \`${key}: ${value}\`.`,
  ),
  unknownTarget: define<{ target: string; known: readonly string[] }>(
    "W_UNKNOWN_EDGE_TARGET",
    "error",
    ({ target }) => `\`${target}\` is not a target.`,
    ({ target, known }) => suggest(target, known),
  ),
  duplicateBinding: define<{ name: string }>(
    "W_DUPLICATE_EDGE_BINDING",
    "error",
    ({ name }) => `\`${name}\` is declared twice in this worker.`,
    "Rename or remove one of the two.",
  ),
  noHandlers: define<{ name: string | null }>(
    "W_EDGE_NO_HANDLERS",
    "warning",
    ({ name }) =>
      `${name === null ? "This edge block" : `The edge block \`${name}\``} has no route, health check, schedule or consumer.`,
    "Add one, or remove the block.",
  ),
  withCli: define<object>(
    "W_EDGE_WITH_CLI",
    "warning",
    () => "A `cli` block beside edge blocks is not part of any worker.",
    "Move it to a file of its own.",
  ),
  unsupportedBlock: define<{ construct: string }>(
    "W_UNSUPPORTED_BLOCK",
    "warning",
    ({ construct }) => `\`${construct}\` blocks are not supported here, and this one is left out.`,
    "Move it to a file that another toolchain builds.",
  ),
  unsupportedHere: define<{ construct: string }>(
    "W_UNSUPPORTED_BLOCK",
    "warning",
    ({ construct }) => `\`${construct}\` is not supported here, and throws when it is reached.`,
    "Start the calls yourself: `await Promise.all([f(), g()])` waits for all of them, `await Promise.race([f(), g()])` for the first.",
  ),
  unsupportedStatement: define<{ construct: string }>(
    "E302",
    "error",
    ({ construct }) => `\`${construct}\` is not available in edge programs.`,
    "Remove it; plain variables and functions work everywhere.",
  ),
  notPlain: define<{ what: string; parameter?: string }>(
    "E_NOT_LITERAL",
    "error",
    ({ what }) => `${what} must be known when the program is built.`,
    ({ parameter }) =>
      parameter === undefined
        ? "Write a plain string without `{…}`."
        : `Write \`:${parameter}\` for a parameter of the path; all else of it is plain text.`,
  ),
};

const httpCodes = {
  method: define<{ method: string; known: readonly string[] }>(
    "E_ROUTE_METHOD",
    "error",
    ({ method }) => `\`${method}\` is not a method that routes can have.`,
    ({ method, known }) => suggest(method, known),
  ),
  path: define<{ problem: string; help: string }>(
    "E_ROUTE_PATH",
    "error",
    ({ problem }) => problem,
    ({ help }) => help,
  ),
  pathHabit: define<{ part: string; path: string; name: string }>(
    "W_ROUTE_PATH",
    "warning",
    ({ part, path }) => `\`${part}\` in the path \`${path}\` is text, and no parameter.`,
    ({ name }) =>
      `Write \`:${name}\` for a parameter; text of this kind is plain when it is percent-encoded.`,
  ),
  decorator: define<{ name: string }>(
    "E_ROUTE_DECORATOR",
    "error",
    ({ name }) => `\`with ${name}\` has no effect on edge, and the route would be open.`,
    'Write `with auth`, `with auth(Role)` or `with max_body("1mb")`, or make the check in a `middleware`.',
  ),
  handler: define<{ found: string }>(
    "E_HANDLER",
    "error",
    ({ found }) => `A handler is a function, but this is ${found}.`,
    "Write a lambda, such as `fn(req) …`, or the name of a function.",
  ),
  extraParameter: define<{ name: string; given: string }>(
    "E103",
    "warning",
    ({ name, given }) => `Nothing is given for \`${name}\`: this function is called with ${given}.`,
    "Leave it out; what a worker is bound to has its name everywhere in the block.",
  ),
  unknownMethod: define<{ name: string; binding: string; kind: string; known: readonly string[] }>(
    "W_UNKNOWN_FIELD",
    "warning",
    ({ name, binding, kind }) =>
      `\`${binding}\` is declared by \`${kind}\`, and so has no \`${name}\`.`,
    ({ name, known }) => suggest(name, known),
  ),
  unknownType: define<{ name: string; help: string | null }>(
    "E_ROUTE_BODY",
    "error",
    ({ name }) => `There is no type \`${name}\` to check the body against.`,
    ({ name, help }) => help ?? `Declare it: \`type ${name} { … }\`.`,
  ),
  fieldRule: define<{ name: string; known: readonly string[] }>(
    "E_FIELD_RULE",
    "error",
    ({ name }) =>
      name === ""
        ? "This is no rule that the field of a body can be checked for."
        : `Bodies cannot be checked for the rule \`${name}\`.`,
    ({ name, known }) => suggest(name, known),
  ),
  fieldRuleValue: define<{ name: string; expected: string }>(
    "E_FIELD_RULE",
    "error",
    ({ name }) => `The rule \`${name}\` is not written so.`,
    ({ expected }) => `Write ${expected}.`,
  ),
  maxBody: define<{ text: string }>(
    "E_MAX_BODY",
    "error",
    ({ text }) => `\`${text}\` is no size that a body can be limited to.`,
    'Write a number of bytes or a text such as `"512kb"` or `"10mb"`.',
  ),
  duplicateRoute: define<{ method: string; path: string }>(
    "W_DUPLICATE_ROUTE",
    "warning",
    ({ method, path }) =>
      `\`${method} ${path}\` is never reached, because an earlier route takes the same requests.`,
    "Remove one of the two.",
  ),
  hiddenHealth: define<{ path: string; before: string }>(
    "W_UNREACHABLE_ROUTE",
    "warning",
    ({ path, before }) =>
      `The health check \`${path}\` is never reached, because \`GET ${before}\` takes its requests.`,
    "Give it a path that no route takes: all routes come before it.",
  ),
  unreachableRoute: define<{ method: string; path: string; before: string }>(
    "W_UNREACHABLE_ROUTE",
    "warning",
    ({ method, path, before }) =>
      `\`${method} ${path}\` is never reached, because \`${method} ${before}\` comes first and takes its requests.`,
    ({ method, before }) => `Move it above \`${method} ${before}\`, or remove it.`,
  ),
  groupMember: define<object>(
    "E_ROUTE_GROUP",
    "error",
    () => "A route group holds only routes and route groups.",
    "Move this out of the group; it then applies to the whole worker.",
  ),
  healthCheck: define<{ check: string }>(
    "W_UNKNOWN_HEALTH_CHECK",
    "warning",
    ({ check }) => `\`${check}\` is not a health check, and nothing is checked.`,
    ({ check }) => suggest(check, ["check_memory"]),
  ),
  corsKey: define<{ key: string; known: readonly string[] }>(
    "E_CORS_KEY",
    "error",
    ({ key }) => `\`${key}\` is not a setting of \`cors\`.`,
    ({ key, known }) => suggest(key, known),
  ),
  corsValue: define<{ key: string; expected: string }>(
    "E_CORS_VALUE",
    "error",
    ({ key, expected }) => `\`${key}\` must be ${expected}.`,
    "Write the value out; it must be known when the program is built.",
  ),
  corsOrigin: define<{ origin: string; help: string }>(
    "W_CORS_ORIGIN",
    "warning",
    ({ origin }) => `\`${origin}\` is not an origin, so no browser ever sends it.`,
    ({ help }) => help,
  ),
  corsWildcard: define<object>(
    "W_CORS_WILDCARD",
    "warning",
    () => "Browsers refuse credentials when any origin is allowed, so they are left off.",
    "List the origins that may send credentials, or remove `credentials`.",
  ),
};

const eventCodes = {
  cron: define<{ cron: string; problem: string; help: string }>(
    "W_INVALID_CRON",
    "error",
    ({ cron, problem }) => `\`${cron}\` is not a valid cron expression: ${problem}.`,
    ({ help }) => help,
  ),
  duplicateSchedule: define<{ name: string }>(
    "W_DUPLICATE_SCHEDULE",
    "warning",
    ({ name }) => `Two schedules of this worker are named \`${name}\`; both run.`,
    "Rename one of the two, so that logs tell them apart.",
  ),
  unknownQueue: define<{ queue: string; known: readonly string[] }>(
    "W_CONSUME_UNKNOWN_QUEUE",
    "error",
    ({ queue }) => `No edge block of this file declares the queue \`${queue}\`.`,
    ({ queue, known }) =>
      known.length > 0
        ? suggest(queue, known)
        : `Add \`queue ${queue}\` to the block that sends to it.`,
  ),
  duplicateConsumer: define<{ queue: string }>(
    "E_DUPLICATE_CONSUMER",
    "error",
    ({ queue }) => `The queue \`${queue}\` is consumed twice in this file.`,
    "A queue has one consumer: do both jobs in one, or use two queues.",
  ),
  consumeOption: define<{ key: string; known: readonly string[] }>(
    "W_UNKNOWN_CONSUME_OPTION",
    "warning",
    ({ key }) => `\`${key}\` is not an option of \`consume\` and does nothing.`,
    ({ key, known }) => suggest(key, known),
  ),
  consumeTarget: define<{ key: string; target: string }>(
    "E_CONSUME_OPTION",
    "error",
    ({ key, target }) => `\`${key}\` of \`consume\` does nothing on ${target}.`,
    "Remove it, or build for a target that has it.",
  ),
  consumeValue: define<{ key: string; expected: string }>(
    "E_CONSUME_OPTION",
    "error",
    ({ key, expected }) => `\`${key}\` must be ${expected}.`,
    "Write the value out; it must be known when the program is built.",
  ),
};

export const edgeCodes = { ...blockCodes, ...httpCodes, ...eventCodes };
