import type { IncomingHttpHeaders } from "node:http";
import type { Scheme } from "./doors";

interface Policy {
  readonly untilMs: number;
  readonly includesSubdomains: boolean;
}

/** What one browser remembers of hosts that told it to come by HTTPS only (HSTS, RFC 6797), in system time. */
export class HstsMemory {
  private readonly policies = new Map<string, Policy>();

  /** Takes note of a reply: only one by HTTPS counts (section 8.1); `max-age=0` forgets the host. */
  note(host: string, scheme: Scheme, headers: IncomingHttpHeaders, nowMs: number): void {
    const header = headers["strict-transport-security"];
    if (scheme !== "https" || typeof header !== "string") return;
    const directives = header.split(";").map((each) => each.trim().toLowerCase());
    const age = directives.flatMap((each) => /^max-age="?(\d+)"?$/.exec(each)?.[1] ?? [])[0];
    if (age === undefined) return;
    this.policies.set(host, {
      untilMs: nowMs + Number(age) * 1_000,
      includesSubdomains: directives.includes("includesubdomains"),
    });
  }

  /** Whether the host may be visited by HTTPS only: until `max-age` is over, at that moment no more. */
  holds(host: string, nowMs: number): boolean {
    for (const [name, { untilMs, includesSubdomains }] of this.policies) {
      const isNamed = host === name || (includesSubdomains && host.endsWith(`.${name}`));
      if (isNamed && nowMs < untilMs) return true;
    }
    return false;
  }
}
