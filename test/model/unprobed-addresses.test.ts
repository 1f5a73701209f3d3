import assert from "node:assert/strict";
import { answerSets } from "../../model/answer-sets";
import { planFromResources } from "../../model/plan-from-resources";
import type { StackResource } from "../../model/stack-resource";
import type { Properties } from "../../model/unknown";
import { unprobedAddresses } from "../../model/unprobed-addresses";
import { httpCheck, resource } from "./stack-fixture";

const RECORD = "aws:route53/record:Record";

const side = (role: string, records: string[], properties: Properties = {}) =>
  resource(RECORD, role.toLowerCase(), {
    name: "app.example.com",
    type: "A",
    zoneId: "Z1",
    ttl: 60,
    records,
    setIdentifier: role.toLowerCase(),
    failoverRoutingPolicies: [{ type: role }],
    ...properties,
  });

/** Of a pair whose PRIMARY answers with these addresses and has the check `p`. */
function notes(addresses: string[], checks: StackResource[], more: StackResource[] = []): string[] {
  const plan = planFromResources([
    ...checks,
    side("PRIMARY", addresses, { healthCheckId: "p" }),
    side("SECONDARY", ["198.51.100.10", "198.51.100.11"]),
    ...more,
  ]);
  return answerSets(plan).flatMap((set) => unprobedAddresses(plan, set));
}

const NOTE = (of: string) =>
  `app.example.com A: the health check probes ${of} addresses of the PRIMARY record; the loss of another is not seen`;

describe("unprobedAddresses", () => {
  const [one, two, three] = ["203.0.113.10", "203.0.113.11", "203.0.113.12"] as const;

  it("tells of one address of two, and of nothing where there is but one or none is probed", () => {
    assert.deepEqual(notes([one, two], [httpCheck("p", { ipAddress: two })]), [NOTE("one of 2")]);
    assert.deepEqual(notes([one], [httpCheck("p", { ipAddress: one })]), []);
    assert.deepEqual(notes([one, two], [httpCheck("p", { ipAddress: three })]), []);
    assert.deepEqual(notes([one, two], [httpCheck("p", { fqdn: "app.example.com" })]), []);
  });

  it("counts what the children of a calculated check probe", () => {
    const children = (...probed: string[]) => [
      httpCheck("p", {
        type: "CALCULATED",
        childHealthchecks: probed.map((_, index) => `c${index}`),
        childHealthThreshold: probed.length,
      }),
      ...probed.map((ipAddress, index) => httpCheck(`c${index}`, { ipAddress })),
    ];
    assert.deepEqual(notes([one, two, three], children(one, two)), [NOTE("2 of 3")]);
    assert.deepEqual(notes([one, two], children(one, two)), []);
  });

  it("takes the addresses of one instance for one, and compares them in one spelling", () => {
    const instance = resource("aws:ec2/instance:Instance", "web", {}, { id: "i-1" });
    const addresses = [one, two].map((publicIp, index) =>
      resource("aws:ec2/eip:Eip", `ip${index}`, { instance: "i-1", publicIp }),
    );
    assert.deepEqual(notes([one, two], [httpCheck("p", { ipAddress: one })], [instance, ...addresses]), []);
    assert.deepEqual(
      notes([one, two], [httpCheck("p", { ipAddress: one })], [instance, ...addresses.slice(1)]),
      [NOTE("one of 2")],
    );
    const plan = planFromResources([
      httpCheck("p", { ipAddress: "2001:DB8:0::1" }),
      side("PRIMARY", ["2001:db8::1", "2001:db8::2"], { type: "AAAA", healthCheckId: "p" }),
      side("SECONDARY", ["2001:db8::3"], { type: "AAAA" }),
    ]);
    assert.equal(answerSets(plan).flatMap((set) => unprobedAddresses(plan, set)).length, 1);
  });
});
