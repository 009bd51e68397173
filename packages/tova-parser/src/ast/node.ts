// What every node of the typed tree has, and names.

/** A half-open range of UTF-16 offsets in the source text. */
export interface SourceRange {
  readonly from: number;
  readonly to: number;
}

export interface Node<Kind extends string> extends SourceRange {
  readonly kind: Kind;
}

/** A name in the source: a definition, a property, a label. */
export interface Name extends Node<"Name"> {
  readonly name: string;
}

/** A use of a variable. */
export interface Identifier extends Node<"Identifier"> {
  readonly name: string;
}
