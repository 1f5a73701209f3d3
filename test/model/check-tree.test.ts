import assert from "node:assert/strict";
import { CheckTrees } from "../../model/check-tree";
import { planFromResources } from "../../model/plan-from-resources";
import { StackJoins } from "../../model/stack-joins";
import type { StackResource } from "../../model/stack-resource";
import { type PropertyValue, UNKNOWN } from "../../model/unknown";
import { resource, urn } from "./stack-fixture";

const CHECK = "aws:route53/healthCheck:HealthCheck";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

const check = (name: string, children?: PropertyValue, from: string[] = []): StackResource =>
  resource(
    CHECK,
    name,
    { type: children === undefined ? "HTTP" : "CALCULATED", childHealthchecks: children },
    { id: `hc-${name}`, from: { childHealthchecks: from } },
  );

const treeOf = (name: string, resources: readonly StackResource[]) => {
  const trees = new CheckTrees(planFromResources(resources), new StackJoins(resources));
  const tree = trees.of(urn(CHECK, name));
  assert.equal(trees.of(urn(CHECK, name)), tree, "made once");
  return { ...tree, checks: tree.checks.map((each) => each.urn.split("::").at(-1)) };
};

describe("model/check-tree", () => {
  it("is the check alone where it follows no other", () => {
    assert.deepEqual(treeOf("a", [check("a"), check("b")]), { checks: ["a"], outside: [], unknown: [] });
    assert.deepEqual(treeOf("none", []), { checks: [], outside: [], unknown: [] });
  });

  it("holds children, theirs, and the ids of those outside, each once", () => {
    const stack = [check("a", ["hc-b", "hc-c", "hc-x"]), check("b", ["hc-c", "hc-x"]), check("c")];
    assert.deepEqual(treeOf("a", stack), { checks: ["a", "b", "c"], outside: ["hc-x"], unknown: [] });
  });

  it("ends on checks that count each other", () => {
    assert.deepEqual(treeOf("a", [check("a", ["hc-b"]), check("b", ["hc-a"])]).checks, ["a", "b"]);
  });

  it("joins children that do not exist yet, and says where more may be", () => {
    const child = { ...check("b"), id: UNKNOWN } as const;
    const missing = [{ urn: urn(CHECK, "a"), path: "childHealthchecks" }];
    assert.deepEqual(treeOf("a", [check("a", [UNKNOWN], [child.urn]), child]), {
      checks: ["a", "b"],
      outside: [],
      unknown: [],
    });
    assert.deepEqual(treeOf("a", [check("a", [UNKNOWN, UNKNOWN], [child.urn]), child]).unknown, missing);
    assert.deepEqual(treeOf("a", [check("a", UNKNOWN)]).unknown, missing);
  });

  it("follows an alarm to the check whose metric it watches", () => {
    const metric = resource(CHECK, "m", { type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: "down" });
    const alarm = resource(ALARM, "alarm", { name: "down", dimensions: { HealthCheckId: "hc-a" } });
    assert.deepEqual(treeOf("m", [metric, alarm, check("a")]).checks, ["m", "a"]);
    const other = resource(ALARM, "alarm", { name: "down", dimensions: { ApiId: "x" } });
    assert.deepEqual(treeOf("m", [metric, other, check("a")]).checks, ["m"]);
  });
});
