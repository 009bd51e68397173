// The shape that the JSON of a request's body must have, as data that a worker carries.

/** A built-in type by name, a declared one by its place in the table, or what it is made of. */
export type Schema =
  | string
  | readonly ["type", name: string]
  | readonly ["list" | "map", element: Schema]
  | Members
  | readonly ["record", fields: Fields]
  | readonly ["variants", byTag: Readonly<Record<string, Fields>>];

/** `["union", "Int", "Nil"]`, `["tuple", "Int", "String"]`. */
export interface Members extends ReadonlyArray<Schema> {
  readonly 0: "union" | "tuple";
}

/** By name of the field. */
export interface Fields {
  readonly [name: string]: Schema;
}

/** Made by `analyse/body.ts`, written into the worker by `emit/http.ts`. */
export interface BodySchema {
  readonly root: Schema;
  readonly types: Readonly<Record<string, Schema>>;
}
