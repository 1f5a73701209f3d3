import assert from "node:assert/strict";
import { StackJoins } from "../../model/stack-joins";
import type { StackResource } from "../../model/stack-resource";
import { type TargetGroup, targetGroupsOf } from "../../model/target-group";
import { isUnknown, type MaybeUnknown, type Properties, UNKNOWN } from "../../model/unknown";
import { resource } from "./stack-fixture";

const balancer = resource("aws:lb/loadBalancer:LoadBalancer", "web", {}, { id: "arn:web" });

const group = (name: string, properties: Properties = {}, module = "lb") =>
  resource(
    `aws:${module}/targetGroup:TargetGroup`,
    name,
    { protocol: "HTTP", ...properties },
    { id: `arn:${name}` },
  );

const forward = (arn: string) => ({ type: "forward", targetGroupArn: arn });

const listener = (name: string, defaultActions: Properties[string], module = "lb") =>
  resource(
    `aws:${module}/listener:Listener`,
    name,
    { loadBalancerArn: "arn:web", defaultActions },
    { id: `arn:${name}` },
  );

const rule = (name: string, listenerArn: string, actions: Properties[string], module = "lb") =>
  resource(`aws:${module}/listenerRule:ListenerRule`, name, { listenerArn, actions });

const groupsOf = (...more: StackResource[]) => targetGroupsOf(balancer, new StackJoins([balancer, ...more]));

const names = (found: MaybeUnknown<readonly TargetGroup[]>) =>
  isUnknown(found) ? "unknown" : found.map(({ urn }) => urn.split("::").at(-1));

/** What is read of one group behind one listener, without its URN. */
const read = (properties: Properties, given = group("a", properties)) => {
  const found = groupsOf(listener("l", [forward("arn:a")]), given);
  assert.ok(!isUnknown(found) && found.length === 1);
  const [{ urn: _, ...rest } = assert.fail()] = found;
  return rest;
};

const DEFAULTS = {
  isChecked: true,
  protocol: "HTTP",
  intervalSeconds: 30,
  timeoutSeconds: 5,
  unhealthyThreshold: 2,
  healthyThreshold: 5,
};

describe("model/target-group", () => {
  describe("finds what the listeners forward to", () => {
    it("by one ARN, by weights, and by rules, each group once, under either name of the types", () => {
      const weighted = { type: "forward", forward: { targetGroups: [{ arn: "arn:b" }, { arn: "arn:c" }] } };
      assert.deepEqual(
        names(
          groupsOf(
            listener("l", [forward("arn:a")]),
            listener("m", [{ type: "authenticate-oidc" }, weighted], "alb"),
            rule("r", "arn:m", [forward("arn:a")], "alb"),
            rule("s", "arn:l", [forward("arn:d")]),
            group("a"),
            group("b"),
            group("c", {}, "alb"),
            group("d"),
            group("of-nobody"),
          ),
        ),
        ["a", "b", "c", "d"],
      );
    });

    it("nothing where they only redirect, or another balancer's do", () => {
      const elsewhere = resource("aws:lb/listener:Listener", "other", {
        loadBalancerArn: "arn:other",
        defaultActions: [forward("arn:a")],
      });
      assert.deepEqual(names(groupsOf(listener("l", [{ type: "redirect" }]), elsewhere, group("a"))), []);
    });

    it("by dependency before anything has an ARN", () => {
      const unborn = (each: StackResource, from: Record<string, string[]>): StackResource => ({
        ...each,
        id: UNKNOWN,
        propertyDependencies: from,
      });
      const web = unborn(balancer, {});
      const a = unborn(group("a"), {});
      const l = unborn(listener("l", [{ type: "forward", targetGroupArn: UNKNOWN }]), {
        loadBalancerArn: [web.urn],
        defaultActions: [a.urn],
      });
      const first: StackResource = { ...l, properties: { ...l.properties, loadBalancerArn: UNKNOWN } };
      assert.deepEqual(names(targetGroupsOf(web, new StackJoins([web, a, first]))), ["a"]);
    });

    it("cannot tell where one of them is not in the stack, or not known yet", () => {
      assert.equal(
        names(groupsOf(listener("l", [forward("arn:a"), forward("arn:b")]), group("a"))),
        "unknown",
      );
      assert.equal(names(groupsOf(listener("l", UNKNOWN), group("a"))), "unknown");
      assert.equal(names(groupsOf(listener("l", [UNKNOWN]), group("a"))), "unknown");
    });
  });

  describe("reads a group's check", () => {
    it("with AWS's defaults where it says nothing", () => {
      assert.deepEqual(read({}), DEFAULTS);
      assert.deepEqual(read({ protocol: "TCP" }), { ...DEFAULTS, protocol: "TCP", timeoutSeconds: 10 });
      assert.deepEqual(read({ targetType: "lambda", protocol: undefined }), {
        isChecked: false,
        protocol: "HTTP",
        intervalSeconds: 35,
        timeoutSeconds: 30,
        unhealthyThreshold: 5,
        healthyThreshold: 5,
      });
    });

    it("with the provider's thresholds where it says something else", () => {
      const checked = { ...DEFAULTS, unhealthyThreshold: 3, healthyThreshold: 3 };
      assert.deepEqual(read({ healthCheck: { interval: 10 } }), { ...checked, intervalSeconds: 10 });
      const overHttp = { ...checked, timeoutSeconds: 6 };
      assert.deepEqual(read({ protocol: "TCP", healthCheck: { protocol: "HTTP" } }), overHttp);
      assert.deepEqual(read({ protocol: "TLS", healthCheck: { protocol: "HTTPS" } }), {
        ...checked,
        protocol: "HTTPS",
        timeoutSeconds: 10,
      });
    });

    it("as it is written", () => {
      const healthCheck = {
        enabled: false,
        protocol: "HTTPS",
        interval: "5",
        timeout: 2,
        unhealthyThreshold: 4,
        healthyThreshold: 10,
      };
      assert.deepEqual(read({ healthCheck }), {
        isChecked: false,
        protocol: "HTTPS",
        intervalSeconds: 5,
        timeoutSeconds: 2,
        unhealthyThreshold: 4,
        healthyThreshold: 10,
      });
    });

    it("as unknown where a given value is, and with the defaults where the provider will fill it in", () => {
      assert.deepEqual(read({ healthCheck: { interval: UNKNOWN } }), {
        ...DEFAULTS,
        intervalSeconds: UNKNOWN,
        unhealthyThreshold: 3,
        healthyThreshold: 3,
      });
      const unborn = { ...group("a", { healthCheck: UNKNOWN }), givenUnknown: [] };
      const l = listener("l", [{ type: "forward", targetGroupArn: UNKNOWN }]);
      const found = (a: StackResource) =>
        groupsOf({ ...l, propertyDependencies: { defaultActions: [a.urn] } }, a);
      const left = { ...unborn, id: UNKNOWN } as StackResource;
      assert.deepEqual(found(left), [{ urn: left.urn, ...DEFAULTS }]);
      const given = found({ ...left, givenUnknown: ["healthCheck"] });
      assert.equal(isUnknown(given) || given[0]?.intervalSeconds, UNKNOWN);
    });
  });

  it("reads the codes that mean success over HTTP, and none of gRPC", () => {
    const codesOf = (properties: Properties) => read(properties).successCodes;
    const healthCheck = { matcher: "200-299" };
    assert.equal(codesOf({ healthCheck }), "200-299");
    assert.equal(codesOf({ healthCheck: { matcher: UNKNOWN } }), UNKNOWN);
    assert.equal(codesOf({ healthCheck: {} }), undefined);
    assert.equal(codesOf({ protocolVersion: "GRPC", healthCheck: { matcher: "0-12" } }), undefined);
    assert.equal(codesOf({ protocolVersion: UNKNOWN, healthCheck }), UNKNOWN);
  });
});
