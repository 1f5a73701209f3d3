import assert from "node:assert/strict";
import { primary, standby } from "../../prices/meters";
import { away, BILLED, CLUSTER, CLUSTER_INSTANCE, DATABASE, of, verdict } from "./standby";

describe("policy/rules/standby-ready/database", () => {
  it("refuses a stopped database and a cluster without instances", () => {
    assert.deepEqual(verdict(DATABASE, { status: "stopped" }), ["fail", "status"]);
    assert.deepEqual(verdict(DATABASE, { status: "available" }), ["pass", "status"]);
    assert.deepEqual(
      of(CLUSTER),
      away(
        CLUSTER,
        "clusterIdentifier",
        "has no instance in this stack, so it keeps data and answers nobody; allowed: an aws.rds.ClusterInstance of " +
          `this cluster; add one (db.serverless with a low minimum is the smallest; ${BILLED})`,
      ),
    );
    assert.deepEqual(verdict(CLUSTER, { engineMode: "serverless" }), ["pass", "engineMode"]);
    assert.deepEqual(verdict(CLUSTER, { dbClusterInstanceClass: "db.m5d.large" }), [
      "pass",
      "dbClusterInstanceClass",
    ]);
    const member = standby(CLUSTER_INSTANCE, "member", { clusterIdentifier: "one-id" });
    assert.deepEqual(verdict(CLUSTER, {}, [member]), ["pass", "clusterIdentifier"]);
  });

  for (const module of ["docdb", "neptune"]) {
    it(`refuses a ${module} cluster without instances`, () => {
      const type = `aws:${module}/cluster:Cluster`;
      const member = standby(`aws:${module}/clusterInstance:ClusterInstance`, "member", {
        clusterIdentifier: "one-id",
      });
      assert.deepEqual(verdict(type), ["fail", "clusterIdentifier"]);
      assert.match(of(type)[0]?.message ?? "", new RegExp(`allowed: an aws\\.${module}\\.ClusterInstance`));
      assert.deepEqual(verdict(type, {}, [member]), ["pass", "clusterIdentifier"]);
    });
  }

  it("does not lend a cluster the instance of its namesake in the other region", () => {
    const other = primary(CLUSTER, "other", {}, { id: "one-id" });
    const member = primary(CLUSTER_INSTANCE, "member", { clusterIdentifier: "one-id" });
    assert.deepEqual(verdict(CLUSTER, {}, [other, member]), ["fail", "clusterIdentifier"]);
  });
});
