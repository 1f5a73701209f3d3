import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import * as sns from "@pulumi/aws/sns";
import {
  FailoverRecords,
  failoverRecordNames,
  type RecordLead,
  type RecordType,
} from "../../components/failover-records";
import { lines, named, record } from "./registrations";

type LeadOf = (role: "primary" | "standby") => RecordLead;

const alias: LeadOf = (role) => ({
  kind: "alias",
  dnsName: `d-${role}.execute-api.example.com`,
  zoneId: `Z-${role}`,
});
const hostName: LeadOf = (role) => ({
  kind: "values",
  values: [`${role}.profiles.example.com`],
  ttlSeconds: 10,
});
const argsOf = (types: readonly RecordType[], leadOf: LeadOf) => ({
  zoneId: "Z1",
  name: "profiles.example.com",
  types,
  primary: { setIdentifier: "primary", lead: leadOf("primary") },
  standby: { setIdentifier: "standby", lead: leadOf("standby") },
  healthCheckId: "check-1",
});
const ALIASES = argsOf(["A", "AAAA"], alias);
const CNAMES = argsOf(["CNAME"], hostName);

describe("components/failover-records", () => {
  const build = (args: typeof ALIASES) =>
    record(() => {
      const provider = new Provider("primary", { region: "us-east-1" });
      const before = new sns.Topic("before", {}, { provider });
      return new FailoverRecords("failover", args, { provider, dependsOn: [before] });
    });
  const failover = async (args: typeof ALIASES) => {
    const { registrations } = await build(args);
    return registrations.filter(({ parent }) => parent === "failover");
  };

  it("is a pair of A and a pair of AAAA as aliases", async () => {
    assert.deepEqual(lines(await failover(ALIASES)), [
      "aws:route53/record:Record failover-primary-a <- failover @primary",
      "aws:route53/record:Record failover-primary-aaaa <- failover @primary",
      "aws:route53/record:Record failover-standby-a <- failover @primary",
      "aws:route53/record:Record failover-standby-aaaa <- failover @primary",
    ]);
  });

  it("is exactly two records as CNAMEs, both with the TTL", async () => {
    const records = await failover(CNAMES);
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
          records: ["primary.profiles.example.com"],
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
          records: ["standby.profiles.example.com"],
          ttl: 10,
        },
      ],
    );
  });

  it("gives an alias the primary's check and target, and no TTL", async () => {
    const records = await failover(ALIASES);
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
    for (const args of [ALIASES, CNAMES]) {
      for (const { inputs } of await failover(args)) {
        const secondary = inputs.setIdentifier === "standby";
        assert.equal("healthCheckId" in inputs, !secondary);
        assert.notEqual("ttl" in inputs, "aliases" in inputs);
      }
    }
  });

  it("leads an address to an alias where the sides differ in kind", async () => {
    const mixed = argsOf(["A"], (role) =>
      role === "primary" ? { kind: "values", values: ["192.0.2.1"], ttlSeconds: 60 } : alias(role),
    );
    assert.deepEqual(
      (await failover(mixed)).map(({ inputs }) => inputs.records ?? inputs.aliases),
      [
        ["192.0.2.1"],
        [{ name: "d-standby.execute-api.example.com", zoneId: "Z-standby", evaluateTargetHealth: false }],
      ],
    );
  });

  it("makes every record wait for what the component waits for", async () => {
    for (const { waitsFor } of await failover(ALIASES)) assert.deepEqual(waitsFor, ["before"]);
  });

  it("names the records that it makes", async () => {
    const { result } = await build(CNAMES);
    const expected = [
      { name: "profiles.example.com", type: "CNAME", role: "PRIMARY", setIdentifier: "primary" },
      { name: "profiles.example.com", type: "CNAME", role: "SECONDARY", setIdentifier: "standby" },
    ];
    assert.deepEqual(result.records, expected);
    assert.deepEqual(failoverRecordNames(CNAMES), expected);
  });
});
