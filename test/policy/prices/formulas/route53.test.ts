import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { profileApiStack } from "../../profile-api-stack";
import { costOf, priced, standby } from "../meters";

const CHECK = "aws:route53/healthCheck:HealthCheck";
const OTHER = "health check, endpoint not surely in AWS";
const base = { type: "HTTP", fqdn: "origin.example.net", requestInterval: 30 };

describe("policy/prices/formulas/route53", () => {
  it("charges a zone at the price of the first 25", () => {
    assert.deepEqual(priced("aws:route53/zone:Zone"), { "hosted zone": 500_000 });
  });

  it("charges an endpoint that is not surely in AWS as the dearer", () => {
    assert.deepEqual(priced(CHECK, base), { [OTHER]: 750_000 });
    const [line] = costOf([standby(CHECK, "check", base)]).lines;
    assert.equal(line?.note, "not known to be an endpoint in AWS, so priced as the dearer");
  });

  for (const [item, properties] of [
    ["HTTPS", { type: "HTTPS" }],
    ["string match", { type: "HTTP_STR_MATCH", searchString: "ok" }],
    ["10 s interval", { requestInterval: 10 }],
    ["latency measurement", { measureLatency: true }],
  ] as const) {
    it(`charges the option ${item}`, () => {
      assert.deepEqual(priced(CHECK, { ...base, ...properties }), {
        [OTHER]: 750_000,
        [`health check option: ${item}`]: 2_000_000,
      });
    });
  }

  it("adds all options of a check, and bills a disabled one too", () => {
    const all = { type: "HTTPS_STR_MATCH", requestInterval: 10, measureLatency: true, disabled: true };
    assert.deepEqual(priced(CHECK, { ...base, ...all }), {
      [OTHER]: 750_000,
      "health check option: HTTPS": 2_000_000,
      "health check option: string match": 2_000_000,
      "health check option: 10 s interval": 2_000_000,
      "health check option: latency measurement": 2_000_000,
    });
  });

  it("knows an API Gateway host name of the stack for an AWS endpoint, and the line says so", () => {
    const report = costOf(profileApiStack().filter(({ type }) => type !== "pulumi:providers:aws"));
    assert.deepEqual(
      report.lines
        .filter(({ type }) => type === CHECK)
        .map(({ item, monthlyMicroUsd, note }) => ({ item, monthlyMicroUsd, note })),
      [
        {
          item: "health check, AWS endpoint",
          monthlyMicroUsd: 500_000,
          note: "the check's endpoint is an API Gateway of this stack; the first 50 of an account are free, which is not counted on",
        },
        {
          item: "health check option: HTTPS",
          monthlyMicroUsd: 1_000_000,
          note: "the check's endpoint is an API Gateway of this stack",
        },
        {
          item: "health check option: 10 s interval",
          monthlyMicroUsd: 1_000_000,
          note: "the check's endpoint is an API Gateway of this stack",
        },
      ],
    );
  });

  for (const type of ["CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"]) {
    it(`charges ${type} as a plain check of an AWS endpoint`, () => {
      assert.deepEqual(priced(CHECK, { type, requestInterval: 10 }), {
        "health check, AWS endpoint": 500_000,
      });
    });
  }

  it("says which property is not known yet, and prices the rest", () => {
    assert.deepEqual(priced(CHECK, { ...base, type: UNKNOWN }), { "input type": "type is not known yet" });
    assert.deepEqual(priced(CHECK, { ...base, requestInterval: UNKNOWN, measureLatency: UNKNOWN }), {
      [OTHER]: 750_000,
      "input requestInterval": "requestInterval is not known yet",
      "input measureLatency": "measureLatency is not known yet",
    });
    assert.deepEqual(priced(CHECK, { ...base, fqdn: UNKNOWN }), { [OTHER]: 750_000 });
  });

  it("lets a price from memory refuse and never pass", () => {
    assert.deepEqual(priced("aws:route53/profilesProfile:ProfilesProfile"), {
      "Route 53 Profile": 547_500_000,
      "memory ": "its price is from memory, which may refuse and never pass",
    });
    assert.deepEqual(priced("aws:route53/trafficPolicyInstance:TrafficPolicyInstance"), {
      "traffic policy record": 50_000_000,
    });
  });

  it("charges every address of a Resolver endpoint in its region, and no fewer than two", () => {
    const ENDPOINT = "aws:route53/resolverEndpoint:ResolverEndpoint";
    const addresses = (count: number) => ({ ipAddresses: Array.from({ length: count }, () => ({})) });
    const two = { "2 x Resolver endpoint address": 182_500_000 };
    assert.deepEqual(priced(ENDPOINT, addresses(3)), { "3 x Resolver endpoint address": 273_750_000 });
    assert.deepEqual(priced(ENDPOINT, addresses(2)), two);
    assert.deepEqual(priced(ENDPOINT, addresses(1)), two);
    assert.deepEqual(priced(ENDPOINT, { ...addresses(2), region: "us-east-1" }), two);
    assert.deepEqual(priced(ENDPOINT, { ...addresses(2), region: "eu-west-1" }), {
      "price ": "the list has no price for 2 x Resolver endpoint address in eu-west-1",
    });
    assert.deepEqual(priced(ENDPOINT, { ...addresses(2), region: UNKNOWN }), {
      "input region": "region is not known yet",
    });
    assert.deepEqual(priced(ENDPOINT, { ipAddresses: UNKNOWN }), {
      "input ipAddresses": "ipAddresses is not known yet",
    });
  });

  it("charges what switches between regions once, wherever its provider is", () => {
    assert.deepEqual(priced("aws:route53recoverycontrol/cluster:Cluster"), {
      "routing control cluster": 1_825_000_000,
    });
    assert.deepEqual(priced("aws:route53recoveryreadiness/readinessCheck:ReadinessCheck"), {
      "readiness check": 32_850_000,
    });
    assert.deepEqual(priced("aws:arcregionswitch/plan:Plan"), { "Region switch plan": 70_000_000 });
  });
});
