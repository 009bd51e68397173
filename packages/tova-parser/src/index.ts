export { parser } from "./generated/parser";
