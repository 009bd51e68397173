// Requests of Vercel's Cron Jobs → the schedules of a worker.
import { constantTimeEqual } from "./crypto";

async function vercelRun(
  request: Request,
  cron: string,
  secret: string | undefined,
  run: (cron: string) => Promise<unknown>,
): Promise<Response> {
  const headers = { "Cache-Control": "no-store" };
  if (!secret) console.error("Schedules do not run: CRON_SECRET is not set");
  const given = request.headers.get("authorization") ?? "";
  if (!secret || !constantTimeEqual(given, `Bearer ${secret}`)) {
    return Response.json({ error: "Unauthorized" }, { status: 401, headers });
  }
  try {
    await run(cron);
    return Response.json({ ok: true }, { headers });
  } catch (error) {
    console.error((error as Error)?.stack ?? error);
    return Response.json({ error: "Internal Server Error" }, { status: 500, headers });
  }
}

/**
 * Runs the jobs of a cron job that Vercel calls, which shows that it is Vercel by the project's
 * CRON_SECRET (vercel.com/docs/cron-jobs/manage-cron-jobs, "Securing cron jobs"). Without a secret
 * nobody is believed.
 * @param crons by path
 * @returns null for a request of another path
 */
export function vercelSchedule(
  request: Request,
  crons: Readonly<Record<string, string>>,
  secret: string | undefined,
  run: (cron: string) => Promise<unknown>,
): Promise<Response> | null {
  const cron = crons[new URL(request.url).pathname];
  return cron === undefined ? null : vercelRun(request, cron, secret, run);
}
