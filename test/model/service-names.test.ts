import assert from "node:assert/strict";
import { serviceEndpoints } from "../../model/service-endpoints";
import { ServiceNames } from "../../model/service-names";
import { StackJoins } from "../../model/stack-joins";
import { resource } from "./stack-fixture";

const cluster = resource("aws:rds/cluster:Cluster", "one", { endpoint: "one.example.net" }, { id: "one" });
const instance = resource("aws:rds/clusterInstance:ClusterInstance", "a", {
  clusterIdentifier: "one",
  endpoint: "a.example.net",
});
const bucket = resource("aws:s3/bucket:Bucket", "bucket");

describe("model/service-names", () => {
  const names = new ServiceNames(serviceEndpoints(new StackJoins([cluster, instance, bucket])));

  it("tells an instance from its cluster, by name and by URN", () => {
    assert.equal(names.named("one.example.net")?.urn, cluster.urn);
    assert.equal(names.named("a.example.net")?.urn, instance.urn);
    assert.equal(names.named("b.example.net"), undefined);
    assert.equal(names.withUrn(instance.urn)?.kind, "database");
    assert.equal(names.withUrn(bucket.urn), undefined);
  });

  it("takes for the source of a name one service and nothing else", () => {
    assert.equal(names.soleSource([cluster.urn, cluster.urn])?.urn, cluster.urn);
    for (const sources of [[], [bucket.urn], [cluster.urn, instance.urn], [cluster.urn, bucket.urn]])
      assert.equal(names.soleSource(sources), undefined);
  });
});
