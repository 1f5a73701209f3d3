import type { IncomingHttpHeaders } from "node:http";

/** Permanent ones, which a cache may keep without being told to (RFC 9110 sections 15.4.2 and 15.4.9). */
const PERMANENT: readonly number[] = [301, 308];

interface Kept {
  readonly target: URL;
  readonly untilMs: number;
}

/**
 * What one browser keeps of redirects in its cache, by URL, in system time. One that says nothing of its age is kept
 * for good: browsers drop it when their cache is full or cleared, which no rehearsal lasts for. `Expires` is not read.
 */
export class KeptRedirects {
  private readonly kept = new Map<string, Kept>();

  /** Takes note of a reply to a GET; `no-store`, `no-cache` and `max-age` of its Cache-Control are obeyed. */
  note(
    url: string,
    { status, headers }: { readonly status: number; readonly headers: IncomingHttpHeaders },
    target: URL,
    nowMs: number,
  ): void {
    if (!PERMANENT.includes(status)) return;
    const directives = (headers["cache-control"] ?? "").split(",").map((each) => each.trim().toLowerCase());
    if (directives.some((each) => each === "no-store" || each === "no-cache")) return;
    const age = directives.flatMap((each) => /^max-age="?(\d+)"?$/.exec(each)?.[1] ?? [])[0];
    const untilMs = age === undefined ? Number.POSITIVE_INFINITY : nowMs + Number(age) * 1_000;
    this.kept.set(url, { target, untilMs });
  }

  /** Where a GET of this URL goes without anybody being asked; at the moment that `max-age` is over nowhere any more. */
  targetOf(url: string, nowMs: number): URL | undefined {
    const found = this.kept.get(url);
    return found !== undefined && nowMs < found.untilMs ? found.target : undefined;
  }
}
