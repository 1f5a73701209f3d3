import assert from "node:assert/strict";
import { answerSets } from "../../model/answer-sets";
import { assumedProbes } from "../../model/assumed-probe";
import type { Way } from "../../model/check-detection";
import { planFromResources } from "../../model/plan-from-resources";
import { recoveryBound, sumBound } from "../../model/recovery-bound";
import type { StackResource } from "../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../model/unknown";
import { watchedBy } from "../../model/watched-endpoint";
import { resource, urn } from "./stack-fixture";

const CHECK = "aws:route53/healthCheck:HealthCheck";
const RECORD = "aws:route53/record:Record";

const record = (name: string, properties: Properties) =>
  resource(RECORD, name, { name: "app.example.com", type: "A", zoneId: "Z1", ttl: 60, ...properties });
const side = (role: string, address: string, properties: Properties = {}) =>
  record(role.toLowerCase(), {
    records: [address],
    setIdentifier: role.toLowerCase(),
    failoverRoutingPolicies: [{ type: role }],
    ...(role === "PRIMARY" && { healthCheckId: "p" }),
    ...properties,
  });
const check = (properties: Properties, name = "p") =>
  resource(
    CHECK,
    name,
    { type: "HTTP", requestInterval: 10, failureThreshold: 3, ...properties },
    { id: name },
  );
const simple = (name: string, address: string) => record(name, { name, records: [address] });

interface Change {
  readonly primary?: Properties;
  readonly secondary?: Properties;
  readonly more?: readonly StackResource[];
}

/** A pair of addresses, 203.0.113.10 and 198.51.100.10, whose PRIMARY has this check. */
function pairOf(probe: Properties, { primary = {}, secondary = {}, more = [] }: Change = {}) {
  const plan = planFromResources([
    check(probe),
    side("PRIMARY", "203.0.113.10", primary),
    side("SECONDARY", "198.51.100.10", secondary),
    ...more,
  ]);
  const [set] = answerSets(plan);
  const [of] = plan.healthChecks;
  assert.ok(set && of);
  return { plan, set, of };
}

function watched(probe: Properties, change?: Change) {
  const { plan, set, of } = pairOf(probe, change);
  const found = watchedBy(plan, of, set.primary);
  return found.kind === "other" ? `other ${found.endpoint.split("::").at(-1)}` : found.kind;
}

const bound = (probe: Properties, change?: Change, way?: Way) => {
  const { plan, set } = pairOf(probe, change);
  return recoveryBound(plan, set, way);
};

describe("model/watched-endpoint", () => {
  it("tells the record's own address from another member's and from one where nobody is led", () => {
    assert.equal(watched({ ipAddress: "203.0.113.10" }), "own");
    assert.equal(watched({ ipAddress: "198.51.100.10" }), "other secondary");
    assert.equal(watched({ ipAddress: "192.0.2.99" }), "elsewhere");
    const both = { primary: { records: ["203.0.113.10", "192.0.2.99"] } };
    assert.equal(watched({ ipAddress: "192.0.2.99" }, both), "own");
  });

  it("compares addresses, not their spelling", () => {
    const six = {
      primary: { type: "AAAA", records: ["2001:db8::10"] },
      secondary: { type: "AAAA", records: ["2001:db8::20"] },
    };
    assert.equal(watched({ ipAddress: "2001:0DB8:0::10" }, six), "own");
    assert.equal(watched({ ipAddress: "2001:0DB8:0::20" }, six), "other secondary");
    assert.equal(watched({ ipAddress: "2001:db8::30" }, six), "elsewhere");
  });

  it("follows a probed name through the stack's own records", () => {
    const named = (address: string) => ({ more: [simple("origin.example.com", address)] });
    assert.equal(watched({ fqdn: "origin.example.com" }, named("203.0.113.10")), "own");
    assert.equal(watched({ fqdn: "origin.example.com" }, named("198.51.100.10")), "other secondary");
    assert.equal(watched({ fqdn: "origin.example.com" }, named("192.0.2.99")), "elsewhere");
  });

  it("cannot tell where either is a name that leads outside, another family, private or unknown", () => {
    const cname = { type: "CNAME", records: ["primary.example.net"] };
    const toNames = { primary: cname, secondary: { type: "CNAME", records: ["standby.example.net"] } };
    assert.equal(watched({ fqdn: "origin.example.net" }), "untold");
    assert.equal(watched({ ipAddress: "192.0.2.99" }, toNames), "untold");
    assert.equal(watched({ fqdn: "standby.example.net" }, toNames), "other secondary");
    assert.equal(watched({ fqdn: "primary.example.net" }, toNames), "own");
    assert.equal(watched({ ipAddress: "2001:db8::30" }), "untold");
    assert.equal(watched({ ipAddress: "192.0.2.99" }, { primary: { records: ["10.0.0.1"] } }), "untold");
    assert.equal(watched({ ipAddress: "192.0.2.99" }, { primary: { records: UNKNOWN } }), "untold");
  });

  describe("of what is not known yet", () => {
    const INSTANCE = "aws:ec2/instance:Instance";
    const server = (name: string, publicIp: string) => [
      resource(INSTANCE, name, {}, { id: `i-${name}` }),
      resource("aws:ec2/eip:Eip", `${name}-ip`, { publicIp, instance: `i-${name}` }),
    ];
    const servers = [...server("one", "203.0.113.10"), ...server("two", "198.51.100.10")];
    const origin = simple("origin.example.com", "203.0.113.10");
    const spare = simple("spare.example.com", "198.51.100.10");
    const computed = (path: "fqdn" | "ipAddress", ...from: string[]) => {
      const probe = { ...check({ [path]: UNKNOWN }), propertyDependencies: { [path]: from } };
      const plan = planFromResources([
        probe,
        side("PRIMARY", "203.0.113.10"),
        side("SECONDARY", "198.51.100.10"),
        ...servers,
        ...server("third", "192.0.2.33"),
        { ...origin, urn: urn(RECORD, "origin") },
        { ...spare, urn: urn(RECORD, "spare") },
      ]);
      const [set] = answerSets(plan);
      const [of] = plan.healthChecks;
      assert.ok(set && of);
      const { kind, ...rest } = watchedBy(plan, of, set.primary);
      return [kind, rest, recoveryBound(plan, set).kind];
    };

    it("goes by what it is computed from", () => {
      assert.deepEqual(computed("ipAddress", urn(INSTANCE, "one")), ["own", {}, "bound"]);
      assert.deepEqual(computed("fqdn", urn(RECORD, "origin")), ["own", {}, "bound"]);
      const two = urn(INSTANCE, "two");
      // What is computed from another's may lead elsewhere, as a name does that is made of its name.
      const unknown = ["unknown", { urn: urn(CHECK, "p"), path: "ipAddress" }, "unknown"];
      assert.deepEqual(computed("ipAddress", two), unknown);
      assert.deepEqual(computed("fqdn", urn(RECORD, "spare")), [
        "other",
        { endpoint: two, probed: "spare.example.com" },
        "unbounded",
      ]);
      // As once it is known: nobody is led there, so it may stand behind the PRIMARY's.
      assert.deepEqual(computed("fqdn", urn(INSTANCE, "third")), ["untold", {}, "bound"]);
    });

    it("is unknown where that tells nothing, and so is the bound", () => {
      for (const path of ["fqdn", "ipAddress"] as const) {
        for (const from of [
          [],
          [urn("aws:ec2/eip:Eip", "loose")],
          [urn(RECORD, "origin"), urn(RECORD, "spare")],
        ]) {
          assert.deepEqual(computed(path, ...from), ["unknown", { urn: urn(CHECK, "p"), path }, "unknown"]);
        }
      }
    });
  });

  it("takes an endpoint to which nobody is led for one behind the record's, not in the region of another side", () => {
    const balancer = (name: string, region: string) =>
      resource("aws:lb/loadBalancer:LoadBalancer", name, { dnsName: `${name}.example.net`, region });
    const led = (region: string, ownRegion: string) => {
      const to = (name: string) => ({ type: "CNAME", records: [`${name}.example.net`] });
      return watched(
        { fqdn: "behind.example.net" },
        {
          primary: to("front"),
          secondary: to("spare"),
          more: [balancer("front", ownRegion), balancer("spare", "us-west-2"), balancer("behind", region)],
        },
      );
    };
    assert.equal(led("us-east-1", "us-east-1"), "untold");
    assert.equal(led("us-west-2", "us-east-1"), "other behind");
    // In a third region it may be a witness.
    assert.equal(led("eu-west-1", "us-east-1"), "untold");
  });

  it("tells an alarm on another side's balancer from one on the record's own, known or only computed", () => {
    const LB = "aws:lb/loadBalancer:LoadBalancer";
    const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
    const balancer = (name: string, region: string) =>
      resource(LB, name, { dnsName: `${name}.example.net`, arnSuffix: `app/${name}/1`, region });
    const led = (dimensions: PropertyValue, from: readonly string[] = []) => {
      const to = (name: string) => ({ type: "CNAME", records: [`${name}.example.net`] });
      const alarm = resource(
        ALARM,
        "alarm",
        {
          name: "alarm",
          namespace: "AWS/ApplicationELB",
          metricName: "UnHealthyHostCount",
          region: "us-east-1",
          dimensions,
        },
        { id: "alarm" },
      );
      const more = [
        { ...alarm, propertyDependencies: { dimensions: from.map((name) => urn(LB, name)) } },
        balancer("front", "us-east-1"),
        balancer("spare", "us-west-2"),
      ];
      const probe = {
        type: "CLOUDWATCH_METRIC",
        cloudwatchAlarmName: "alarm",
        cloudwatchAlarmRegion: "us-east-1",
      };
      return watched(probe, { primary: to("front"), secondary: to("spare"), more });
    };
    assert.equal(led({ LoadBalancer: "app/spare/1" }), "other spare");
    for (const own of [
      { LoadBalancer: "app/front/1" },
      { LoadBalancer: "app/else/1" },
      { TargetGroup: "t" },
      {},
    ])
      assert.equal(led(own), "untold");
    assert.equal(led({ LoadBalancer: UNKNOWN }, ["spare"]), "other spare");
    assert.equal(led({ LoadBalancer: UNKNOWN }, ["front"]), "untold");
    assert.equal(led({ LoadBalancer: UNKNOWN }, ["front", "spare"]), "untold");
  });

  it("takes it so too where the record's own endpoint is of no region, or outside the stack", () => {
    const behind = (front: StackResource[]) =>
      watched(
        { fqdn: "behind.example.net" },
        {
          primary: { type: "CNAME", records: ["front.example.net"] },
          secondary: { type: "CNAME", records: ["spare.example.net"] },
          more: [
            ...front,
            ...["spare", "behind"].map((name) =>
              resource("aws:lb/loadBalancer:LoadBalancer", name, {
                dnsName: `${name}.example.net`,
                region: "us-west-2",
              }),
            ),
          ],
        },
      );
    const front = (type: string, properties: Properties) =>
      resource(type, "front", { region: "us-east-1", ...properties });
    const named = { dnsName: "front.example.net" };
    assert.equal(behind([front("aws:lb/loadBalancer:LoadBalancer", named)]), "other behind");
    const distribution = { domainName: "front.example.net" };
    assert.equal(behind([front("aws:cloudfront/distribution:Distribution", distribution)]), "untold");
    assert.equal(behind([]), "untold");
  });

  it("cannot tell of the same side of the name in another zone, unless both lead to one address", () => {
    const inZone = (address: string, zoneId: unknown) => {
      const more = side("PRIMARY", address, { zoneId: zoneId as string });
      const { plan, of } = pairOf(
        { ipAddress: "203.0.113.10" },
        { more: [{ ...more, urn: urn(RECORD, "inside") }] },
      );
      const inside = plan.recordSets.find((each) => each.urn === urn(RECORD, "inside"));
      assert.ok(inside);
      return watchedBy(plan, of, inside);
    };
    const untold = { kind: "untold", probed: "203.0.113.10" };
    assert.deepEqual(inZone("10.0.0.1", "Z2"), untold);
    assert.deepEqual(inZone("192.0.2.77", "Z2"), untold);
    assert.deepEqual(inZone("203.0.113.10", "Z2"), { kind: "own" });
    assert.deepEqual(inZone("10.0.0.1", "Z1"), { kind: "own" });
    assert.deepEqual(inZone("10.0.0.1", UNKNOWN), { kind: "own" });
  });

  it("takes the same side of the name in another family for the record's own", () => {
    const family = (address: string, role: string) => ({
      more: [side(role, address, { type: "AAAA", healthCheckId: "p" })].map((each) => ({
        ...each,
        urn: urn(RECORD, "six"),
      })),
    });
    const { plan, of } = pairOf({ ipAddress: "203.0.113.10" }, family("2001:db8::10", "PRIMARY"));
    const six = plan.recordSets.find(({ type }) => type === "AAAA");
    assert.ok(six);
    assert.deepEqual(watchedBy(plan, of, six), { kind: "own" });
    const standby = pairOf({ ipAddress: "198.51.100.10" }, family("2001:db8::10", "PRIMARY"));
    const other = standby.plan.recordSets.find(({ type }) => type === "AAAA");
    assert.ok(other);
    assert.equal(watchedBy(standby.plan, standby.of, other).kind, "other");
  });
});

describe("the bound of a check that does not watch its record", () => {
  const MEND = "to the record's own (in place, no price)";
  it("is none, and says why and what mends it", () => {
    assert.deepEqual(bound({ ipAddress: "203.0.113.10" }), sumBound(54, 60));
    assert.deepEqual(bound({ ipAddress: "198.51.100.10" }), {
      kind: "unbounded",
      why:
        "the health check probes 198.51.100.10, the SECONDARY record's endpoint, so it stays healthy while the " +
        "PRIMARY record's fails",
      change: `set its ipAddress ${MEND}`,
    });
    assert.deepEqual(bound({ ipAddress: "192.0.2.99" }), {
      kind: "unbounded",
      why:
        "the health check probes 192.0.2.99, where the PRIMARY record leads nobody, so it stays healthy while the " +
        "PRIMARY record's fails",
      change: `set its ipAddress ${MEND}`,
    });
    assert.deepEqual(bound({ fqdn: "origin.example.net" }), sumBound(54, 60));
  });

  const inverted = (why: string) => ({
    kind: "unbounded",
    why,
    change: "set its invertHealthcheck to false (in place, no price)",
  });
  const AWAY =
    "the health check is inverted: it sends clients away from a healthy primary and to a failed one";

  it("is none of an inverted one, disabled or not, and not known where that is not", () => {
    const own = { ipAddress: "203.0.113.10" };
    assert.deepEqual(bound({ ...own, invertHealthcheck: true }), inverted(AWAY));
    assert.deepEqual(
      bound({ ...own, invertHealthcheck: true, disabled: true }),
      inverted("the health check is disabled and inverted, which counts as unhealthy for ever"),
    );
    assert.deepEqual(bound({ ...own, invertHealthcheck: false }), sumBound(54, 60));
    assert.deepEqual(bound({ ...own, invertHealthcheck: UNKNOWN }), {
      kind: "unknown",
      urn: urn(CHECK, "p"),
      path: "invertHealthcheck",
    });
  });

  it("of a calculated one is the child's by whose turn so many are unhealthy as it takes", () => {
    const OWN = { ipAddress: "203.0.113.10" };
    const child = (name: string, requestInterval: number, properties: Properties = OWN) =>
      check({ requestInterval, ...properties }, name);
    const on = (way: Way, childHealthThreshold: number, ...children: StackResource[]) =>
      bound(
        {
          ...{ type: "CALCULATED", childHealthThreshold },
          childHealthchecks: children.map(({ id }) => id as string),
        },
        { more: children },
        way,
      );
    const sum = (threshold: number, ...children: StackResource[]) => on("cutover", threshold, ...children);
    const [fast, slow] = [child("fast", 10), child("slow", 30)];
    const [fastBound, slowBound] = [sumBound(54, 60), sumBound(114, 60)];
    assert.deepEqual(sum(2, fast, slow), fastBound);
    assert.deepEqual(sum(1, fast, slow), slowBound);
    // On the way back both have to be healthy again.
    assert.deepEqual(on("failback", 2, fast, slow), slowBound);
    assert.deepEqual(sum(3, fast, slow, child("second", 10)), fastBound);
    assert.deepEqual(sum(2, fast, slow, child("second", 10)), fastBound);
    assert.deepEqual(sum(1, fast, slow, child("second", 10)), slowBound);
    // Whether a TCP check sees the fault is not told, so it is waited for.
    assert.deepEqual(sum(2, fast, child("tcp", 30, { ...OWN, type: "TCP" })), sumBound(130, 60));
    // What is unhealthy already is not waited for.
    const opposed = child("opposed", 30, { ipAddress: "198.51.100.10", invertHealthcheck: true });
    assert.deepEqual(sum(2, fast, slow, opposed), fastBound);
    assert.deepEqual(sum(1, fast, slow, opposed), slowBound);
  });

  it("is none of an inverted calculated one whose children turn", () => {
    const sum = (properties: Properties) =>
      bound(
        { type: "CALCULATED", childHealthchecks: ["c"], childHealthThreshold: 1, ...properties },
        { more: [check({ ipAddress: "203.0.113.10" }, "c")] },
      );
    assert.deepEqual(sum({}), sumBound(54, 60));
    assert.deepEqual(sum({ invertHealthcheck: true }), inverted(AWAY));
  });
});

describe("model/assumed-probe", () => {
  const notes = (probe: Properties, change?: Change) => {
    const { plan, set } = pairOf(probe, change);
    return assumedProbes(plan, set);
  };
  const line = (name: string) =>
    `app.example.com A: health check ${name} is taken to probe the endpoint of the PRIMARY record; nothing in the ` +
    "stack shows that origin.example.net leads there";

  it("says what a check is taken to probe where nothing shows it, and of no other", () => {
    assert.deepEqual(notes({ fqdn: "origin.example.net" }), [line("p")]);
    assert.deepEqual(notes({ ipAddress: "203.0.113.10" }), []);
    assert.deepEqual(notes({ ipAddress: "198.51.100.10" }), []);
    assert.deepEqual(notes({ fqdn: UNKNOWN }), []);
  });

  it("says it of a private zone's pair whose check probes the public one's PRIMARY, and names the zones", () => {
    const inside = [side("PRIMARY", "10.0.0.1"), side("SECONDARY", "10.0.0.2")].map((each) => ({
      ...each,
      urn: `${each.urn}-inside`,
      properties: { ...each.properties, zoneId: "Z2" },
    }));
    const { plan } = pairOf({ ipAddress: "203.0.113.10" }, { more: inside });
    assert.deepEqual(
      answerSets(plan).map((set) => assumedProbes(plan, set)),
      [
        [],
        [
          "app.example.com A in zone Z2: health check p is taken to probe the endpoint of the PRIMARY record; nothing " +
            "in the stack shows that 203.0.113.10 leads there",
        ],
      ],
    );
  });

  it("says it of the children that are taken to fail with the record", () => {
    const calculated = { type: "CALCULATED", childHealthchecks: ["c", "d"], childHealthThreshold: 2 };
    const stranger = check({ fqdn: "origin.example.net" }, "c");
    const second = (properties: Properties) => ({ more: [stranger, check(properties, "d")] });
    assert.deepEqual(notes(calculated, second({ ipAddress: "198.51.100.10" })), [line("c")]);
    assert.deepEqual(notes(calculated, second({ ipAddress: "203.0.113.10" })), []);
  });
});
