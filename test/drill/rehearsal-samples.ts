import type { Sample } from "../../rehearsal/simulation/sample";

export const PRIMARY = "urn:pulumi:dev::warm-standby::aws:apigatewayv2/api:Api::primary-api";
export const STANDBY = "urn:pulumi:dev::warm-standby::aws:apigatewayv2/api:Api::standby-api";
const CHECK = "urn:pulumi:dev::warm-standby::aws:route53/healthCheck:HealthCheck::primary-check";
const NAME = "profiles.example.com";

/** What a small rehearsal leaves: fault at 30 s, cutover after 71 s, heal at 200 s, failback after 64 s. */
export function rehearsalSamples(): Sample[] {
  const samples: Sample[] = [];
  const answers = (at: number, server: "authoritative" | "resolver", endpoint: string): Sample => ({
    atSeconds: at,
    kind: "answer",
    server,
    name: NAME,
    type: "A",
    endpoint,
    addresses: [endpoint === PRIMARY ? "192.0.2.1" : "198.51.100.1"],
    ttlSeconds: 60,
  });
  for (let at = 0; at < 300; at += 1) {
    const down = at >= 30 && at < 200;
    const failedProbes =
      at < 200
        ? Math.max(0, Math.min(16, Math.floor((at - 50) / 0.8)))
        : Math.max(0, Math.min(16, 16 - (at - 215)));
    if (at % 2 === 0) {
      const healthyCheckers = 16 - failedProbes;
      const healthy = healthyCheckers * 100 > 16 * 18;
      samples.push({ atSeconds: at, kind: "health", check: CHECK, healthy, healthyCheckers, checkers: 16 });
    }
    if (at === 0) samples.push({ atSeconds: 0, kind: "mark", mark: "start" });
    if (at === 30) samples.push({ atSeconds: 30, kind: "mark", mark: "fault", detail: "http-503" });
    if (at === 200) samples.push({ atSeconds: 200, kind: "mark", mark: "heal" });
    const authority = at >= 68 && at < 222 ? STANDBY : PRIMARY;
    const cached = at >= 101 && at < 264 ? STANDBY : PRIMARY;
    if (at % 10 === 0) samples.push(answers(at + 0.25, "authoritative", authority));
    samples.push(answers(at + 0.5, "resolver", cached));
    const ok = cached === STANDBY || !down;
    samples.push({
      atSeconds: at + 0.5,
      kind: "request",
      ok,
      status: ok ? 200 : 503,
      endpoint: cached,
      region: cached === STANDBY ? "us-west-2" : "us-east-1",
      latencyMs: 4,
    });
    if (at % 20 === 0 && at < 200) {
      const id = `profile-${at}`;
      samples.push({ atSeconds: at, kind: "write", id, version: at, ok, region: ok ? "us-east-1" : null });
      if (ok)
        samples.push({
          atSeconds: at,
          kind: "replica",
          id,
          version: at,
          region: "us-west-2",
          lagMs: 480 + at,
        });
    }
  }
  samples.push({ atSeconds: 31, kind: "write-lost", id: "profile-20", version: 20, region: "us-east-1" });
  samples.push({ atSeconds: 300, kind: "mark", mark: "end" });
  return samples;
}
