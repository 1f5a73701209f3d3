import assert from "node:assert/strict";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { urn } from "../../../model/stack-fixture";
import { amounts, costOf, priced, primary, standby } from "../meters";

const TARGET = "aws:appautoscaling/target:Target";
const TABLE = "aws:dynamodb/table:Table";
const INDEX = "aws:dynamodb/globalSecondaryIndex:GlobalSecondaryIndex";
const FUNCTION = "aws:lambda/function:Function";
const CONCURRENCY = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig";
const AURORA = "aws:rds/cluster:Cluster";
const READER = "aws:rds/clusterInstance:ClusterInstance";
const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";

const scaling = (
  scalableDimension: PropertyValue,
  resourceId: PropertyValue,
  minCapacity: PropertyValue,
): Properties => ({ scalableDimension, resourceId, minCapacity });
const target = (...values: Parameters<typeof scaling>) => standby(TARGET, "scaling", scaling(...values));
const reads = "dynamodb:table:ReadCapacityUnits";
const writes = "dynamodb:table:WriteCapacityUnits";
const small = { name: "t", billingMode: "PROVISIONED", readCapacity: 5, writeCapacity: 5 };
const STORAGE = { "table storage, 1 GB assumed": 250_000 };

describe("policy/prices/formulas/scaling-target", () => {
  describe("tables", () => {
    it("have the minimum of their scaling where it is more than their own capacity", () => {
      const of = (minimum: number) =>
        priced(TABLE, small, [target(reads, "table/t", minimum), target(writes, "table/t", minimum)]);
      assert.deepEqual(of(1000), {
        ...STORAGE,
        "table provisioned reads, 1000 RCU": 94_900_000,
        "table provisioned writes, 1000 WCU": 474_500_000,
      });
      const own = {
        ...STORAGE,
        "table provisioned reads, 5 RCU": 474_500,
        "table provisioned writes, 5 WCU": 2_372_500,
      };
      assert.deepEqual(of(5), own);
      assert.deepEqual(of(4), own);
      assert.deepEqual(priced(TABLE, small, [target(reads, "table/other", 1000)]), own);
    });

    it("are raised in every copy, by a target of any region", () => {
      const table = primary(TABLE, "t", { ...small, replicas: [{ regionName: "us-west-2" }] });
      const expected = {
        ...STORAGE,
        "table provisioned reads, 100 RCU": 9_490_000,
        "table provisioned writes, 200 WCU": 94_900_000,
        "table replica storage, 1 GB assumed": 250_000,
        "table replica provisioned reads, 100 RCU": 9_490_000,
        "table replica provisioned writes, 200 WCU": 94_900_000,
      };
      for (const place of [primary, standby]) {
        const report = costOf([
          table,
          place(TARGET, "reads", scaling(reads, "table/t", 100)),
          place(TARGET, "writes", scaling(writes, "table/t", 200)),
        ]);
        assert.deepEqual([amounts(report), report.unpriced], [expected, []]);
      }
    });

    it("have the minimum of each index, inline or declared apart", () => {
      const inline = { ...small, globalSecondaryIndexes: [{ name: "i", readCapacity: 5, writeCapacity: 5 }] };
      const least = target("dynamodb:index:ReadCapacityUnits", "table/t/index/i", 100);
      assert.deepEqual(priced(TABLE, inline, [least]), {
        ...STORAGE,
        "table provisioned reads, 105 RCU": 9_964_500,
        "table provisioned writes, 10 WCU": 4_745_000,
      });
      const apart = {
        tableName: "t",
        indexName: "i",
        provisionedThroughput: { readCapacityUnits: 5, writeCapacityUnits: 5 },
      };
      assert.deepEqual(priced(INDEX, apart, [standby(TABLE, "t", small), least]), {
        "index, provisioned reads, 100 RCU": 9_490_000,
        "index, provisioned writes, 5 WCU": 2_372_500,
      });
      assert.deepEqual(costOf([standby(TABLE, "t", inline), least]).unpriced, []);
    });

    it("say where the minimum is not known yet, besides what is written, or the index is elsewhere", () => {
      assert.deepEqual(priced(TABLE, small, [target(reads, "table/t", UNKNOWN)]), {
        ...STORAGE,
        "input minCapacity": "minCapacity is not known yet",
        "table provisioned reads, 5 RCU": 474_500,
        "table provisioned writes, 5 WCU": 2_372_500,
      });
      assert.deepEqual(
        priced(TARGET, scaling("dynamodb:index:ReadCapacityUnits", "table/t/index/i", 1), [
          standby(TABLE, "t", small),
        ]),
        { "price resourceId": "its index is not in this stack, so its capacity cannot be read" },
      );
    });

    it("are joined by what the target was computed from, before names exist", () => {
      const table = standby(TABLE, "t", { ...small, name: UNKNOWN }, { id: UNKNOWN });
      const least = standby(TARGET, "scaling", scaling(reads, UNKNOWN, 100), {
        from: { resourceId: [urn(TABLE, "t")] },
      });
      const report = costOf([table, least]);
      assert.equal(amounts(report)["table provisioned reads, 100 RCU"], 9_490_000);
      assert.deepEqual(report.unpriced, []);
    });
  });

  describe("functions", () => {
    const fn = standby(FUNCTION, "fn", { name: "fn", memorySize: 1024 });
    const alone = scaling("lambda:function:ProvisionedConcurrency", "function:fn:live", 5);
    const config = (qualifier: string) => ({
      functionName: "fn",
      qualifier,
      provisionedConcurrentExecutions: 1,
    });
    const FIVE = { "provisioned concurrency, 5 x 1024 MB": 54_750_438 };

    it("are charged by the target where nothing configures their concurrency", () => {
      assert.deepEqual(priced(TARGET, alone, [fn]), FIVE);
      assert.deepEqual(priced(TARGET, alone, [fn, standby(CONCURRENCY, "x", config("other"))]), FIVE);
    });

    it("are charged once where a configuration of the same alias exists", () => {
      const warm = standby(CONCURRENCY, "x", config("live"));
      assert.deepEqual(priced(TARGET, alone, [fn, warm]), {});
      assert.deepEqual(priced(CONCURRENCY, config("live"), [fn, standby(TARGET, "s", alone)]), FIVE);
      assert.deepEqual(priced(CONCURRENCY, config("other"), [fn, standby(TARGET, "s", alone)]), {
        "provisioned concurrency, 1 x 1024 MB": 10_950_088,
      });
    });

    it("are refused where the function is elsewhere", () => {
      assert.deepEqual(priced(TARGET, alone), {
        "price resourceId":
          "it keeps at least 5 of lambda:function:ProvisionedConcurrency, and function:fn:live is not in this stack",
      });
    });
  });

  describe("Aurora", () => {
    const cluster = standby(AURORA, "c", { engine: "aurora-mysql", clusterIdentifier: "c" }, { id: "c" });
    const instance = (name: string, instanceClass = "db.t3.medium") =>
      standby(READER, name, { clusterIdentifier: "c", engine: "aurora-mysql", instanceClass });
    const readers = scaling("rds:cluster:ReadReplicaCount", "cluster:c", 2);
    const UNTOLD = {
      "price resourceId": "it keeps at least 2 readers, whose class the instances of its cluster do not tell",
    };

    it("charges the readers that scaling adds to those of the stack", () => {
      assert.deepEqual(priced(TARGET, readers, [cluster, instance("a")]), {
        "2 x db.t3.medium aurora-mysql instance, added by scaling": 119_720_000,
      });
      assert.deepEqual(priced(TARGET, readers, [cluster, instance("a"), instance("b")]), {
        "db.t3.medium aurora-mysql instance, added by scaling": 59_860_000,
      });
      assert.deepEqual(priced(TARGET, readers, [cluster, instance("a"), instance("b"), instance("c")]), {});
    });

    it("does not guess their class", () => {
      assert.deepEqual(priced(TARGET, readers, [cluster]), UNTOLD);
      assert.deepEqual(
        priced(TARGET, readers, [cluster, instance("a"), instance("b", "db.t3.large")]),
        UNTOLD,
      );
    });
  });

  it("raises the shards and the replicas of a cache", () => {
    const group = {
      nodeType: "cache.t3.micro",
      replicationGroupId: "g",
      numNodeGroups: 2,
      replicasPerNodeGroup: 1,
    };
    const least = (dimension: string, minimum: number) =>
      priced(CACHE, group, [
        target(`elasticache:replication-group:${dimension}`, "replication-group/g", minimum),
      ]);
    assert.deepEqual(least("NodeGroups", 3), { "6 x cache.t3.micro cache node": 74_460_000 });
    assert.deepEqual(least("Replicas", 2), { "6 x cache.t3.micro cache node": 74_460_000 });
    assert.deepEqual(least("Replicas", 1), { "4 x cache.t3.micro cache node": 49_640_000 });
  });

  it("refuses by name what it cannot count, and nothing of a minimum of 0", () => {
    const endpoint = "sagemaker:variant:DesiredInstanceCount";
    assert.deepEqual(priced(TARGET, scaling(endpoint, "endpoint/e/variant/v", 1)), {
      "price scalableDimension": `it keeps at least 1 of ${endpoint}, which has no price in the list`,
    });
    assert.deepEqual(priced(TARGET, scaling(endpoint, "endpoint/e/variant/v", 0)), {});
    assert.deepEqual(priced(TARGET, scaling(reads, "table/t", 1)), {
      "price resourceId": `it keeps at least 1 of ${reads}, and table/t is not in this stack`,
    });
    assert.deepEqual(priced(TARGET, scaling(reads, "table/t", 1), [primary(TABLE, "t", small)]), {
      "price resourceId": `it keeps at least 1 of ${reads}, and table/t is not in this stack`,
    });
    assert.deepEqual(priced(TARGET, scaling(reads, UNKNOWN, 1)), {
      "input resourceId": "resourceId is not known yet",
    });
    assert.deepEqual(priced(TARGET, scaling(UNKNOWN, "table/t", UNKNOWN)), {
      "input scalableDimension": "scalableDimension is not known yet",
      "input minCapacity": "minCapacity is not known yet",
    });
    assert.deepEqual(priced(TARGET), {
      "price scalableDimension": "scalableDimension is not set",
      "price minCapacity": "minCapacity is not set",
    });
  });
});
