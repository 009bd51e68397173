// Names of Tova's standard library → the runtime's helpers; data only (spec 14).

/** Name in Tova, aliases included → helper. */
export const builtins = {
  print: "print",
  int: "int",
  to_int: "int",
  float: "float",
  to_float: "float",
} as const;

/** Names of methods that only Tova has → helper, called with the receiver first. */
export const methods = {} as const;

/** Names that need a file system, processes or a terminal: no worker has them. */
export const nodeOnly: readonly string[] = [];
