// Names that other languages give meaning to → what Tova writes instead; data only.

/** By name; those of keywords are with the checks of syntax. */
export const foreignNames: Readonly<Record<string, string>> = {
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
  str: "Write `to_string(…)`; `str.upper(…)` and its like are functions of texts.",
};
