// Every diagnostic code of the toolchain, once: severity, message and help (spec section 15).
import { nameCodes } from "./name-codes";

/** Call sites write `report(range, codes.immutable({ name }))`: a wrong code does not compile. */
export const codes = {
  ...nameCodes,
};
