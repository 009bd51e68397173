// What answers a worker's requests → the function `$answer` for a platform that calls it itself.
import type { FunctionCode } from "../handlers";
import type { Code } from "../writer";

/** Emits `$answer(request, env)`. */
export const emitAnswer = ({ async, params, body }: FunctionCode): Code => [
  async,
  `function $answer(${params}) `,
  body,
];
