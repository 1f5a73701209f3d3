import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { failoverRto } from "../../../../policy/rules/failover-rto/rule";
import { resource, urn } from "../../../model/stack-fixture";
import { profileApiStack } from "../../profile-api-stack";
import { judged } from "../judged";
import { alias, CHECK, check, checkUrn, primary, record, recordUrn, secondary } from "../records";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const RECORD_TEXT = "PRIMARY A record of app.example.com";

/** Detection 30 s x 5 with HTTPS is 186 s, propagation 30 s; the TTL decides on which side of 300 s it falls. */
const atTtl = (ttl: number) =>
  judged(failoverRto, [check({ failureThreshold: 5 }), primary({ ttl }), secondary()]);

describe("policy/rules/failover-rto", () => {
  it("passes at 299 s and refuses at 300 s", () => {
    assert.deepEqual(atTtl(83), [
      {
        verdict: "pass",
        urn: recordUrn("primary"),
        path: "",
        message: `${RECORD_TEXT} recovers within 299 s (detection 186 + propagation 30 + cache 83); allowed: below 300 s`,
      },
    ]);
    assert.deepEqual(atTtl(84), [
      {
        verdict: "fail",
        urn: recordUrn("primary"),
        path: "",
        message:
          `${RECORD_TEXT} recovers within 300 s (detection 186 + propagation 30 + cache 84); allowed: below 300 s; ` +
          "set ttl to 60 (276 s, no idle cost), or failureThreshold to 4 (264 s, free, in place), " +
          "or requestInterval to 10 (200 s, +$2.00 a month for an endpoint not known to be in AWS, probes extra, " +
          "replaces the check)",
      },
    ]);
  });

  it("prices the faster interval by the endpoint that the check probes", () => {
    const stack = profileApiStack().map((one) =>
      one.type === CHECK
        ? { ...one, properties: { ...one.properties, requestInterval: 30, failureThreshold: 10 } }
        : one,
    );
    const [first] = judged(failoverRto, stack);
    assert.equal(
      first?.message,
      "PRIMARY A record of profiles.example.com recovers within 456 s (detection 366 + propagation 30 + cache 60); " +
        "allowed: below 300 s; set failureThreshold to 5 (276 s, free, in place), or requestInterval to 10 " +
        "(256 s, +$1.00 a month for an AWS endpoint, probes extra, replaces the check)",
    );
  });

  it("offers all changes together where no single one is enough", () => {
    const leverAt = (rtoSecondsLimit: number) =>
      judged(failoverRto, [check({ failureThreshold: 10 }), primary({ ttl: 120 })], { rtoSecondsLimit })[0]
        ?.message.split(`below ${rtoSecondsLimit} s; `)
        .at(-1);
    assert.equal(
      leverAt(150),
      "set requestInterval to 10, failureThreshold to 3 and ttl to 60 together (144 s)",
    );
    assert.equal(
      leverAt(113),
      "set requestInterval to 10, failureThreshold to 1 and ttl to 60 together (112 s)",
    );
    assert.equal(leverAt(112), "no timing of this check reaches that: at 10 s x 1 and ttl to 60 it is 112 s");
  });

  it("speaks of the TTL only where it is above 60 s", () => {
    const lever = judged(failoverRto, [check({ failureThreshold: 10 }), primary()], {
      rtoSecondsLimit: 113,
    })[0];
    assert.match(
      lever?.message ?? "",
      /; set requestInterval to 10 and failureThreshold to 1 together \(112 s\)$/,
    );
  });

  it("prices the faster interval of an address of the stack that does not exist yet", () => {
    const server = resource("aws:ec2/instance:Instance", "server", {}, { id: UNKNOWN });
    const address = resource(
      "aws:ec2/eip:Eip",
      "address",
      { instance: UNKNOWN },
      { id: UNKNOWN, from: { instance: [server.urn] } },
    );
    const probe = {
      ...check({ type: "HTTP", fqdn: undefined, ipAddress: UNKNOWN, failureThreshold: 10 }),
      propertyDependencies: { ipAddress: [address.urn] },
    };
    assert.match(
      judged(failoverRto, [server, address, probe, primary()], {}, "preview")[0]?.message ?? "",
      /\+\$1\.00 a month for an AWS endpoint/,
    );
  });

  it("refuses a pair without a bound, and says what would give one", () => {
    const lever =
      "attach an enabled HTTPS check of this stack, 10 s x 3 ($2.50 a month for an endpoint in AWS, $4.75 a month for another)";
    const ttlLever = "set ttl to 60 (204 s, no idle cost)";
    const message = (why: string, what = lever) =>
      `${RECORD_TEXT} has no bound on its recovery: ${why}; allowed: below 300 s; ${what}`;
    const unbounded = (resources: Parameters<typeof judged>[1]) =>
      judged(failoverRto, resources).map(({ verdict, path, message }) => ({ verdict, path, message }));
    assert.deepEqual(unbounded([primary({ healthCheckId: undefined })]), [
      { verdict: "fail", path: "healthCheckId", message: message("the PRIMARY record has no health check") },
    ]);
    assert.deepEqual(unbounded([check({ disabled: true }), primary()]), [
      {
        verdict: "fail",
        path: "healthCheckId",
        message: message("the health check is disabled, which counts as healthy"),
      },
    ]);
    assert.deepEqual(unbounded([primary({ healthCheckId: "hc-elsewhere" })]), [
      {
        verdict: "fail",
        path: "healthCheckId",
        message: message("health check hc-elsewhere is not in this stack, so its timing cannot be read"),
      },
    ]);
    assert.equal(
      unbounded([check({ disabled: true }), primary({ ttl: undefined })])[0]?.path,
      "healthCheckId",
    );
    assert.deepEqual(unbounded([check(), primary({ ttl: undefined })]), [
      { verdict: "fail", path: "ttl", message: message("the record has no TTL", ttlLever) },
    ]);
  });

  it("says what a TTL gives where nothing but that is missing, and what else the limit needs", () => {
    const lever = (failureThreshold: number, rtoSecondsLimit = 300) =>
      judged(failoverRto, [check({ failureThreshold }), primary({ ttl: undefined }), secondary()], {
        rtoSecondsLimit,
      })[0]?.message.split(" s; ")[1];
    assert.equal(lever(3, 205), "set ttl to 60 (204 s, no idle cost)");
    assert.equal(
      lever(3, 204),
      "set ttl to 60 (204 s, no idle cost), and then set failureThreshold to 2 (168 s, free, in place), or " +
        "requestInterval to 10 (144 s, +$2.00 a month for an endpoint not known to be in AWS, probes extra, replaces " +
        "the check)",
    );
  });

  it("names the unknown property and the resource that has it", () => {
    assert.deepEqual(judged(failoverRto, [check({ requestInterval: UNKNOWN }), primary()], {}, "preview"), [
      {
        verdict: "unknown",
        urn: checkUrn,
        path: "requestInterval",
        message:
          `unknown: requestInterval of check (aws:route53/healthCheck:HealthCheck), behind ${RECORD_TEXT}; ` +
          "known after the update; judged again at `pulumi up`",
      },
    ]);
    assert.deepEqual(
      judged(failoverRto, [check(), primary({ ttl: UNKNOWN })], {}, "preview")[0]?.path,
      "ttl",
    );
    assert.deepEqual(
      judged(failoverRto, [primary({ failoverRoutingPolicies: UNKNOWN })], {}, "preview").map(
        ({ verdict, path }) => ({ verdict, path }),
      ),
      [{ verdict: "unknown", path: "failoverRoutingPolicies[0].type" }],
    );
  });

  it("joins a pair that does not exist yet by what its records were computed from", () => {
    assert.deepEqual(
      judged(failoverRto, profileApiStack({ preview: true }), {}, "preview").map(({ verdict }) => verdict),
      ["pass", "pass"],
    );
  });

  it("judges a balancer's target health by its group's timing, and offers that as the lever", () => {
    const name = "web-1.us-east-1.elb.amazonaws.com";
    const balancer = resource(
      "aws:lb/loadBalancer:LoadBalancer",
      "web",
      { dnsName: name },
      { id: "arn:web" },
    );
    const listener = resource("aws:lb/listener:Listener", "http", {
      loadBalancerArn: "arn:web",
      defaultActions: [{ type: "forward", targetGroupArn: "arn:group" }],
    });
    const stack = (unhealthyThreshold: number) => [
      balancer,
      listener,
      resource(
        "aws:lb/targetGroup:TargetGroup",
        "group",
        { protocol: "HTTP", healthCheck: { interval: 50, timeout: 5, unhealthyThreshold } },
        { id: "arn:group" },
      ),
      primary({ ...alias(name, true), records: undefined, ttl: undefined, healthCheckId: undefined }),
      secondary(),
    ];
    const [pass] = judged(failoverRto, stack(3));
    assert.equal(pass?.verdict, "pass");
    assert.match(pass?.message ?? "", /275 s/);
    const [fail] = judged(failoverRto, stack(4));
    assert.equal(fail?.verdict, "fail");
    assert.match(
      fail?.message ?? "",
      /325 s.*; lower the healthCheck's interval or unhealthyThreshold of the target group \(free, in place\)$/,
    );
  });

  it("offers the alarm's own levers where the check follows an alarm", () => {
    const alarm = resource(ALARM, "alarm", { name: "down", period: 300, evaluationPeriods: 2 });
    const metric = check({
      type: "CLOUDWATCH_METRIC",
      fqdn: undefined,
      cloudwatchAlarmName: "down",
    });
    assert.match(
      judged(failoverRto, [alarm, metric, primary()])[0]?.message ?? "",
      /detection 960 .*; shorten the period \(to 60 s at least\) or the evaluationPeriods of the alarm behind the check, or attach a check that probes the endpoint$/,
    );
  });

  it("offers an alarm of this stack where no checker can reach the endpoint", () => {
    const ZONE = "aws:route53/zone:Zone";
    const zone = (properties: Properties) => resource(ZONE, "zone", properties, { id: "Z1" });
    const inVpc = zone({ name: "example.com", vpcs: [{ vpcId: "vpc-1" }] });
    const leverOf = (...resources: StackResource[]) =>
      judged(failoverRto, resources)
        .find(({ urn: of }) => of === recordUrn("primary"))
        ?.message.split("allowed: below 300 s; ")
        .at(-1);
    const elsewhere = check({ type: "CLOUDWATCH_METRIC", fqdn: undefined, cloudwatchAlarmName: "far" });
    const unchecked = { healthCheckId: undefined };
    const inside = { records: ["10.0.0.1"] };
    const alarm =
      "put the alarm that the check follows into this stack, or follow one of this stack: no checker can reach the endpoint";
    const follow =
      "watch the endpoint, which no checker can reach, by an alarm of this stack and a CLOUDWATCH_METRIC check that follows it";
    const probe =
      "attach an enabled HTTPS check of this stack, 10 s x 3 ($2.50 a month for an endpoint in AWS, $4.75 a month for another)";
    assert.equal(leverOf(elsewhere, primary(inside)), alarm);
    assert.equal(leverOf(elsewhere, primary({ records: ["fc00::1"], type: "AAAA" })), alarm);
    assert.equal(leverOf(primary({ ...inside, ...unchecked })), follow);
    assert.equal(
      leverOf(primary({ ...unchecked, ...alias("internal-web-1.us-east-1.elb.amazonaws.com") })),
      follow,
    );
    assert.equal(leverOf(primary({ ...unchecked, type: "CNAME", records: ["db.corp.internal"] })), follow);
    // What only a zone tells: a private one may hold public addresses, which checkers reach.
    const outside = { ...unchecked, ...alias("web-1.us-east-1.elb.amazonaws.com") };
    assert.equal(leverOf(inVpc, primary(outside)), follow);
    assert.equal(leverOf(zone({ name: "example.com" }), primary(outside)), probe);
    assert.equal(leverOf(inVpc, primary({ ...unchecked, records: ["8.8.8.8"] })), probe);
    assert.equal(leverOf(elsewhere, primary()), probe);
    const refused = resource(ALARM, "alarm", { name: "far", extendedStatistic: "p90", period: 60 });
    const mended = leverOf(refused, elsewhere, primary());
    assert.ok(mended?.endsWith(`, or ${probe}`));
    assert.equal(leverOf(refused, elsewhere, primary(inside)), mended?.slice(0, -`, or ${probe}`.length));
    assert.equal(leverOf(check({ disabled: true }), primary(inside)), follow);
    assert.equal(
      leverOf(check({ invertHealthcheck: true }), primary(inside)),
      `set its invertHealthcheck to false (in place, no price), or ${follow}`,
    );
    const slow = resource(ALARM, "alarm", { name: "far", period: 300, evaluationPeriods: 2 });
    assert.equal(
      leverOf(slow, elsewhere, primary(inside)),
      "shorten the period (to 60 s at least) or the evaluationPeriods of the alarm behind the check",
    );
  });

  it("tries its levers on the children of a calculated check", () => {
    const child = (name: string, failureThreshold: number) =>
      resource(
        CHECK,
        name,
        { type: "HTTP", fqdn: `${name}.example.com`, requestInterval: 30, failureThreshold },
        { id: name },
      );
    const message = (children: readonly StackResource[]) => {
      const calculated = check({
        type: "CALCULATED",
        fqdn: undefined,
        childHealthchecks: children.map(({ id }) => id as string),
        childHealthThreshold: children.length,
      });
      return judged(failoverRto, [...children, calculated, primary()])[0]?.message ?? "";
    };
    assert.match(
      message(["one", "two", "three", "four"].map((name) => child(name, 10))),
      /set failureThreshold of 4 checks behind it to 5 \(276 s, free, in place\), or requestInterval of 4 checks behind it to 10/,
    );
    assert.match(
      message(["one", "two", "three"].map((name) => child(name, 10))),
      /set failureThreshold of one, two and three to 5 /,
    );
    assert.match(
      message([child("one", 3), child("two", 10)]),
      /within 456 s .*set failureThreshold of two to 5 \(276 s, free, in place\), or requestInterval of one and two to 10 \(256 s, \+\$4\.00 a month/,
    );
  });

  it("takes a child that a person throws as a switch for healthy until then, where it is named, and no record's own", () => {
    const child = (name: string, properties: Properties) =>
      resource(
        CHECK,
        name,
        { type: "HTTP", requestInterval: 10, failureThreshold: 3, ...properties },
        { id: name },
      );
    const stop = child("stop", { fqdn: "switch.example.net", invertHealthcheck: true });
    const calculated = check({
      type: "CALCULATED",
      fqdn: undefined,
      childHealthchecks: ["own", "stop"],
      childHealthThreshold: 2,
    });
    const stack = [child("own", { ipAddress: "192.0.2.1" }), stop, calculated, primary(), secondary()];
    const judge = (invertedOnPurpose: string[], resources = stack) =>
      judged(failoverRto, resources, { invertedOnPurpose })[0];
    assert.deepEqual(
      [judge([])?.verdict, judge(["other"])?.verdict, judge(["stop"])?.verdict],
      ["fail", "fail", "pass"],
    );
    assert.equal(
      judge([])?.message,
      "PRIMARY A record of app.example.com has no bound on its recovery: the calculated health check is unhealthy while " +
        "the endpoint is well, by children that are inverted: it sends clients away from a healthy primary; allowed: " +
        "below 300 s; set their invertHealthcheck to false (in place, no price), or name in invertedOnPurpose those that " +
        "a person throws as switches, or attach an enabled HTTPS check of this stack, 10 s x 3 ($2.50 a month for an " +
        "endpoint in AWS, $4.75 a month for another)",
    );
    assert.match(judge(["stop"])?.message ?? "", /recovers within 144 s/);
    // It does not fail with the endpoint, so that one healthy child of two is always there.
    const one = { ...calculated, properties: { ...calculated.properties, childHealthThreshold: 1 } };
    assert.equal(
      judge(
        ["stop"],
        stack.map((each) => (each === calculated ? one : each)),
      )?.verdict,
      "fail",
    );
    const own = [check({ invertHealthcheck: true }), primary(), secondary()];
    assert.equal(judge(["check"], own)?.verdict, "fail");
    assert.match(judge(["check"], own)?.message ?? "", /the health check is inverted/);
  });

  it("refuses a calculated check that the other side's child keeps healthy, with the threshold that turns it", () => {
    const child = (name: string, ipAddress: string) =>
      resource(
        CHECK,
        name,
        { type: "HTTP", ipAddress, requestInterval: 10, failureThreshold: 3 },
        { id: name },
      );
    const messageAt = (childHealthThreshold: number, childHealthchecks = ["own", "other"]) => {
      const calculated = check({
        type: "CALCULATED",
        fqdn: undefined,
        childHealthchecks,
        childHealthThreshold,
      });
      const children = [child("own", "192.0.2.1"), child("other", "192.0.2.2")];
      return judged(failoverRto, [...children, calculated, primary(), secondary()])[0]?.message;
    };
    const unbounded = "PRIMARY A record of app.example.com has no bound on its recovery: ";
    const attach =
      "attach an enabled HTTPS check of this stack, 10 s x 3 ($2.50 a month for an endpoint in AWS, $4.75 a month for another)";
    assert.equal(
      messageAt(1),
      `${unbounded}the calculated health check needs 1 of its 2 children healthy, and 1 of them does not surely fail ` +
        `with this endpoint; allowed: below 300 s; set its childHealthThreshold to 2 (in place, no price), or ${attach}`,
    );
    assert.equal(
      messageAt(2),
      "PRIMARY A record of app.example.com recovers within 144 s (detection 54 + propagation 30 + cache 60); " +
        "allowed: below 300 s",
    );
    assert.equal(
      messageAt(1, ["own", "hc-elsewhere"]),
      `${unbounded}health check hc-elsewhere, a child of the calculated one, is not in this stack, so its timing ` +
        `cannot be read; allowed: below 300 s; ${attach}`,
    );
  });

  it("does not apply without a PRIMARY, and needs no SECONDARY in this stack", () => {
    const stack = resource("pulumi:pulumi:Stack", "stack", {}, { custom: false });
    assert.deepEqual(judged(failoverRto, [stack, record("plain"), secondary()]), [
      {
        verdict: "notApplicable",
        urn: urn("pulumi:pulumi:Stack", "stack"),
        path: "",
        message: "the stack has no PRIMARY record and no set that checks decide",
      },
    ]);
    assert.deepEqual(
      judged(failoverRto, [check(), primary()]).map(({ verdict }) => verdict),
      ["pass"],
    );
  });

  it("takes another limit from the settings, on both sides of it", () => {
    const at = (rtoSecondsLimit: number) =>
      judged(failoverRto, profileApiStack(), { rtoSecondsLimit }).map(({ verdict }) => verdict);
    assert.deepEqual(at(145), ["pass", "pass"]);
    assert.deepEqual(at(144), ["fail", "fail"]);
  });
});
