// Style tags for the nodes of the Tova grammar.
import { styleTags, tags as t } from "@lezer/highlight";

/** Used by the grammar; themes of CodeMirror and others read it. */
export const highlighting = styleTags({
  "if elif else ElseIf for while loop match return break continue try catch finally guard when yield throw defer with await async":
    t.controlKeyword,
  "in not is and or NotIn": t.operatorKeyword,
  "fn var type trait interface impl extern derive where let mut": t.definitionKeyword,
  "import export pub from as default": t.moduleKeyword,
  "edge shared security OpaqueKeyword BindingKind env secret cors health on_error middleware route routes schedule cron consume":
    t.keyword,
  "true false": t.bool,
  nil: t.null,
  "Number TupleIndex": t.number,
  "String StringStart StringEnd StringText SingleString RawString UnterminatedString": t.string,
  Escape: t.escape,
  RegExp: t.regexp,
  LineComment: t.lineComment,
  "BlockComment UnterminatedComment": t.blockComment,
  "⚠ TooDeep": t.invalid,
  DocComment: t.docComment,
  VariableName: t.variableName,
  "CallExpression/VariableName": t.function(t.variableName),
  VariableDefinition: t.definition(t.variableName),
  "FunctionDeclaration/VariableDefinition": t.function(t.definition(t.variableName)),
  "PropertyName ConfigKey ArgumentName FieldName": t.propertyName,
  "TypeName TypeDefinition VariantName": t.typeName,
  LabelName: t.labelName,
  HttpMethod: t.keyword,
  "PowerOp TimesOp PlusOp": t.arithmeticOperator,
  "AndOp OrOp LogicNot NullishOp PipeOp": t.logicOperator,
  "BitAnd BitXor BitNot ShiftOp": t.bitwiseOperator,
  CompareOp: t.compareOperator,
  UpdateOp: t.updateOperator,
  "Arrow ThinArrow": t.function(t.punctuation),
  "( )": t.paren,
  "[ ]": t.squareBracket,
  "{ } InterpolationStart": t.brace,
});
