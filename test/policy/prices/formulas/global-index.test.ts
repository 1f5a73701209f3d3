import assert from "node:assert/strict";
import { planFromResources } from "../../../../model/plan-from-resources";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { idleCost } from "../../../../policy/prices/idle-cost";
import { PRICES, PriceList } from "../../../../policy/prices/price-list";
import { urn } from "../../../model/stack-fixture";
import { costOf, priced, primary, providers, standby } from "../meters";

const TABLE = "aws:dynamodb/table:Table";
const REPLICA = "aws:dynamodb/tableReplica:TableReplica";
const ON_DEMAND = { billingMode: "PAY_PER_REQUEST" };

describe("policy/prices/formulas/global-index", () => {
  const INDEX = "aws:dynamodb/globalSecondaryIndex:GlobalSecondaryIndex";
  const throughput = (readCapacityUnits: unknown, writeCapacityUnits: unknown) =>
    ({ tableName: "t", provisionedThroughput: { readCapacityUnits, writeCapacityUnits } }) as Properties;
  const indexed = (properties: Properties, own = throughput(10, 20)) =>
    priced(INDEX, own, [standby(TABLE, "t", { name: "t", ...properties }, { id: "t" })]);

  it("charges an index of its own in every copy of a provisioned table", () => {
    const alone = {
      "index, provisioned reads, 10 RCU": 949_000,
      "index, provisioned writes, 20 WCU": 9_490_000,
    };
    assert.deepEqual(indexed({}), alone);
    assert.deepEqual(indexed({ replicas: [{ regionName: "us-east-1" }] }), {
      ...alone,
      "index in a replica, provisioned reads, 10 RCU": 949_000,
      "index in a replica, provisioned writes, 20 WCU": 9_490_000,
    });
    assert.deepEqual(indexed(ON_DEMAND), {});
    assert.deepEqual(indexed({}, throughput(UNKNOWN, 20)), {
      "input provisionedThroughput.readCapacityUnits":
        "provisionedThroughput.readCapacityUnits is not known yet",
    });
    assert.deepEqual(priced(INDEX, throughput(10, 20)), {
      "price tableName": "its table is not in this stack, so its billing cannot be read",
    });
  });

  it("counts once in a replica that is declared apart and that a refresh reports with the table", () => {
    const arn = "arn:aws:dynamodb:us-east-1:123456789012:table/t";
    const items = (properties: Properties) => {
      const table = primary(TABLE, "t", { name: "t", readCapacity: 1, writeCapacity: 1, arn, ...properties });
      const stack = [
        table,
        standby(REPLICA, "r", { globalTableArn: arn }),
        primary(INDEX, "i", throughput(10, 20)),
      ];
      return costOf(stack)
        .lines.filter(({ type }) => type === INDEX)
        .map(({ item, region }) => `${item} ${region}`);
    };
    const expected = [
      "index, provisioned reads, 10 RCU us-east-1",
      "index, provisioned writes, 20 WCU us-east-1",
      "index in a replica, provisioned reads, 10 RCU us-west-2",
      "index in a replica, provisioned writes, 20 WCU us-west-2",
    ];
    assert.deepEqual(items({}), expected);
    assert.deepEqual(items({ replicas: [{ regionName: "us-west-2" }] }), expected);
  });

  it("charges writes to an index as replicated where its table has a replica, by a price of their own", () => {
    const without = new PriceList(
      PRICES.rows.filter(({ key }) => key !== "dynamodb/provisioned-replicated-write"),
    );
    const unpriced = (properties: Properties) => {
      const table = standby(
        TABLE,
        "t",
        { name: "t", readCapacity: 1, writeCapacity: 1, ...properties },
        { id: "t" },
      );
      const stack = [...providers, table, standby(INDEX, "i", throughput(10, 20))];
      return idleCost(stack, planFromResources(stack), {}, without).unpriced.filter(
        ({ type }) => type === INDEX,
      ).length;
    };
    assert.equal(unpriced({}), 0);
    // In the replica, and in the table beside it.
    assert.equal(unpriced({ replicas: [{ regionName: "us-east-1" }] }), 2);
  });

  it("charges an index by the class of each copy that holds it", () => {
    const IA = "STANDARD_INFREQUENT_ACCESS";
    const lines = (tableClass: string, tableClassOverride?: string) => {
      const table = primary(TABLE, "t", { name: "t", readCapacity: 1, writeCapacity: 1, tableClass });
      const from = { globalTableArn: [urn(TABLE, "t")] };
      const override = tableClassOverride === undefined ? {} : { tableClassOverride };
      const replica = standby(REPLICA, "r", { globalTableArn: UNKNOWN, ...override }, { from });
      const index = primary(INDEX, "i", throughput(10, 20));
      const report = costOf([table, replica, index]);
      return report.lines.filter(({ type }) => type === INDEX).map((line) => line.monthlyMicroUsd);
    };
    assert.deepEqual(lines("STANDARD"), [949_000, 9_490_000, 949_000, 9_490_000]);
    assert.deepEqual(lines(IA), [1_168_000, 11_826_000, 1_168_000, 11_826_000]);
    assert.deepEqual(lines(IA, "STANDARD"), [1_168_000, 11_826_000, 949_000, 9_490_000]);
    assert.deepEqual(lines("STANDARD", IA), [949_000, 9_490_000, 1_168_000, 11_826_000]);
  });

  it("does not know what an index of an unknown class costs", () => {
    assert.deepEqual(indexed({ tableClass: UNKNOWN }), { "input tableClass": "tableClass is not known yet" });
  });
});
