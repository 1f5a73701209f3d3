import assert from "node:assert/strict";
import {
  apiGatewayRegionOfZone,
  regionByName,
  regionProblem,
} from "../../../../rehearsal/standin/aws/region";

describe("standin/aws/region", () => {
  it("knows the zones of API Gateway's regional host names, both ways", () => {
    assert.equal(regionByName("us-east-1")?.apiGatewayZoneId, "Z1UJRXOUMOOFQ8");
    assert.equal(regionByName("us-west-2")?.apiGatewayZoneId, "Z2OJLYMUO9EFXC");
    assert.equal(apiGatewayRegionOfZone("Z2OJLYMUO9EFXC"), "us-west-2");
    assert.equal(apiGatewayRegionOfZone("Z2FDTNDATAQYW2"), undefined);
  });

  it("refuses what is no region", () => {
    assert.equal(regionProblem("us-west-2"), undefined);
    for (const name of ["us-east-9", "US-EAST-1", "", "us-east-1a"]) {
      assert.equal(
        regionProblem(name),
        `region is ${JSON.stringify(name)}, which is no AWS region; write it as us-east-1 or us-west-2`,
      );
    }
  });
});
