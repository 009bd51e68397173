// The typed syntax tree: what `read` makes of a Lezer tree and every later stage works on.

export type * from "./expression";
export type * from "./node";
export type * from "./pattern";
export type * from "./program";
export type * from "./statement";
export type * from "./type";
