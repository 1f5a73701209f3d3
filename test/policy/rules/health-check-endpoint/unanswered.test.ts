import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { healthCheckEndpoint } from "../../../../policy/rules/health-check-endpoint/rule";
import { resource } from "../../../model/stack-fixture";
import { judged } from "../judged";
import { check, record } from "../records";

const HTTPS = 'HTTPS health check "check"';

const judgements = (...others: readonly StackResource[]) =>
  judged(healthCheckEndpoint, [check(), ...others]).map(({ urn: _, ...rest }) => rest);

describe("policy/rules/health-check-endpoint, of names that nothing answers", () => {
  it("refuses a name that has no address for checkers, and advises where another stack may have it", () => {
    const zone = resource("aws:route53/zone:Zone", "zone", { name: "example.com" }, { id: "Z1" });
    const lever = "allowed: a name that has an IPv4 address; correct fqdn, or add the A record (no price)";
    const of = 'HTTPS health check "check" probes origin.example.com, of which the stack\'s own zone has no';
    const probing = (type: string) =>
      judgements(zone, record("origin", { name: "origin", type })).filter(
        ({ verdict }) => verdict === "fail",
      );
    assert.deepEqual(probing("A"), []);
    assert.deepEqual(probing("AAAA"), [
      {
        verdict: "fail",
        path: "fqdn",
        message: `${of} A record but AAAA, so it is unhealthy for ever: checkers ask for IPv4 addresses only; ${lever}`,
      },
    ]);
    assert.deepEqual(
      judgements(zone).map(({ verdict, message, advisory }) => [verdict, message, advisory]),
      [
        ["pass", `${HTTPS} probes origin.example.com every 30 s`, undefined],
        ["fail", `${of} record, so it is unhealthy for ever unless another stack keeps one; ${lever}`, true],
      ],
    );
  });
});
