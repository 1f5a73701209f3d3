import assert from "node:assert/strict";
import { planFromResources } from "../../../model/plan-from-resources";
import type { StackResource } from "../../../model/stack-resource";
import { idleCost } from "../../../policy/prices/idle-cost";
import { resource } from "../../model/stack-fixture";

describe("policy/prices/standby-share, with records that lead to databases, without any tag", () => {
  const CLUSTER = "aws:rds/cluster:Cluster";
  const MEMBER = "aws:rds/clusterInstance:ClusterInstance";
  const at = (name: string) => (name === "one" ? "us-east-1" : "us-west-2");
  const pair = (region: (name: string) => string) => [
    ...["one", "two"].flatMap((name) => [
      resource(CLUSTER, name, {
        region: region(name),
        clusterIdentifier: name,
        engine: "aurora-postgresql",
        endpoint: `${name}.example.org`,
      }),
      resource(MEMBER, `${name}-member`, {
        region: region(name),
        clusterIdentifier: name,
        engine: "aurora-postgresql",
        instanceClass: "db.r6g.large",
      }),
    ]),
    ...["PRIMARY", "SECONDARY"].map((role, index) =>
      resource("aws:route53/record:Record", role, {
        name: "db.example.com",
        type: "CNAME",
        zoneId: "Z1",
        failoverRoutingPolicies: [{ type: role }],
        records: [`${["one", "two"][index]}.example.org`],
        ttl: 60,
      }),
    ),
  ];
  const sides = (stack: StackResource[]) =>
    Object.fromEntries(
      idleCost(stack, planFromResources(stack)).lines.map(({ urn, standby }) => [
        urn.split("::").at(-1),
        standby,
      ]),
    );
  const expected = { one: false, "one-member": false, two: true, "two-member": true };

  it("counts the SECONDARY's cluster with its instances, and nothing of the PRIMARY's", () => {
    assert.deepEqual(sides(pair(at)), expected);
  });

  it("tells them apart in one region too", () => {
    assert.deepEqual(sides(pair(() => "us-east-1")), expected);
  });
});
