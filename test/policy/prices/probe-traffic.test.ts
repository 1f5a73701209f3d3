import assert from "node:assert/strict";
import type { HealthCheck } from "../../../model/failover-plan";
import { planFromResources } from "../../../model/plan-from-resources";
import { type Properties, UNKNOWN } from "../../../model/unknown";
import { idleCost } from "../../../policy/prices/idle-cost";
import { probesPerMonth } from "../../../policy/prices/probe-traffic";
import { resource } from "../../model/stack-fixture";
import { profileApiStack } from "../profile-api-stack";

const CHECK = "aws:route53/healthCheck:HealthCheck";

function probes(properties: Properties): number | undefined {
  const plan = planFromResources([
    resource(CHECK, "check", { type: "HTTPS", fqdn: "a.example.com", ...properties }),
  ]);
  return probesPerMonth(plan.healthChecks[0] as HealthCheck);
}

/** The profile API with its check changed, or another resource's properties. */
function probeLines(properties: Properties, type = CHECK, assumptions = {}) {
  const stack = profileApiStack().map((one) =>
    one.type === type ? { ...one, properties: { ...one.properties, ...properties } } : one,
  );
  return idleCost(stack, planFromResources(stack), assumptions)
    .lines.filter(({ item }) => item.includes("probes"))
    .map(({ item, region, standby, monthlyMicroUsd }) => ({ item, region, standby, monthlyMicroUsd }));
}

describe("policy/prices/probe-traffic", () => {
  it("counts every checker once per interval", () => {
    assert.equal(probes({ requestInterval: 10 }), 4_204_800);
    assert.equal(probes({ requestInterval: 30 }), 1_401_600);
    assert.equal(probes({}), 1_401_600);
    assert.equal(
      probes({ requestInterval: 10, regions: ["us-east-1", "us-west-2", "eu-west-1"] }),
      1_576_800,
    );
  });

  it("counts none that are not requests, and does not know what is unknown", () => {
    assert.equal(probes({ type: "TCP" }), 0);
    assert.equal(probes({ type: "CALCULATED" }), 0);
    assert.equal(probes({ disabled: true }), 0);
    assert.equal(probes({ type: UNKNOWN }), undefined);
    assert.equal(probes({ requestInterval: UNKNOWN }), undefined);
    assert.equal(probes({ requestInterval: 0 }), undefined);
  });

  it("charges API, function and logs of the probed side, in the total only", () => {
    const side = { region: "us-east-1", standby: false };
    assert.deepEqual(probeLines({}), [
      { item: "HTTP API requests of 4204800 probes", ...side, monthlyMicroUsd: 4_204_800 },
      { item: "log lines of 4204800 probes, 500 bytes each assumed", ...side, monthlyMicroUsd: 1_051_200 },
      { item: "function requests of 4204800 probes", ...side, monthlyMicroUsd: 840_960 },
      {
        item: "function time of 4204800 probes, 10 ms at 256 MB assumed",
        ...side,
        monthlyMicroUsd: 140_161,
      },
    ]);
  });

  it("charges the standby where a check probes it", () => {
    assert.deepEqual(
      probeLines({ fqdn: "us-west-2.profiles.example.com" }).map(({ region, standby }) => ({
        region,
        standby,
      })),
      Array.from({ length: 4 }, () => ({ region: "us-west-2", standby: true })),
    );
  });

  it("takes the assumptions from the settings", () => {
    assert.deepEqual(
      probeLines({}, CHECK, { probeDurationMs: 100, probeLogBytes: 0 })
        .map(({ item }) => item)
        .slice(1),
      [
        "log lines of 4204800 probes, 0 bytes each assumed",
        "function requests of 4204800 probes",
        "function time of 4204800 probes, 100 ms at 256 MB assumed",
      ],
    );
  });

  it("charges nothing for a check of something else", () => {
    assert.deepEqual(probeLines({ fqdn: "elsewhere.example.net" }), []);
  });

  it("has no line for probes that are no requests, nor for an interval that is not known yet", () => {
    assert.deepEqual(probeLines({ type: "TCP" }), []);
    assert.deepEqual(probeLines({ requestInterval: UNKNOWN }), []);
  });
});
