// Every message of the tools that is not about a line of the program, by its name.
import { accessProblems } from "./problems/access";
import { blockProblems } from "./problems/blocks";
import { cloudflareProblems } from "./problems/cloudflare";
import { deployProblems } from "./problems/deploying";
import { devProblems } from "./problems/dev";
import { fileProblems } from "./problems/files";
import { platformProblems } from "./problems/platforms";
import { preflightProblems } from "./problems/preflight";
import { rollbackProblems } from "./problems/rollback";
import { toolProblems } from "./problems/tool";
import { topologyProblems } from "./problems/topology";

export { type Problem, ProblemError, renderProblem } from "./problems/problem";

/** Call sites write `new ProblemError(problems.noFile({ path }))`: a wrong code does not compile. */
export const problems = {
  ...fileProblems,
  ...blockProblems,
  ...devProblems,
  ...deployProblems,
  ...accessProblems,
  ...cloudflareProblems,
  ...preflightProblems,
  ...platformProblems,
  ...topologyProblems,
  ...rollbackProblems,
  ...toolProblems,
};
