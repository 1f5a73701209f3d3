import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import { AnyHealthyCheck } from "../../components/any-healthy-check";
import { lines, named, record } from "./registrations";

describe("components/any-healthy-check", () => {
  it("is healthy while one of its checks is", async () => {
    const { registrations } = await record(
      () =>
        new AnyHealthyCheck(
          "any-gateway",
          { healthCheckIds: ["check-a", "check-b"], displayName: "any gateway" },
          { provider: new Provider("dns", { region: "us-east-1" }) },
        ),
    );
    assert.deepEqual(lines(registrations), [
      "aws:route53/healthCheck:HealthCheck any-gateway-check <- any-gateway @dns",
      "pulumi:providers:aws dns <- - @-",
      "warm-standby:components:AnyHealthyCheck any-gateway <- - @-",
    ]);
    assert.deepEqual(named(registrations, "any-gateway-check").inputs, {
      type: "CALCULATED",
      childHealthchecks: ["check-a", "check-b"],
      childHealthThreshold: 1,
      tags: { role: "dns", region: "global", Name: "any gateway" },
    });
  });
});
