import assert from "node:assert/strict";
import { planFromResources } from "../../../model/plan-from-resources";
import type { StackResource } from "../../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../../model/unknown";
import { DEFAULT_ASSUMPTIONS } from "../../../policy/prices/assumptions";
import { idleCost } from "../../../policy/prices/idle-cost";
import { resource } from "../../model/stack-fixture";
import { primary, providers, standby } from "./meters";

const RUNNER = "aws:apprunner/service:Service";
const HOST = "a.example.com";
const check = (properties: Properties = {}) =>
  resource("aws:route53/healthCheck:HealthCheck", "check", {
    type: "HTTPS",
    fqdn: HOST,
    requestInterval: 10,
    ...properties,
  });
const service = (properties: Properties = {}) =>
  standby(RUNNER, "service", { serviceUrl: HOST, ...properties });
const scaling = standby(
  "aws:apprunner/autoScalingConfigurationVersion:AutoScalingConfigurationVersion",
  "scaling",
  { arn: "arn:scaling", minSize: 3 },
);

function cost(...resources: readonly StackResource[]) {
  const stack = [...providers, ...resources];
  return idleCost(stack, planFromResources(stack), DEFAULT_ASSUMPTIONS);
}

/** `item: micro-dollars` of the vCPU lines, and `kind path: why` of what has no price. */
function vcpus(...resources: readonly StackResource[]): readonly string[] {
  const { lines, unpriced } = cost(...resources);
  return [
    ...lines
      .filter(({ item }) => item.includes("vCPU"))
      .map(({ item, monthlyMicroUsd }) => `${item}: ${monthlyMicroUsd}`),
    ...unpriced.map(({ kind, path, why }) => `${kind} ${path}: ${why}`),
  ];
}

const ONE = "App Runner vCPU, instance of 1 vCPU kept active by 4204800 probes";

describe("policy/prices/app-runner-traffic", () => {
  it("leaves a service alone that nothing asks, or that no request reaches", () => {
    for (const checks of [[], [check({ fqdn: "b.example.com" })], [check({ type: "TCP" })]]) {
      assert.deepEqual(vcpus(service(), ...checks), []);
    }
    assert.deepEqual(vcpus(service(), check({ disabled: true })), []);
  });

  for (const [cpu, text, microUsd] of [
    [undefined, "1 vCPU", 46_720_000],
    ["1 vCPU", "1 vCPU", 46_720_000],
    ["1024", "1 vCPU", 46_720_000],
    [2048, "2 vCPU", 93_440_000],
    ["256", "0.25 vCPU", 11_680_000],
    ["0.25 vCPU", "0.25 vCPU", 11_680_000],
  ] as const) {
    it(`counts a cpu of ${cpu} for every hour of the month`, () => {
      assert.deepEqual(vcpus(service({ instanceConfiguration: { cpu } }), check()), [
        `${ONE.replace("1 vCPU", text)}: ${microUsd}`,
      ]);
    });
  }

  it("counts every instance that is kept, and no others by the size of its memory", () => {
    const three = { autoScalingConfigurationArn: "arn:scaling", instanceConfiguration: { memory: "4 GB" } };
    assert.deepEqual(vcpus(service(three), scaling, check()), [
      "App Runner vCPU, 3 x instance of 1 vCPU kept active by 4204800 probes: 140160000",
    ]);
  });

  it("counts a service once, whatever number of checks ask it, and says that it is a bound", () => {
    const again: StackResource = { ...check(), urn: `${check().urn}-again`, name: "check-again" };
    const lines = cost(service(), check(), again).lines.filter(({ item }) => item.includes("vCPU"));
    assert.deepEqual(
      lines.map(({ item, monthlyMicroUsd, note, standby: side }) => [item, monthlyMicroUsd, note, side]),
      [
        [
          ONE.replace("4204800", "8409600"),
          46_720_000,
          "every instance that minSize keeps is assumed active all month, which is the bound",
          true,
        ],
      ],
    );
  });

  it("counts a service of the primary in the total only", () => {
    const [line] = cost(primary(RUNNER, "service", { serviceUrl: HOST }), check()).lines.filter(({ item }) =>
      item.includes("vCPU"),
    );
    assert.deepEqual([line?.region, line?.standby, line?.monthlyMicroUsd], ["us-east-1", false, 46_720_000]);
  });

  it("neither guesses a cpu that is not known nor takes one that is no size", () => {
    const of = (cpu: Properties[string]) => vcpus(service({ instanceConfiguration: { cpu } }), check());
    assert.deepEqual(of(UNKNOWN), [
      "input instanceConfiguration.cpu: instanceConfiguration.cpu is not known yet",
    ]);
    for (const cpu of ["much", "0", "0 vCPU", "2 GB", "1.2.3"]) {
      assert.deepEqual(of(cpu), ["price instanceConfiguration.cpu: cpu is not a size"], cpu);
    }
  });

  it("says once that instances cannot be counted", () => {
    const elsewhere = service({ autoScalingConfigurationArn: "arn:other" });
    assert.deepEqual(vcpus(elsewhere, check()), [
      "price autoScalingConfigurationArn: its scaling configuration is not in this stack",
    ]);
  });
});
