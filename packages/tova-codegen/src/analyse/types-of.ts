// Statements → the types they declare.
import type { ast } from "tova-parser";

/** The type declarations among statements, exported ones too, in order. */
export function typesOf(statements: readonly ast.Statement[]): readonly ast.TypeDeclaration[] {
  return statements.flatMap((statement) => {
    const declaration = statement.kind === "Export" ? statement.declaration : statement;
    return declaration?.kind === "TypeDeclaration" ? [declaration] : [];
  });
}
