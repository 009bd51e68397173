// The id of a process in, the memory that it holds out.
import { readFileSync } from "node:fs";

/** Resident bytes of a process, as Linux tells them; null elsewhere. */
export function residentBytes(id: number | undefined): number | null {
  if (id === undefined) return null;
  try {
    const status = readFileSync(`/proc/${id}/status`, "utf8");
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}
