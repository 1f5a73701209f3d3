const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The day on which prices are judged, `2026-11-21`: that of `WARM_STANDBY_AS_OF` where it is a day, so that a run can
 * be repeated with the same findings, else the day of `now` in UTC.
 */
export function asOfDay(environment: Readonly<Record<string, string | undefined>>, now: Date): string {
  const { WARM_STANDBY_AS_OF: given = "" } = environment;
  return DAY.test(given) && !Number.isNaN(Date.parse(given)) ? given : now.toISOString().slice(0, 10);
}
