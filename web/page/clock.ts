// The clock of this computer, in China's civil time. Only the page reads it; what decides
// a check never does.

/** `2026-12-08 09:30`, in UTC+8. */
export const clock = (now: number): string => new Date(now + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
