import assert from "node:assert/strict";
import type { HealthCheck } from "../../../model/failover-plan";
import type { TargetGroup } from "../../../model/target-group";
import { UNKNOWN } from "../../../model/unknown";
import { readCheck, readTargetGroup } from "../../../rehearsal/simulation/played-check";
import { failoverPlan, healthCheck, NAME, PRIMARY_CHECK, targetGroup } from "./plan-fixture";

function read(changes: Partial<HealthCheck>) {
  const context = { plan: failoverPlan(), set: { name: NAME }, indexOf: () => 0, endpoint: "urn:e" };
  const found = readCheck(healthCheck(changes), context);
  return found.kind === "refused" ? found.why : found.check;
}

describe("readCheck", () => {
  it("plays the intervals and thresholds that Route 53 has, and refuses all others", () => {
    const interval = (seconds: number) =>
      `${PRIMARY_CHECK} has a requestInterval of ${seconds} s; Route 53 takes 10 or 30`;
    const threshold = (got: number) =>
      `${PRIMARY_CHECK} has a failureThreshold of ${got}; Route 53 takes a whole number from 1 to 10`;
    for (const requestIntervalSeconds of [10, 30])
      assert.equal(typeof read({ requestIntervalSeconds }), "object");
    for (const seconds of [0, 9, 11, 17, 29, 31, Number.NaN])
      assert.equal(read({ requestIntervalSeconds: seconds }), interval(seconds));
    for (const failureThreshold of [1, 10]) assert.equal(typeof read({ failureThreshold }), "object");
    for (const got of [0, -1, 2.5, 11]) assert.equal(read({ failureThreshold: got }), threshold(got));
  });

  it("refuses checker regions where none are", () => {
    assert.equal(
      read({ regions: ["us-east-1", "eu-west-1", "eu-central-1", "sa-east-1"] }),
      `${PRIMARY_CHECK} names eu-central-1 among its regions, where Route 53 has no checkers`,
    );
    assert.equal(typeof read({ regions: ["us-east-1", "eu-west-1", "sa-east-1"] }), "object");
  });

  it("knows a check by address from one by name, whatever name goes with the address", () => {
    const byAddress = (changes: Partial<HealthCheck>) => {
      const check = read(changes);
      return typeof check === "string" || check.kind !== "endpoint" ? check : check.byAddress;
    };
    assert.deepEqual([byAddress({}), byAddress({ ipAddress: "192.0.2.1" })], [undefined, true]);
    assert.equal(byAddress({ ipAddress: "192.0.2.1", fqdn: undefined }), true);
  });
});

describe("readTargetGroup", () => {
  const codes = (successCodes?: TargetGroup["successCodes"]) => {
    const result = readTargetGroup(targetGroup({ ...(successCodes !== undefined && { successCodes }) }), 0);
    if (result.kind === "refused") return result.why;
    return result.check.kind === "target-group" ? result.check.successCodes : assert.fail(result.check.kind);
  };

  it("reads the codes that mean success where they tell what is played apart", () => {
    assert.deepEqual(["200", "200-299", "200,301", undefined].map(codes), [
      "200",
      "200-299",
      "200,301",
      undefined,
    ]);
  });

  it("refuses those that do not, and those that are not known", () => {
    const why = (given: string) =>
      `the target group urn:group takes ${given} for success; what is played answers 200 while it serves and 503 ` +
      "while it fails";
    assert.deepEqual(["301", "200-599"].map(codes), ["301", "200-599"].map(why));
    assert.equal(
      codes(UNKNOWN),
      "the health check of the target group urn:group is not known before the update",
    );
  });
});
