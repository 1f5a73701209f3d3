import assert from "node:assert/strict";
import { ENDPOINT_CHECK_TYPES, type EndpointCheckType } from "../../../model/health-check";
import {
  type EndpointCondition,
  probeEndpoint,
  servesClients,
} from "../../../rehearsal/simulation/endpoint-condition";
import { judgeProbe } from "../../../rehearsal/simulation/probe";

function probe(type: EndpointCheckType, condition: EndpointCondition): [passed: boolean, tookMs: number] {
  const check = { type, searchString: "ok" };
  const { passed, tookMs } = judgeProbe(check, probeEndpoint(condition, check, 50));
  return [passed, tookMs];
}

describe("probeEndpoint", () => {
  it("passes every type of check while the endpoint serves, after two round trips (TCP: one)", () => {
    assert.deepEqual(
      ENDPOINT_CHECK_TYPES.map((type) => probe(type, "serving")),
      [...new Array(4).fill([true, 100]), [true, 50]],
    );
  });

  it("fails HTTP checks as fast as a 503 comes; TCP does not see it", () => {
    assert.deepEqual(
      ENDPOINT_CHECK_TYPES.map((type) => probe(type, "http-503")),
      [...new Array(4).fill([false, 100]), [true, 50]],
    );
  });

  it("waits the response limit of 2 s for an endpoint that hangs; TCP does not see it", () => {
    assert.deepEqual(
      ENDPOINT_CHECK_TYPES.map((type) => probe(type, "hang")),
      [...new Array(4).fill([false, 2_050]), [true, 50]],
    );
  });

  it("fails every type at once when the connection is refused", () => {
    assert.deepEqual(
      ENDPOINT_CHECK_TYPES.map((type) => probe(type, "refuse")),
      new Array(5).fill([false, 0]),
    );
  });
});

describe("servesClients", () => {
  it("is true of an endpoint that serves, and of no other", () => {
    const conditions: EndpointCondition[] = ["serving", "http-503", "hang", "refuse"];
    assert.deepEqual(conditions.map(servesClients), [true, false, false, false]);
  });
});
