import assert from "node:assert/strict";
import { calculatedOutcome } from "../../model/calculated-check";
import { planFromResources } from "../../model/plan-from-resources";
import { type Properties, UNKNOWN } from "../../model/unknown";
import { resource, urn } from "./stack-fixture";

const CHECK = "aws:route53/healthCheck:HealthCheck";
const RECORD = "aws:route53/record:Record";

/** A check of the PRIMARY's origin, whose record leads to 192.0.2.1, until `properties` say otherwise. */
const child = (name: string, properties: Properties = {}) =>
  resource(
    CHECK,
    name,
    { type: "HTTP", fqdn: "origin.example.com", requestInterval: 10, failureThreshold: 3, ...properties },
    { id: name },
  );
const other = (name: string, properties: Properties = {}) =>
  child(name, { fqdn: "standby.example.com", ...properties });

const simple = (name: string, address: string) =>
  resource(RECORD, name, { name, type: "A", zoneId: "Z1", records: [address], ttl: 60 });

const brief = (
  childHealthThreshold: Properties[string],
  children: ReturnType<typeof child>[],
  changes: Properties = {},
  primary: Properties = {},
) => {
  const calculated = resource(
    CHECK,
    "sum",
    {
      type: "CALCULATED",
      childHealthchecks: children.map(({ name }) => name),
      childHealthThreshold,
      ...changes,
    },
    { id: "sum" },
  );
  const record = resource(RECORD, "primary", {
    name: "app.example.com",
    type: "A",
    zoneId: "Z1",
    records: ["192.0.2.1"],
    ttl: 60,
    setIdentifier: "primary",
    failoverRoutingPolicies: [{ type: "PRIMARY" }],
    healthCheckId: "sum",
    ...primary,
  });
  const plan = planFromResources([
    calculated,
    ...children,
    record,
    simple("origin.example.com", "192.0.2.1"),
    simple("standby.example.com", "192.0.2.2"),
  ]);
  const [check] = plan.healthChecks;
  const [set] = plan.recordSets;
  assert.ok(check && set);
  const outcome = calculatedOutcome(plan, check, set);
  switch (outcome.kind) {
    case "turns":
      return outcome.by.map(({ urn }) => urn.split("::").at(-1)).join(" ");
    case "stays":
      return [outcome.why, outcome.change];
    case "unknown":
      return { urn: outcome.urn, path: outcome.path };
  }
};

const stays = (threshold: number, count: number, staying: number, change = staying + 1) => [
  `the calculated health check needs ${threshold} of its ${count} children healthy, and ${staying} of them ` +
    `${staying === 1 ? "does" : "do"} not surely fail with this endpoint`,
  change > count ? undefined : `set its childHealthThreshold to ${change} (in place, no price)`,
];

describe("model/calculated-check", () => {
  it("turns where the children that stay are fewer than the threshold, and stays where they are enough", () => {
    assert.equal(brief(2, [child("a"), other("b")]), "a");
    assert.deepEqual(brief(1, [child("a"), other("b")]), stays(1, 2, 1));
    assert.equal(brief(2, [child("a"), child("b", { type: "TCP" }), other("c")]), "a b");
    assert.deepEqual(brief(1, [child("a"), child("b"), other("c")]), stays(1, 3, 1));
    assert.deepEqual(brief(0, [child("a")]), stays(0, 1, 0));
    assert.equal(brief(1, [child("a", { fqdn: undefined, ipAddress: "192.0.2.1" })]), "a");
  });

  it("follows an alias to the records behind it", () => {
    const behind = { records: undefined, aliases: [{ name: "origin.example.com", zoneId: "Z1" }] };
    assert.equal(brief(2, [child("a"), other("b")], {}, behind), "a");
  });

  it("does not count on a child that is disabled, inverted, or turned by a person", () => {
    for (const properties of [
      { disabled: true },
      { invertHealthcheck: true },
      { type: "RECOVERY_CONTROL", fqdn: undefined },
    ]) {
      assert.deepEqual(brief(1, [child("a"), child("b", properties)]), stays(1, 2, 1));
      assert.equal(brief(2, [child("a"), child("b", properties)]), "a");
    }
  });

  it("counts a disabled and inverted child as unhealthy for ever", () => {
    const dead = child("b", { disabled: true, invertHealthcheck: true });
    assert.equal(brief(1, [child("a"), dead]), "a");
    assert.deepEqual(brief(1, [child("a"), dead, child("c", { disabled: true })]), stays(1, 3, 1));
    assert.equal(brief(2, [child("a"), dead, child("c", { disabled: true })]), "a");
  });

  it("takes those of one target for the primary's where nothing ties any to it", () => {
    const stranger = (name: string, fqdn: string) => child(name, { fqdn });
    assert.equal(brief(1, [stranger("a", "x.example.net"), stranger("b", "x.example.net")]), "a b");
    assert.deepEqual(
      brief(1, [stranger("a", "x.example.net"), stranger("b", "y.example.net")]),
      stays(1, 2, 1),
    );
    assert.equal(brief(2, [stranger("a", "x.example.net"), stranger("b", "y.example.net")]), "a b");
  });

  it("does not know what a threshold, a switch or a name that decides does not tell", () => {
    const unknown = (name: string, path: string) => ({ urn: urn(CHECK, name), path });
    assert.deepEqual(brief(UNKNOWN, [child("a")]), unknown("sum", "childHealthThreshold"));
    assert.deepEqual(
      brief(1, [child("a")], { childHealthchecks: UNKNOWN }),
      unknown("sum", "childHealthchecks"),
    );
    assert.deepEqual(brief(1, [child("a", { disabled: UNKNOWN })]), unknown("a", "disabled"));
    assert.deepEqual(
      brief(1, [child("a", { invertHealthcheck: UNKNOWN })]),
      unknown("a", "invertHealthcheck"),
    );
    assert.deepEqual(brief(1, [child("a"), child("b", { fqdn: UNKNOWN })]), unknown("b", "fqdn"));
    assert.deepEqual(
      brief(1, [child("a"), child("b", { fqdn: undefined, ipAddress: UNKNOWN })]),
      unknown("b", "ipAddress"),
    );
    assert.equal(brief(2, [child("a"), child("b", { fqdn: UNKNOWN })]), "a");
  });

  it("says which child is not in the stack, unless those that are suffice", () => {
    const children = { childHealthchecks: ["a", "hc-elsewhere"] };
    assert.deepEqual(brief(1, [child("a")], children), [
      "health check hc-elsewhere, a child of the calculated one, is not in this stack, so its timing cannot be read",
      undefined,
    ]);
    assert.equal(brief(2, [child("a")], children), "a");
  });

  it("stays without a threshold, and with a child that is calculated itself", () => {
    assert.deepEqual(brief(undefined, [child("a")]), [
      "the calculated health check has no childHealthThreshold",
      undefined,
    ]);
    assert.deepEqual(brief(1, [child("a", { type: "CALCULATED" })]), [
      "a child of the calculated health check cannot be read",
      undefined,
    ]);
  });
});
