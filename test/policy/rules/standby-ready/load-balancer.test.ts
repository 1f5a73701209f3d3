import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { resource, urn } from "../../../model/stack-fixture";
import { standby } from "../../prices/meters";
import { away, BALANCER, GROUP, LISTENER, of, SERVICE, TARGETS, verdict } from "./standby";

const RECORD = "aws:route53/record:Record";
const ZONE = "aws:route53/zone:Zone";

describe("policy/rules/standby-ready/load-balancer", () => {
  it("refuses a load balancer without listener", () => {
    const listener = standby(LISTENER, "http", { loadBalancerArn: "one-id" });
    const untold = standby(LISTENER, "http", { loadBalancerArn: UNKNOWN });
    assert.deepEqual(verdict(BALANCER, {}, [untold]), ["unknown", "loadBalancerArn"]);
    assert.deepEqual(verdict(BALANCER, {}, [listener]), ["pass", "loadBalancerArn"]);
    assert.deepEqual(
      of(BALANCER),
      away(
        BALANCER,
        "loadBalancerArn",
        "has no listener in this stack, so it refuses every connection; allowed: a listener on the port that " +
          "visitors use; add one (free beside the load balancer)",
      ),
    );
  });

  it("refuses a target group that gets no target", () => {
    assert.deepEqual(
      of(TARGETS),
      away(
        TARGETS,
        "targetGroupArn",
        "gets no target from this stack, so nothing answers behind it; allowed: an attachment, a scaling group or a " +
          "service that names it; attach what serves the standby (free)",
      ),
    );
    for (const [type, properties] of [
      ["aws:lb/targetGroupAttachment:TargetGroupAttachment", { targetGroupArn: "one-id" }],
      ["aws:autoscaling/attachment:Attachment", { lbTargetGroupArn: "one-id" }],
      [GROUP, { targetGroupArns: ["other", "one-id"] }],
      [SERVICE, { loadBalancers: [{ targetGroupArn: "one-id" }] }],
      [
        SERVICE,
        {
          loadBalancers: [
            { targetGroupArn: "blue", advancedConfiguration: { alternateTargetGroupArn: "one-id" } },
          ],
        },
      ],
    ] as const) {
      assert.deepEqual(
        verdict(TARGETS, {}, [standby(type, "attached", properties as Properties)])[0],
        "pass",
      );
    }
    const deployment = standby("aws:codedeploy/deploymentGroup:DeploymentGroup", "deployment", {
      loadBalancerInfo: { targetGroupPairInfo: { targetGroups: [{ name: "blue" }, { name: "green" }] } },
    });
    assert.deepEqual(verdict(TARGETS, { name: "green" }, [deployment])[0], "pass");
    assert.deepEqual(verdict(TARGETS, { name: "red" }, [deployment])[0], "fail");
    const before = standby(
      SERVICE,
      "service",
      { loadBalancers: [{ targetGroupArn: UNKNOWN }] },
      {
        from: { loadBalancers: [urn(TARGETS, "one")] },
      },
    );
    assert.deepEqual(verdict(TARGETS, {}, [before], { id: UNKNOWN })[0], "pass");
  });

  describe("whose listeners refuse", () => {
    const fixed = (statusCode: PropertyValue): Properties => ({
      type: "fixed-response",
      fixedResponse: { statusCode },
    });
    const listener = (name: string, defaultActions: PropertyValue) =>
      standby(LISTENER, name, { loadBalancerArn: "one-id", defaultActions });
    const rule = (listenerArn: PropertyValue) =>
      standby("aws:lb/listenerRule:ListenerRule", "rule", { listenerArn });
    const on = (actions: PropertyValue, ...others: StackResource[]) =>
      verdict(BALANCER, {}, [listener("https", actions), ...others]);
    const refused = ["fail", "defaultActions"];
    const ready = ["pass", "loadBalancerArn"];

    it("is refused where all of them do", () => {
      assert.deepEqual(
        of(BALANCER, {}, [listener("http", [fixed("503")]), listener("https", [fixed(404)])]),
        away(
          BALANCER,
          "defaultActions",
          "answers every request with the fixed response 503, 404; allowed: a listener, or a rule of one, that " +
            "forwards, redirects or answers below 400; let the default action of a listener forward to what serves " +
            "the standby (free)",
        ),
      );
      const forward = { type: "forward", targetGroupArn: "arn:1" };
      assert.deepEqual(on([fixed("503")], listener("http", [forward])), ready);
      assert.deepEqual(on([fixed("503")], listener("http", [{ type: "redirect" }])), ready);
    });

    it("is told by the code, on the boundary", () => {
      assert.deepEqual([on([fixed("400")]), on([fixed("399")])], [refused, ready]);
      assert.deepEqual([on([fixed(599)]), on([fixed(200)]), on([fixed(undefined)])], [refused, ready, ready]);
      assert.deepEqual(on([{ ...fixed("503"), type: "forward" }]), ready);
      assert.deepEqual(on([{ type: "authenticate-oidc" }, fixed("503")]), ready);
      assert.deepEqual(on([]), ready);
    });

    it("is let be with a rule, and not known while a rule may be", () => {
      assert.deepEqual(on([fixed("503")], rule("https-id")), ready);
      assert.deepEqual(on([fixed("503")], rule("other-id")), refused);
      assert.deepEqual(on([fixed("503")], rule(UNKNOWN)), ["unknown", "defaultActions"]);
    });

    it("is not known while an action is", () => {
      const open = ["unknown", "defaultActions"];
      assert.deepEqual([on(UNKNOWN), on([UNKNOWN]), on([fixed(UNKNOWN)])], [open, open, open]);
      assert.deepEqual(on([{ ...fixed("503"), type: UNKNOWN }]), open);
      assert.deepEqual(on([fixed("503")], listener("http", UNKNOWN)), open);
      assert.deepEqual(on(UNKNOWN, listener("http", [{ type: "forward" }])), ready);
    });
  });

  describe("that is internal", () => {
    const ready = ["pass", "loadBalancerArn"];
    const listener = standby(LISTENER, "http", { loadBalancerArn: "one-id" });
    const zone = (properties: Properties, id: StackResource["id"] = "Z1") =>
      resource(ZONE, "zone", { name: "example.com", ...properties }, { id });
    const record = (
      role: string | undefined,
      target: string,
      name = "app.example.com",
      zoneId: PropertyValue = "Z1",
    ) =>
      resource(RECORD, `${name}-${role}`, {
        name,
        type: "A",
        zoneId,
        ...(role === undefined ? {} : { setIdentifier: role, failoverRoutingPolicies: [{ type: role }] }),
        aliases: [{ name: target, zoneId: "Z2", evaluateTargetHealth: true }],
      });
    const pair = [record("PRIMARY", "east.elb.amazonaws.com"), record("SECONDARY", "west.elb.amazonaws.com")];
    const balancer = (internal: PropertyValue): Properties => ({
      dnsName: "west.elb.amazonaws.com",
      internal,
    });
    const on = (internal: PropertyValue, ...others: StackResource[]) =>
      verdict(BALANCER, balancer(internal), [listener, ...others]);

    it("is refused behind a failover record of a public zone", () => {
      assert.deepEqual(
        of(BALANCER, balancer(true), [listener, zone({}), ...pair]),
        away(
          BALANCER,
          "internal",
          "is internal, so a name of a public zone leads visitors to its private addresses; allowed: false, or a " +
            "record in a private zone; set internal to false (replaces it, at the same price)",
        ),
      );
      assert.deepEqual(on(false, zone({}), ...pair), ready);
      assert.deepEqual(on(undefined, zone({}), ...pair), ready);
      assert.deepEqual(on(UNKNOWN, zone({}), ...pair), ["unknown", "internal"]);
      assert.deepEqual(verdict(BALANCER, balancer(true), [zone({}), ...pair]), ["fail", "loadBalancerArn"]);
    });

    it("is let be behind a private zone, one of another stack, or no failover record", () => {
      const vpcs = [{ vpcId: "vpc-1" }];
      assert.deepEqual(on(true, zone({ vpcs }), ...pair), ready);
      assert.deepEqual(on(UNKNOWN, zone({ vpcs }), ...pair), ready);
      assert.deepEqual(on(true, ...pair), ready);
      assert.deepEqual(on(true, zone({}), record(undefined, "west.elb.amazonaws.com")), ready);
      assert.deepEqual(on(true, zone({})), ready);
    });

    it("is refused behind a public zone though a private one leads there too", () => {
      const inside = resource(ZONE, "inside", { name: "example.com", vpcs: [{ vpcId: "v" }] }, { id: "Z9" });
      const within = record("SECONDARY", "west.elb.amazonaws.com", "in.example.com", "Z9");
      assert.deepEqual(on(true, zone({}), inside, within), ready);
      assert.deepEqual(on(true, zone({}), inside, within, ...pair), ["fail", "internal"]);
    });

    it("is refused behind a set that the failover leads to", () => {
      const set = [
        record("PRIMARY", "east.elb.amazonaws.com"),
        record("SECONDARY", "west.example.com"),
        resource(RECORD, "weighted", {
          name: "west.example.com",
          type: "A",
          zoneId: "Z1",
          setIdentifier: "w",
          weightedRoutingPolicies: [{ weight: 1 }],
          aliases: [{ name: "west.elb.amazonaws.com", zoneId: "Z2", evaluateTargetHealth: true }],
        }),
      ];
      assert.deepEqual(on(true, zone({}), ...set), ["fail", "internal"]);
    });

    it("is not known while the zone is, or its VPCs", () => {
      const unplaced = record("SECONDARY", "west.elb.amazonaws.com", "app.example.com", UNKNOWN);
      assert.deepEqual(on(true, zone({}), unplaced), ["unknown", "internal"]);
      assert.deepEqual(on(true, zone({ vpcs: UNKNOWN }), ...pair), ["unknown", "internal"]);
      assert.deepEqual(on(false, zone({}), unplaced), ready);
    });
  });
});
