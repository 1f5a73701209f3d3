import { HOURS_PER_MONTH } from "../../../model/money";

const MINUTES_PER_MONTH = HOURS_PER_MONTH * 60;
const DAYS_PER_MONTH = HOURS_PER_MONTH / 24;
const MINUTES = new Map([
  ["minute", 1],
  ["minutes", 1],
  ["hour", 60],
  ["hours", 60],
]);

/**
 * How often a schedule of CloudWatch Synthetics runs in a month of 730 hours; `rate(0 minute)` runs once, when it
 * is started, and so not at all while idle. Of a cron expression minutes and hours count, and every day
 * is taken as one on which it runs, so the figure is a bound. Undefined where the text is not a schedule.
 * Source: Amazon CloudWatch user guide, "Scheduling canary runs using cron" and the Synthetics API's
 * `CanaryScheduleInput`.
 */
export function runsPerMonth(expression: string): number | undefined {
  const rate = /^rate\((\d+) (\w+)\)$/.exec(expression.trim());
  if (rate) {
    const minutes = Number(rate[1]) * (MINUTES.get(rate[2] ?? "") ?? Number.NaN);
    if (Number.isNaN(minutes)) return undefined;
    return minutes === 0 ? 0 : MINUTES_PER_MONTH / minutes;
  }
  const cron = /^cron\((\S+) (\S+)(?: \S+){3,4}\)$/.exec(expression.trim());
  if (!cron) return undefined;
  const minutes = matches(cron[1] ?? "", 60);
  const hours = matches(cron[2] ?? "", 24);
  return minutes === undefined || hours === undefined ? undefined : minutes * hours * DAYS_PER_MONTH;
}

/** How many of the numbers from 0 up to `limit` a cron field names: `*`, `5`, `1-9`, `0/15`, and lists of these. */
function matches(field: string, limit: number): number | undefined {
  const named = new Set<number>();
  for (const part of field.split(",")) {
    const read = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (!read) return undefined;
    const step = read[3] === undefined ? 1 : Number(read[3]);
    const first = read[1] === undefined ? 0 : Number(read[1]);
    const open = read[1] === undefined || (read[2] === undefined && read[3] !== undefined);
    const last = open ? limit - 1 : Number(read[2] ?? first);
    if (step === 0 || last >= limit || first > last) return undefined;
    for (let number = first; number <= last; number += step) named.add(number);
  }
  return named.size;
}
