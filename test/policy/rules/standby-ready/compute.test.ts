import assert from "node:assert/strict";
import { type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { urn } from "../../../model/stack-fixture";
import { standby } from "../../prices/meters";
import { away, BILLED, FUNCTION, GROUP, INSTANCE, of, SCALING, SERVICE, STATE, verdict } from "./standby";

describe("policy/rules/standby-ready/compute", () => {
  it("refuses a function that may not run, on the boundary", () => {
    assert.deepEqual(
      of(FUNCTION, { reservedConcurrentExecutions: 0 }),
      away(
        FUNCTION,
        "reservedConcurrentExecutions",
        "has reservedConcurrentExecutions 0, so every call is throttled; allowed: -1 (none reserved), or 1 or more; " +
          "leave reservedConcurrentExecutions out (free)",
      ),
    );
    assert.deepEqual(verdict(FUNCTION, { reservedConcurrentExecutions: "0" })[0], "fail");
    for (const reserved of [-1, 1, undefined]) {
      assert.deepEqual(verdict(FUNCTION, { reservedConcurrentExecutions: reserved })[0], "pass");
    }
  });

  it("refuses a scaling group at zero, by whichever count holds it there", () => {
    assert.deepEqual(
      of(GROUP, { minSize: 0, maxSize: 2, desiredCapacity: 0 }),
      away(
        GROUP,
        "desiredCapacity",
        `has desiredCapacity 0, so no instance runs; allowed: 1 or more; set desiredCapacity to 1 (${BILLED})`,
      ),
    );
    assert.deepEqual(verdict(GROUP, { minSize: 0, maxSize: 2 }), ["fail", "minSize"]);
    assert.deepEqual(verdict(GROUP, { minSize: 0, maxSize: 0, desiredCapacity: 0 }), ["fail", "maxSize"]);
    assert.deepEqual(verdict(GROUP, {}), ["fail", "maxSize"]);
    assert.deepEqual(verdict(GROUP, { minSize: 1, maxSize: 1 }), ["pass", "minSize"]);
    assert.deepEqual(verdict(GROUP, { minSize: 0, maxSize: 2, desiredCapacity: 1 }), [
      "pass",
      "desiredCapacity",
    ]);
  });

  it("says what stands in the place of a count", () => {
    const wrong = (path: string, got: string, noun: string) =>
      `has ${path} ${got}, which is no number, so no ${noun} is known to run; allowed: 1 or more; ` +
      `set ${path} to 1 (${BILLED})`;
    const desired = (desiredCount: PropertyValue) => of(SERVICE, { desiredCount });
    const said = (got: string) => away(SERVICE, "desiredCount", wrong("desiredCount", got, "task"));
    assert.deepEqual(desired("two"), said('"two"'));
    assert.deepEqual(desired(true), said("true"));
    assert.deepEqual(desired([2]), said("a list"));
    assert.deepEqual(verdict(SERVICE, { desiredCount: "2" }), ["pass", "desiredCount"]);
    for (const unset of [undefined, null, ""]) {
      assert.match(desired(unset)[0]?.message ?? "", / has desiredCount unset, so no task runs; /);
    }
    assert.deepEqual(
      of(GROUP, { minSize: 1, maxSize: 2, desiredCapacity: "two" }),
      away(GROUP, "desiredCapacity", wrong("desiredCapacity", '"two"', "instance")),
    );
    const NODES = "aws:eks/nodeGroup:NodeGroup";
    assert.deepEqual(
      of(NODES, { scalingConfig: { desiredSize: "two", minSize: 1 } }),
      away(NODES, "scalingConfig.desiredSize", wrong("scalingConfig.desiredSize", '"two"', "node")),
    );
  });

  it("refuses a node group and a fleet at zero", () => {
    const NODES = "aws:eks/nodeGroup:NodeGroup";
    const FLEET = "aws:ec2/fleet:Fleet";
    const nodes = (scalingConfig: PropertyValue) => verdict(NODES, { scalingConfig });
    const desired = "scalingConfig.desiredSize";
    assert.deepEqual(nodes({ desiredSize: 0, minSize: 0, maxSize: 2 }), ["fail", desired]);
    assert.deepEqual(nodes({ desiredSize: 1, minSize: 0, maxSize: 2 }), ["pass", desired]);
    assert.deepEqual(nodes({ minSize: 0 }), ["fail", "scalingConfig.minSize"]);
    assert.deepEqual(nodes({ minSize: 1 }), ["pass", "scalingConfig.minSize"]);
    assert.deepEqual(nodes({ desiredSize: UNKNOWN }), ["unknown", desired]);
    const fleet = (totalTargetCapacity: PropertyValue) =>
      verdict(FLEET, { targetCapacitySpecification: { totalTargetCapacity } });
    const target = "targetCapacitySpecification.totalTargetCapacity";
    assert.deepEqual(fleet(0), ["fail", target]);
    assert.deepEqual(fleet(1), ["pass", target]);
    assert.deepEqual(fleet(UNKNOWN), ["unknown", target]);
  });

  it("refuses a service without tasks, unless its scaling keeps some", () => {
    assert.deepEqual(
      of(SERVICE),
      away(
        SERVICE,
        "desiredCount",
        `has desiredCount unset, so no task runs; allowed: 1 or more; set desiredCount to 1 (${BILLED})`,
      ),
    );
    assert.deepEqual(verdict(SERVICE, { desiredCount: 0 }), ["fail", "desiredCount"]);
    assert.deepEqual(verdict(SERVICE, { desiredCount: 1 }), ["pass", "desiredCount"]);
    assert.deepEqual(verdict(SERVICE, { schedulingStrategy: "DAEMON" }), ["pass", "schedulingStrategy"]);
    const scaled = (minCapacity: PropertyValue, from: Record<string, string[]> = {}) =>
      standby(
        SCALING,
        "scaling",
        { minCapacity, resourceId: "service/web/app", scalableDimension: "ecs:service:DesiredCount" },
        { from },
      );
    const named = { desiredCount: 0, name: "app", cluster: "web" };
    assert.deepEqual(verdict(SERVICE, named, [scaled(1)]), ["pass", "desiredCount"]);
    assert.deepEqual(verdict(SERVICE, named, [scaled(0)]), ["fail", "desiredCount"]);
    assert.deepEqual(verdict(SERVICE, named, [scaled(UNKNOWN)]), ["unknown", "desiredCount"]);
    assert.deepEqual(verdict(SERVICE, { ...named, name: "other" }, [scaled(1)]), ["fail", "desiredCount"]);
    assert.deepEqual(verdict(SERVICE, { ...named, cluster: "other" }, [scaled(1)]), ["fail", "desiredCount"]);
    const byDependency = scaled(1, { resourceId: [urn(SERVICE, "one")] });
    assert.deepEqual(verdict(SERVICE, { desiredCount: 0, name: UNKNOWN }, [byDependency]), [
      "pass",
      "desiredCount",
    ]);
  });

  it("refuses an App Runner service that is paused, deleted or failed", () => {
    const type = "aws:apprunner/service:Service";
    assert.deepEqual(
      of(type, { status: "PAUSED" }),
      away(
        type,
        "status",
        "is PAUSED, and resuming it takes minutes and the control plane of its region; allowed: RUNNING; resume it " +
          `(${BILLED})`,
      ),
    );
    const said = (status: string, what: string, lever: string) =>
      assert.deepEqual(
        of(type, { status }),
        away(type, "status", `is ${status}, ${what}; allowed: RUNNING; ${lever} (${BILLED})`),
      );
    said("DELETED", "so nothing of it runs", "create it anew");
    said("CREATE_FAILED", "so nothing of it runs", "mend what the creation failed of and create it anew");
    said("DELETE_FAILED", "and cannot be recovered", "delete it again and create it anew");
    for (const status of ["RUNNING", "OPERATION_IN_PROGRESS", undefined]) {
      assert.deepEqual(verdict(type, { status }), ["pass", "status"]);
    }
    assert.deepEqual(verdict(type, { status: UNKNOWN }), ["unknown", "status"]);
  });

  it("refuses a stopped instance, by demand before by what was last seen", () => {
    const demand = (state: string) => standby(STATE, "state", { instanceId: "one-id", state });
    const stopped = (path: string, by: string) =>
      away(
        INSTANCE,
        path,
        `is stopped${by}, and starting it takes minutes and the control plane of its region; allowed: running; set ` +
          `its state to running (${BILLED})`,
      );
    assert.deepEqual(of(INSTANCE, {}, [demand("stopped")]), stopped("state", " by an InstanceState"));
    assert.deepEqual(of(INSTANCE, { instanceState: "stopped" }), stopped("instanceState", ""));
    assert.deepEqual(verdict(INSTANCE, { instanceState: "stopped" }, [demand("running")]), ["pass", "state"]);
    for (const state of ["running", "pending", undefined]) {
      assert.deepEqual(verdict(INSTANCE, { instanceState: state }), ["pass", "instanceState"]);
    }
  });
});
