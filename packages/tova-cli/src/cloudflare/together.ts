// Questions under way in, their answers and all that went wrong out.
import { type Problem, ProblemError } from "../problems";

/**
 * Waits for all questions.
 * @returns the answers, and all problems of the others, each once
 * @throws what is no ProblemError
 */
export async function together<T>(
  questions: readonly Promise<T>[],
): Promise<{ readonly answers: readonly T[]; readonly problems: readonly Problem[] }> {
  const settled = await Promise.allSettled(questions);
  const errors = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  const other = errors.find((error) => !(error instanceof ProblemError));
  if (other !== undefined) throw other;
  const problems = errors.flatMap((error: ProblemError) => error.problems);
  return {
    answers: settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])),
    problems: [...new Map(problems.map((one) => [one.message, one])).values()],
  };
}
