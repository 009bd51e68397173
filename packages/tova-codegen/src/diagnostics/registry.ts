// Every diagnostic code of the toolchain, once: severity, message and help (spec section 15).
import { checkCodes } from "./check-codes";
import { deployCodes } from "./deploy-codes";
import { edgeCodes } from "./edge-codes";
import { flowCodes } from "./flow-codes";
import { moduleCodes } from "./module-codes";
import { nameCodes } from "./name-codes";
import { securityCodes } from "./security-codes";
import { sqlCodes } from "./sql-codes";
import { syntaxCodes } from "./syntax-codes";
import { targetCodes } from "./target-codes";

/**
 * Call sites write `report(range, codes.immutable({ name }))`: a wrong code does not compile.
 *
 * What would not load, not deploy, or be unsafe is an error, all else a warning. Codes that the
 * language publishes keep their names, so that some errors start with `W_`; ours start with `E_`
 * or `W_` by their severity.
 */
export const codes = {
  ...syntaxCodes,
  ...nameCodes,
  ...checkCodes,
  ...flowCodes,
  ...edgeCodes,
  ...securityCodes,
  ...moduleCodes,
  ...deployCodes,
  ...sqlCodes,
  ...targetCodes,
};
