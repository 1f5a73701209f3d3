import assert from "node:assert/strict";
import fc from "fast-check";
import { answerSets } from "../../model/answer-sets";
import { failoverPairs } from "../../model/failover-plan";
import { planFromResources } from "../../model/plan-from-resources";
import { type Bound, recoveryBound, sumBound } from "../../model/recovery-bound";
import type { StackResource } from "../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../model/unknown";
import { failoverStack, resource, urn } from "./stack-fixture";

const CHECK = "aws:route53/healthCheck:HealthCheck";
const RECORD = "aws:route53/record:Record";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** The bound of the fixture stack with the check's (or the PRIMARY record's) properties changed. */
function boundWith(changes: { check?: Properties; primary?: Properties; more?: StackResource[] }): Bound {
  const stack = failoverStack().map((item) => {
    const change =
      item.name === "check" ? changes.check : item.name === "primary" ? changes.primary : undefined;
    return change && item.custom && item.type.startsWith("aws:")
      ? {
          ...item,
          properties: { ...item.properties, ...change },
          // Another target is computed from something else.
          propertyDependencies: change.aliases ? {} : item.propertyDependencies,
        }
      : item;
  });
  const plan = planFromResources([...stack, ...(changes.more ?? [])]);
  const [pair] = failoverPairs(plan);
  assert.ok(pair);
  return recoveryBound(plan, pair);
}

describe("model/recovery-bound", () => {
  it("crosses five minutes between thresholds 6 and 7 at 30 s", () => {
    const rto = (failureThreshold: number) => {
      const bound = boundWith({ check: { requestInterval: 30, failureThreshold } });
      return bound.kind === "bound" ? bound.rtoSeconds : bound.kind;
    };
    assert.equal(rto(5), 276);
    assert.equal(rto(6), 312);
  });

  it("is the sum of its parts, always", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(10, 30),
        fc.integer({ min: 1, max: 10 }),
        (requestInterval, failureThreshold) => {
          const bound = boundWith({ check: { requestInterval, failureThreshold } });
          assert.equal(bound.kind, "bound");
          if (bound.kind !== "bound") return;
          assert.equal(
            bound.rtoSeconds,
            bound.detectionSeconds + bound.propagationSeconds + bound.ttlSeconds,
          );
          assert.deepEqual(bound, sumBound(bound.detectionSeconds, bound.ttlSeconds));
        },
      ),
      { seed: 1, numRuns: 40 },
    );
  });

  it("is none where no checker can resolve what the check probes", () => {
    const probed = (type: string) =>
      resource(RECORD, "origin", {
        name: "us-east-1.profiles.example.com",
        type,
        zoneId: "Z1",
        ttl: 60,
        records: ["192.0.2.1"],
      });
    assert.equal(boundWith({ more: [probed("A")] }).kind, "bound");
    assert.deepEqual(boundWith({ more: [probed("AAAA")] }), {
      kind: "unbounded",
      why:
        "the health check probes us-east-1.profiles.example.com, of which the stack's own zone has no A record but " +
        "AAAA, so no checker resolves it: the check is unhealthy while the endpoint is well",
      change:
        "set its fqdn to a name that has an A record, or ipAddress to the endpoint's (in place, no price)",
    });
    // Another stack may have what this one has nothing of.
    assert.equal(boundWith({}).kind, "bound");
  });

  it("counts a record's own TTL when it is no alias", () => {
    const bound = boundWith({ primary: { aliases: undefined, records: ["192.0.2.1"], ttl: 10 } });
    assert.deepEqual(bound, sumBound(54, 10));
  });

  it("counts what is held: the primary's answer until the cutover, the standby's until the failback", () => {
    const own = (ttl: number): Properties => ({ aliases: undefined, records: ["192.0.2.1"], ttl });
    const stack = failoverStack().map((item) => {
      const ttl = { primary: 10, secondary: 300 }[item.name];
      return ttl === undefined || item.type !== RECORD
        ? item
        : { ...item, properties: { ...item.properties, ...own(ttl) }, propertyDependencies: {} };
    });
    const plan = planFromResources(stack);
    const [set] = answerSets(plan);
    assert.ok(set);
    assert.deepEqual(recoveryBound(plan, set), sumBound(54, 10));
    assert.deepEqual(recoveryBound(plan, set, "failback"), sumBound(54, 300));
  });

  it("keeps unknown apart from unbounded", () => {
    assert.deepEqual(boundWith({ primary: { aliases: undefined, records: ["192.0.2.1"], ttl: UNKNOWN } }), {
      kind: "unknown",
      urn: urn("aws:route53/record:Record", "primary"),
      path: "ttl",
    });
    assert.deepEqual(boundWith({ check: { failureThreshold: UNKNOWN } }), {
      kind: "unknown",
      urn: urn(CHECK, "check"),
      path: "failureThreshold",
    });
    assert.deepEqual(boundWith({ check: { requestInterval: UNKNOWN } }), {
      kind: "unknown",
      urn: urn(CHECK, "check"),
      path: "requestInterval",
    });
  });

  it("has no bound where nothing detects", () => {
    const why = (bound: Bound) => (bound.kind === "unbounded" ? bound.why : bound);
    assert.equal(
      why(boundWith({ primary: { healthCheckId: undefined } })),
      "the PRIMARY record has no health check",
    );
    assert.equal(
      why(boundWith({ primary: { aliases: undefined, records: ["192.0.2.1"] } })),
      "the record has no TTL",
    );
    assert.equal(
      why(boundWith({ check: { disabled: true } })),
      "the health check is disabled, which counts as healthy",
    );
    assert.equal(
      why(boundWith({ check: { type: "RECOVERY_CONTROL" } })),
      "a recovery control is switched by a person, not by a failure",
    );
  });

  describe("of a record without a check, over the records behind it", () => {
    const pool = (name: string, check: string | undefined, ttl: number) =>
      resource(RECORD, name, {
        name: "pool.example.com",
        type: "A",
        zoneId: "Z1",
        records: ["192.0.2.1"],
        ttl,
        setIdentifier: name,
        weightedRoutingPolicies: [{ weight: name === "spare" ? 0 : 1 }],
        ...(check && { healthCheckId: check }),
      });
    const check = (name: string, requestInterval: number) =>
      resource(CHECK, name, { type: "HTTP", requestInterval, failureThreshold: 3 }, { id: name });
    const bound = (evaluateTargetHealth: boolean | typeof UNKNOWN, more: StackResource[]) =>
      boundWith({
        primary: {
          healthCheckId: undefined,
          aliases: [{ name: "pool.example.com", zoneId: "Z1", evaluateTargetHealth }],
        },
        more: [check("fast", 10), check("slow", 30), ...more],
      });
    const both = [pool("a", "fast", 20), pool("b", "slow", 40)];

    it("takes the slowest check and the longest TTL, where the alias evaluates its target", () => {
      assert.deepEqual(bound(true, both), sumBound(114, 40));
      assert.deepEqual(bound(true, [...both, pool("spare", undefined, 10)]), sumBound(114, 40));
    });

    it("has none where the alias does not, or a member has no check", () => {
      assert.deepEqual(bound(false, both), {
        kind: "unbounded",
        why: "the PRIMARY record has no health check and does not evaluate its target's health",
        change: "set evaluateTargetHealth to true (in place, no price)",
        path: "aliases[0].evaluateTargetHealth",
      });
      // Evaluating it would not help where a member has no check.
      assert.deepEqual(bound(false, [...both, pool("c", undefined, 20)]), {
        kind: "unbounded",
        why: "the PRIMARY record has no health check and does not evaluate its target's health",
      });
      assert.deepEqual(bound(true, [...both, pool("c", undefined, 20)]), {
        kind: "unbounded",
        why: "the c record has no health check",
      });
    });

    it("does not know it where that is not known", () => {
      assert.deepEqual(bound(UNKNOWN, both), {
        kind: "unknown",
        urn: urn("aws:route53/record:Record", "primary"),
        path: "aliases[0].evaluateTargetHealth",
      });
    });
  });

  it("names the member of a set that is no pair", () => {
    const member = (name: string, healthCheckId?: string) =>
      resource(RECORD, name, {
        name: "relay.example.com",
        type: "A",
        zoneId: "Z1",
        records: ["192.0.2.1"],
        ttl: 60,
        setIdentifier: name,
        weightedRoutingPolicies: [{ weight: 1 }],
        ...(healthCheckId && { healthCheckId }),
      });
    const plan = planFromResources([member("gateway-a"), member("gateway-b", "elsewhere")]);
    const [set] = answerSets(plan);
    assert.deepEqual(set && recoveryBound(plan, set), {
      kind: "unbounded",
      why: "the gateway-a record has no health check",
    });
  });

  it("follows a metric check to its alarm", () => {
    const alarm = resource(ALARM, "alarm", {
      name: "primary-errors",
      region: "us-east-1",
      period: 60,
      evaluationPeriods: 1,
    });
    const check = {
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: "primary-errors",
      cloudwatchAlarmRegion: "us-east-1",
    };
    assert.deepEqual(boundWith({ check, more: [alarm] }), sumBound(180, 60));
    const changed = (properties: Properties) =>
      boundWith({ check, more: [{ ...alarm, properties: { ...alarm.properties, ...properties } }] });
    assert.deepEqual(changed({ evaluationPeriods: 5, datapointsToAlarm: 5 }), sumBound(420, 60));
    const hosts = {
      namespace: "AWS/ApplicationELB",
      metricName: "HealthyHostCount",
      threshold: 1,
      dimensions: { LoadBalancer: "app/one/1" },
    };
    assert.deepEqual(changed({ ...hosts, comparisonOperator: "LessThanThreshold" }), sumBound(180, 60));
    assert.deepEqual(changed({ ...hosts, comparisonOperator: "GreaterThanOrEqualToThreshold" }), {
      kind: "unbounded",
      why:
        "the alarm behind the health check is on AWS/ApplicationELB HealthyHostCount with " +
        "GreaterThanOrEqualToThreshold 1, which falls when the endpoint fails",
      change: "set the alarm's comparisonOperator to LessThanThreshold (in place, no price)",
    });
    assert.deepEqual(changed({ evaluationPeriods: 5, datapointsToAlarm: 4 }), {
      kind: "unbounded",
      why:
        "the alarm behind the health check has datapointsToAlarm 4 of 5 evaluationPeriods, and Route 53 follows no M " +
        "out of N alarms",
      change:
        "remove the alarm's datapointsToAlarm, or set its evaluationPeriods to the same (in place, no price)",
    });
    assert.deepEqual(changed({ period: 30 }), {
      kind: "unbounded",
      why:
        "the alarm behind the health check has a period of 30 s, and Route 53 follows metrics of standard resolution " +
        "only",
      change: "set the alarm's period to 60 (in place, for less)",
    });
    assert.deepEqual(changed({ datapointsToAlarm: UNKNOWN }), {
      kind: "unknown",
      urn: alarm.urn,
      path: "datapointsToAlarm",
    });
    assert.deepEqual(boundWith({ check }), {
      kind: "unbounded",
      why: "the alarm behind the health check is not in this stack",
    });
  });

  it("takes the slowest child of a calculated check", () => {
    const child = (name: string, requestInterval: number) =>
      resource(CHECK, name, { type: "HTTPS", requestInterval, failureThreshold: 3 }, { id: name });
    const check = { type: "CALCULATED", childHealthchecks: ["fast", "slow"], childHealthThreshold: 1 };
    assert.deepEqual(boundWith({ check, more: [child("fast", 10), child("slow", 30)] }), sumBound(114, 60));
    assert.deepEqual(boundWith({ check, more: [child("fast", 10)] }), {
      kind: "unbounded",
      why: "health check slow, a child of the calculated one, is not in this stack, so its timing cannot be read",
    });
  });
});
