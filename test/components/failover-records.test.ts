import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import * as sns from "@pulumi/aws/sns";
import {
  type FailoverRecordKind,
  FailoverRecords,
  failoverRecordNames,
} from "../../components/failover-records";
import { lines, named, record } from "./registrations";

const side = (role: "primary" | "standby", region: string) => ({
  aliasTarget: { dnsName: `d-${role}.execute-api.example.com`, zoneId: `Z-${role}` },
  hostName: `${region}.profiles.example.com`,
  setIdentifier: role,
});
const args = {
  zoneId: "Z1",
  name: "profiles.example.com",
  primary: side("primary", "us-east-1"),
  standby: side("standby", "us-west-2"),
  healthCheckId: "check-1",
};

describe("components/failover-records", () => {
  const build = (records: FailoverRecordKind) =>
    record(() => {
      const provider = new Provider("primary", { region: "us-east-1" });
      const before = new sns.Topic("before", {}, { provider });
      return new FailoverRecords("failover", { ...args, records }, { provider, dependsOn: [before] });
    });
  const failover = async (records: FailoverRecordKind) => {
    const { registrations } = await build(records);
    return registrations.filter(({ parent }) => parent === "failover");
  };

  it("is a pair of A and a pair of AAAA as aliases", async () => {
    assert.deepEqual(lines(await failover({ kind: "alias" })), [
      "aws:route53/record:Record failover-primary-a <- failover @primary",
      "aws:route53/record:Record failover-primary-aaaa <- failover @primary",
      "aws:route53/record:Record failover-standby-a <- failover @primary",
      "aws:route53/record:Record failover-standby-aaaa <- failover @primary",
    ]);
  });

  it("is exactly two records as CNAMEs, both with the TTL", async () => {
    const records = await failover({ kind: "cname", ttlSeconds: 10 });
    assert.deepEqual(lines(records), [
      "aws:route53/record:Record failover-primary-cname <- failover @primary",
      "aws:route53/record:Record failover-standby-cname <- failover @primary",
    ]);
    assert.deepEqual(
      records.map(({ inputs }) => inputs),
      [
        {
          zoneId: "Z1",
          name: "profiles.example.com",
          type: "CNAME",
          setIdentifier: "primary",
          failoverRoutingPolicies: [{ type: "PRIMARY" }],
          allowOverwrite: false,
          records: ["us-east-1.profiles.example.com"],
          ttl: 10,
          healthCheckId: "check-1",
        },
        {
          zoneId: "Z1",
          name: "profiles.example.com",
          type: "CNAME",
          setIdentifier: "standby",
          failoverRoutingPolicies: [{ type: "SECONDARY" }],
          allowOverwrite: false,
          records: ["us-west-2.profiles.example.com"],
          ttl: 10,
        },
      ],
    );
  });

  it("gives an alias the primary's check and target, and no TTL", async () => {
    const records = await failover({ kind: "alias" });
    assert.deepEqual(named(records, "failover-primary-aaaa").inputs, {
      zoneId: "Z1",
      name: "profiles.example.com",
      type: "AAAA",
      setIdentifier: "primary",
      failoverRoutingPolicies: [{ type: "PRIMARY" }],
      allowOverwrite: false,
      aliases: [
        { name: "d-primary.execute-api.example.com", zoneId: "Z-primary", evaluateTargetHealth: false },
      ],
      healthCheckId: "check-1",
    });
    assert.deepEqual(named(records, "failover-standby-a").inputs, {
      zoneId: "Z1",
      name: "profiles.example.com",
      type: "A",
      setIdentifier: "standby",
      failoverRoutingPolicies: [{ type: "SECONDARY" }],
      allowOverwrite: false,
      aliases: [
        { name: "d-standby.execute-api.example.com", zoneId: "Z-standby", evaluateTargetHealth: false },
      ],
    });
  });

  it("puts no check on a SECONDARY and no TTL beside an alias", async () => {
    for (const kind of [{ kind: "alias" }, { kind: "cname", ttlSeconds: 60 }] as const) {
      for (const { inputs } of await failover(kind)) {
        const secondary = inputs.setIdentifier === "standby";
        assert.equal("healthCheckId" in inputs, !secondary);
        assert.notEqual("ttl" in inputs, "aliases" in inputs);
      }
    }
  });

  it("makes every record wait for what the component waits for", async () => {
    for (const { waitsFor } of await failover({ kind: "alias" })) assert.deepEqual(waitsFor, ["before"]);
  });

  it("names the records that it makes", async () => {
    const { result } = await build({ kind: "cname", ttlSeconds: 10 });
    const expected = [
      { name: "profiles.example.com", type: "CNAME", role: "PRIMARY", setIdentifier: "primary" },
      { name: "profiles.example.com", type: "CNAME", role: "SECONDARY", setIdentifier: "standby" },
    ];
    assert.deepEqual(result.records, expected);
    assert.deepEqual(failoverRecordNames({ ...args, records: { kind: "cname", ttlSeconds: 10 } }), expected);
  });
});
