import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { resource, urn } from "../../../model/stack-fixture";
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
    assert.deepEqual(verdict(CLUSTER, {}, [member]), ["fail", "clusterIdentifier"]);
  });

  for (const module of ["rds", "docdb", "neptune"]) {
    describe(`of a ${module} cluster that does not exist yet`, () => {
      const type = `aws:${module}/cluster:Cluster`;
      const instance = `aws:${module}/clusterInstance:ClusterInstance`;
      const path = "clusterIdentifier";
      const unborn = { id: UNKNOWN } as const;
      const member = (clusterIdentifier: PropertyValue, from: Record<string, string[]> = {}) =>
        standby(instance, "member", { clusterIdentifier }, { ...unborn, from });
      const named = (...others: StackResource[]) =>
        verdict(type, { clusterIdentifier: "people" }, others, unborn);

      it("joins the name that the program wrote twice, in its region", () => {
        assert.deepEqual(named(member("people")), ["pass", path]);
        assert.deepEqual(named(member("others")), ["fail", path]);
        const elsewhere = primary(instance, "member", { clusterIdentifier: "people" }, unborn);
        assert.deepEqual(named(elsewhere), ["fail", path]);
        // A namesake that exists in the other region has the name for its id.
        const namesake = primary(type, "namesake", { clusterIdentifier: "people" }, { id: "people" });
        assert.deepEqual(named(namesake, member("people")), ["pass", path]);
        assert.deepEqual(named(namesake, elsewhere), ["fail", path]);
      });

      it("does not know an instance that names what nothing tells", () => {
        assert.deepEqual(named(member(UNKNOWN)), ["unknown", path]);
        assert.deepEqual(named(member(UNKNOWN, { clusterIdentifier: [urn(type, "one")] })), ["pass", path]);
        const other = standby(type, "other", { clusterIdentifier: "others" }, unborn);
        assert.deepEqual(named(other, member(UNKNOWN, { clusterIdentifier: [other.urn] })), ["fail", path]);
        const elsewhere = primary(instance, "member", { clusterIdentifier: UNKNOWN }, unborn);
        assert.deepEqual(named(elsewhere), ["fail", path]);
        const anywhere = resource(
          instance,
          "member",
          { clusterIdentifier: "people", region: UNKNOWN },
          unborn,
        );
        assert.deepEqual(named(anywhere), ["unknown", path]);
      });

      it("does not know a cluster without a name while a stranger's is spoken of", () => {
        const nameless = (...others: StackResource[]) =>
          verdict(type, { clusterIdentifier: UNKNOWN }, others, {
            ...unborn,
            from: { clusterIdentifier: [urn("random:index/randomId:RandomId", "hex")] },
          });
        assert.deepEqual(nameless(member("people")), ["unknown", path]);
        assert.deepEqual(nameless(), ["fail", path]);
        const known = standby(type, "known", { clusterIdentifier: "people" }, unborn);
        assert.deepEqual(nameless(known, member("people")), ["fail", path]);
        const elsewhere = primary(type, "known", { clusterIdentifier: "people" }, { id: "people" });
        assert.deepEqual(nameless(elsewhere, member("people")), ["unknown", path]);
      });
    });
  }
});
