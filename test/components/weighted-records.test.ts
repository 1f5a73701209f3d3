import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import * as sns from "@pulumi/aws/sns";
import { WeightedRecords, type WeightedRecordsArgs } from "../../components/weighted-records";
import { lines, named, record } from "./registrations";

const ARGS: WeightedRecordsArgs = {
  zoneId: "Z1",
  name: "relay.example.com",
  type: "A",
  members: [
    {
      setIdentifier: "gateway-a",
      weight: 70,
      lead: { kind: "values", values: ["203.0.113.10"], ttlSeconds: 30 },
      healthCheckId: "check-a",
    },
    {
      setIdentifier: "gateway-b",
      weight: 0,
      lead: { kind: "values", values: ["198.51.100.10"], ttlSeconds: 30 },
      healthCheckId: "check-b",
    },
  ],
};

describe("components/weighted-records", () => {
  const build = (args = ARGS) =>
    record(() => {
      const provider = new Provider("dns", { region: "us-east-1" });
      const before = new sns.Topic("before", {}, { provider });
      return new WeightedRecords("relay", args, { provider, dependsOn: [before] });
    });

  it("is one record for each member, made after what it is told to wait for", async () => {
    const { registrations } = await build();
    assert.deepEqual(lines(registrations), [
      "aws:route53/record:Record relay-gateway-a <- relay @dns",
      "aws:route53/record:Record relay-gateway-b <- relay @dns",
      "aws:sns/topic:Topic before <- - @dns",
      "pulumi:providers:aws dns <- - @-",
      "warm-standby:components:WeightedRecords relay <- - @-",
    ]);
    const records = registrations.filter(({ parent }) => parent === "relay");
    assert.deepEqual(
      records.map(({ waitsFor }) => waitsFor),
      [["before"], ["before"]],
    );
    assert.deepEqual(
      records.map(({ inputs }) => inputs),
      [
        {
          zoneId: "Z1",
          name: "relay.example.com",
          type: "A",
          setIdentifier: "gateway-a",
          weightedRoutingPolicies: [{ weight: 70 }],
          allowOverwrite: false,
          records: ["203.0.113.10"],
          ttl: 30,
          healthCheckId: "check-a",
        },
        {
          zoneId: "Z1",
          name: "relay.example.com",
          type: "A",
          setIdentifier: "gateway-b",
          weightedRoutingPolicies: [{ weight: 0 }],
          allowOverwrite: false,
          records: ["198.51.100.10"],
          ttl: 30,
          healthCheckId: "check-b",
        },
      ],
    );
  });

  it("leads to aliases too, without a TTL", async () => {
    const [member] = ARGS.members;
    assert.ok(member);
    const lead = { kind: "alias", dnsName: "d-1.example.com", zoneId: "Z2" } as const;
    const { registrations } = await build({ ...ARGS, members: [{ ...member, lead }] });
    const { inputs } = named(registrations, "relay-gateway-a");
    assert.deepEqual(inputs.aliases, [
      { name: "d-1.example.com", zoneId: "Z2", evaluateTargetHealth: false },
    ]);
    assert.equal("ttl" in inputs, false);
  });

  it("names the records that it makes", async () => {
    const { result } = await build();
    assert.deepEqual(result.records, [
      { name: "relay.example.com", type: "A", role: "MEMBER", setIdentifier: "gateway-a" },
      { name: "relay.example.com", type: "A", role: "MEMBER", setIdentifier: "gateway-b" },
    ]);
  });
});
