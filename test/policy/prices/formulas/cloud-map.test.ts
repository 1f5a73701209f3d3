import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { costOf, standby } from "../meters";

const SERVICE = "aws:servicediscovery/service:Service";
const INSTANCE = "aws:servicediscovery/instance:Instance";

const CASES: readonly Case[] = [
  [
    "a private namespace",
    "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace",
    {},
    { "hosted zone of the namespace": 500_000 },
  ],
  [
    "a public namespace",
    "aws:servicediscovery/publicDnsNamespace:PublicDnsNamespace",
    {},
    { "hosted zone of the namespace": 500_000 },
  ],
  ["a service", SERVICE, { healthCheckCustomConfig: { failureThreshold: 1 } }, {}],
  [
    "a service with checks",
    SERVICE,
    { healthCheckConfig: { type: "TCP" } },
    { "health check of an instance": 750_000 },
  ],
  [
    "a service with checks over HTTPS",
    SERVICE,
    { healthCheckConfig: { type: "HTTPS" } },
    { "health check of an instance": 750_000, "health check option: HTTPS": 2_000_000 },
  ],
  [
    "a service with unknown checks",
    SERVICE,
    { healthCheckConfig: UNKNOWN },
    { "input healthCheckConfig.type": "healthCheckConfig.type is not known yet" },
  ],
];

describe("policy/prices/formulas/cloud-map", () => {
  priceCases(CASES);

  it("checks every instance that the stack declares", () => {
    const service = standby(SERVICE, "s", { healthCheckConfig: { type: "HTTPS" } }, { id: "srv-1" });
    const instances = ["a", "b", "c"].map((name) => standby(INSTANCE, name, { serviceId: "srv-1" }));
    const lines = costOf([service, ...instances]).lines.filter(({ urn }) => urn === service.urn);
    assert.deepEqual(
      lines.map(({ item, monthlyMicroUsd, region }) => [item, monthlyMicroUsd, region]),
      [
        ["3 x health check of an instance", 2_250_000, "global"],
        ["3 x health check option: HTTPS", 6_000_000, "global"],
      ],
    );
  });

  it("says where an instance is assumed", () => {
    const [line] = costOf([standby(SERVICE, "s", { healthCheckConfig: { type: "HTTP" } })]).lines;
    assert.equal(
      line?.note,
      "one instance assumed; its endpoint is not told, so it is priced as one outside AWS",
    );
  });
});
