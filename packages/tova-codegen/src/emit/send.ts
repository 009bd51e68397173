// A handler that may give bytes or streams → what makes responses of them (spec 11.2).
import type { ast } from "tova-parser";
import type { RawReader, SecondParameter } from "../analyse/raw-results";
import { type Context, helper } from "./context";

/** What stands before and behind the call of a handler; nothing where it gives no bytes. */
export function sender(
  cx: Context,
  raw: RawReader,
  handler: ast.Expression | ast.FunctionDeclaration,
  second: SecondParameter,
  status = 200,
): readonly [before: string, after: string] {
  if (!raw.mayGiveBody(handler, second)) return ["", ""];
  const pieces = raw.mayYield ? [String(status), helper(cx, "pieces")] : [];
  const more = status === 200 ? pieces : [String(status), ...pieces.slice(1)];
  return [`${helper(cx, "sent")}(`, `${["", ...more].join(", ")})`];
}
