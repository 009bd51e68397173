// The compatibility date of generated workers, unless an option says another.

/**
 * Fixed, so that a build gives the same files on every day. The workerd that miniflare
 * 4.20260426.0 pins refuses dates after 2026-04-26; this is the first of that month, so that a
 * slightly older workerd runs the workers too. Raise it only together with those packages.
 */
export const defaultCompatibilityDate = "2026-04-01";
