// The path of a route or health check, as a list of what stands between its slashes.

/** One part of a path between slashes, percent-decoded. */
export type Segment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "param"; readonly name: string }
  /** The rest of the path; only ever last. */
  | { readonly kind: "wildcard"; readonly name: string };
