export { type CheckedUnit, checkProgram } from "./check-program";
