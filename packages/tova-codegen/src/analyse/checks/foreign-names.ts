// Names that other languages give meaning to → what Tova writes instead; data only.

/** Maps, as a program may use any name, `constructor` too. */
const mapOf = (helps: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(helps));

/** Sockets of Cloudflare are the platform's own classes. */
export const socketHelp =
  'Take the upgrade in a route; on Cloudflare `WebSocketPair.new()` has both ends, and `Response.new(nil, { status: 101, webSocket: pair["0"] })` answers with one.';

/** By name; those of keywords are with the checks of syntax. */
export const foreignNames = mapOf({
  True: "Write `true`.",
  False: "Write `false`.",
  TRUE: "Write `true`.",
  FALSE: "Write `false`.",
  Null: "Write `nil`.",
  NULL: "Write `nil`.",
  null_ptr: "Write `nil`.",
  nullptr: "Write `nil`.",
  pass: "Leave it out: a block may be empty, `{ }`.",
  require: 'Write `import name from "module"`.',
  module: "Write `pub` before what the file exports.",
  exports: "Write `pub` before what the file exports.",
  println: "Write `print(…)`.",
  printf: "Write `print(…)` with a text that holds `{values}`.",
  puts: "Write `print(…)`.",
  echo: "Write `print(…)`.",
  end: "Blocks stand between `{` and `}`.",
  begin: "Blocks stand between `{` and `}`.",
  ...{ on_message: socketHelp, on_open: socketHelp, on_close: socketHelp, websocket: socketHelp },
  str: "Write `to_string(…)`; `str.upper(…)` and its like are functions of texts.",
});

const whole = "Write `Int`.";
const number = "Write `Float`, or `Int` for whole numbers.";
const list = "Write `[Type]`.";

/** Types of other languages, by their names; only in annotations are they meant so. */
export const foreignTypes = mapOf({
  ...{ string: "Write `String`.", str: "Write `String`.", Str: "Write `String`." },
  ...{ bool: "Write `Bool`.", boolean: "Write `Bool`.", Boolean: "Write `Bool`." },
  ...{ int: whole, integer: whole, Integer: whole, long: whole, Long: whole, usize: whole },
  ...{ i32: whole, i64: whole, u8: whole, u32: whole, u64: whole, int64: whole },
  ...{ number, float: number, double: number, Double: number, f32: number, f64: number },
  ...{ any: "Write `Any`.", unknown: "Write `Any`.", object: "Write `Object`." },
  ...{
    void: "Leave the type out, or write `Nil`.",
    undefined: "Write `Nil`.",
    null: "Write `Nil`.",
  },
  ...{ list, dict: "Write `Map<String, Type>`.", Dict: "Write `Map<String, Type>`." },
  ...{ Vec: list, ArrayList: list, slice: list },
});
