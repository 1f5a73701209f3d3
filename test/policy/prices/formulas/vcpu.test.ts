import assert from "node:assert/strict";
import { vcpusOf } from "../../../../policy/prices/formulas/vcpu";

describe("policy/prices/formulas/vcpu", () => {
  it("reads the vCPUs from the size", () => {
    assert.deepEqual(
      [
        "t2.micro",
        "db.t2.small",
        "db.t2.medium",
        "t2.medium",
        "t3.micro",
        "db.t4g.medium",
        "m6g.medium",
        "m5.large",
        "db.r6g.xlarge",
        "c7a.48xlarge",
      ].map(vcpusOf),
      [1, 1, 2, 2, 2, 2, 1, 2, 4, 192],
    );
  });

  it("does not know what is no size", () => {
    assert.deepEqual(["m5.metal", "optimal", "", "db.serverless"].map(vcpusOf), [
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
