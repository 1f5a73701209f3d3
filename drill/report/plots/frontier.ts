import type { FrontierSetting } from "./plot-data";

/**
 * The settings that no other beats: none costs as little or less and cuts over faster at p95. Cheapest first; of
 * settings that cost and take the same, the first is taken.
 */
export function frontierOf(settings: readonly FrontierSetting[]): FrontierSetting[] {
  const frontier: FrontierSetting[] = [];
  for (const setting of cheapestFirst(settings)) {
    const last = frontier.at(-1);
    if (last === undefined || setting.p95Seconds < last.p95Seconds) frontier.push(setting);
  }
  return frontier;
}

/** Equal costs in the order of their p95, then of their settings, so that a page never changes by chance. */
export function cheapestFirst(settings: readonly FrontierSetting[]): FrontierSetting[] {
  return [...settings].sort(
    (a, b) =>
      a.monthlyUsd - b.monthlyUsd ||
      a.p95Seconds - b.p95Seconds ||
      a.intervalSeconds - b.intervalSeconds ||
      a.failureThreshold - b.failureThreshold ||
      a.ttlSeconds - b.ttlSeconds,
  );
}

/** `every 10 s, 3 failures, TTL 60 s`, and `(alias)` or `(CNAME)` where both are swept. */
export function settingText(setting: FrontierSetting): string {
  const { intervalSeconds, failureThreshold } = setting;
  const failures = failureThreshold === 1 ? "1 failure" : `${failureThreshold} failures`;
  return `every ${intervalSeconds} s, ${failures}, TTL ${ttlText(setting)}`;
}

/** `60 s`, or `60 s (alias)`. */
export function ttlText({ ttlSeconds, records }: FrontierSetting): string {
  return records === undefined ? `${ttlSeconds} s` : `${ttlSeconds} s (${records})`;
}
