// A cron expression as Cloudflare reads it → the same times as Bun reads it.

/** The greatest value of each field, by which `5/15` means the rest of its range. */
const greatest = [59, 23, 31, 12, 7];

/**
 * Bun counts weekdays from 0, which is Sunday, and takes steps of ranges only
 * (bun.com/docs/runtime/cron).
 * @param cron that `analyse/cron.ts` has found valid, without L, W and #
 */
export function bunCron(cron: string): string {
  const fields = cron.trim().split(/\s+/);
  return fields
    .map((field, at) =>
      field
        .split(",")
        .map((item) => itemOf(item, at))
        .join(","),
    )
    .join(" ");
}

function itemOf(item: string, at: number): string {
  const [range = "", step] = item.split("/");
  const whole = step === undefined || range === "*" || range.includes("-");
  const values = (whole ? range : `${range}-${greatest[at]}`).split("-");
  const shifted = at === 4 ? values.map(shift) : values;
  return [shifted.join("-"), ...(step === undefined ? [] : [step])].join("/");
}

const shift = (value: string): string => (/^\d+$/.test(value) ? String(Number(value) - 1) : value);
