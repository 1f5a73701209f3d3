import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { healthCheckEndpoint } from "../../../../policy/rules/health-check-endpoint/rule";
import { resource } from "../../../model/stack-fixture";
import { judged } from "../judged";
import { alias, check, record } from "../records";

const DNS = "web-0123.elb.us-east-1.amazonaws.com";

function balancer(properties: Properties, isThere = true, type = "aws:lb/loadBalancer:LoadBalancer") {
  const told: Properties = { loadBalancerType: "network", dnsName: isThere ? DNS : UNKNOWN, ...properties };
  return resource(type, "web", told, { id: isThere ? "web-id" : UNKNOWN });
}

/** The check with a name that is computed from another resource and not known yet. */
function computed({ urn }: StackResource): StackResource {
  const probe = check({ fqdn: UNKNOWN });
  return { ...probe, id: UNKNOWN, propertyDependencies: { fqdn: [urn] } };
}

const verdicts = (...resources: StackResource[]) =>
  judged(healthCheckEndpoint, resources, {}, "preview").map(
    ({ verdict, urn, path }) => `${verdict} ${urn.split("::").at(-1)} ${path}`,
  );

describe("policy/rules/health-check-endpoint/load-balancer", () => {
  const refused = ["fail check fqdn"];
  const passed = ["pass check fqdn"];

  it("refuses an internal one of the stack by its name, and says what else there is", () => {
    assert.deepEqual(judged(healthCheckEndpoint, [check({ fqdn: DNS }), balancer({ internal: true })]), [
      {
        verdict: "fail",
        urn: check().urn,
        path: "fqdn",
        message:
          'HTTPS health check "check" probes web (aws:lb/loadBalancer:LoadBalancer), an internal load balancer, whose ' +
          "addresses are private; allowed: a name with a public address; set internal of the load balancer to false " +
          "(replaces it, at the same price), or watch it by a CLOUDWATCH_METRIC check",
      },
    ]);
    const older = balancer({ internal: true }, true, "aws:alb/loadBalancer:LoadBalancer");
    assert.deepEqual(verdicts(check({ fqdn: DNS }), older), refused);
  });

  it("passes one that faces the internet, told or by default", () => {
    for (const internal of [false, undefined])
      assert.deepEqual(verdicts(check({ fqdn: DNS }), balancer({ internal })), passed);
    assert.deepEqual(verdicts(check({ fqdn: "other.example.com" }), balancer({ internal: true })), passed);
  });

  it("does not know one whose internal is not known", () => {
    const untold = ["unknown web internal"];
    assert.deepEqual(verdicts(check({ fqdn: DNS }), balancer({ internal: UNKNOWN })), untold);
  });

  it("refuses it before it exists, by what the check's name was computed from", () => {
    const coming = (properties: Properties) => balancer(properties, false);
    assert.deepEqual(verdicts(computed(coming({})), coming({ internal: true })), refused);
    const unknown = ["unknown check fqdn"];
    for (const internal of [false, UNKNOWN] as const)
      assert.deepEqual(verdicts(computed(coming({})), coming({ internal })), unknown);
  });

  it("refuses it behind a simple record, by name and by dependency", () => {
    const origin = record("origin", { name: "origin.example.com", ...alias(DNS) });
    const inside = balancer({ internal: true });
    assert.deepEqual(verdicts(check(), inside, origin), refused);
    assert.deepEqual(verdicts(computed(origin), inside, origin), refused);
    assert.deepEqual(verdicts(check(), balancer({ internal: false }), origin), passed);
    const weighted = { weightedRoutingPolicies: [{ weight: 1 }], setIdentifier: "one" };
    const routed = record("origin", { name: "origin.example.com", ...alias(DNS), ...weighted });
    assert.deepEqual(verdicts(check(), inside, routed), passed);
  });

  it("does not know a record that only its zone's name would tell for the probed one", () => {
    const origin = record("origin", { name: "origin", ...alias(DNS) });
    assert.deepEqual(verdicts(check(), balancer({ internal: true }), origin), ["unknown origin name"]);
    assert.deepEqual(verdicts(check(), balancer({ internal: false }), origin), passed);
  });

  it("takes the name beside an address for the Host header", () => {
    const addressed = check({ fqdn: DNS, ipAddress: "52.0.0.1" });
    assert.deepEqual(verdicts(addressed, balancer({ internal: true })), ["pass check ipAddress"]);
  });
});
