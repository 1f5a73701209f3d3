import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { resource, urn } from "../../../model/stack-fixture";
import { amounts, costOf, priced, primary, standby } from "../meters";

const TABLE = "aws:dynamodb/table:Table";
const REPLICA = "aws:dynamodb/tableReplica:TableReplica";
const ON_DEMAND = { billingMode: "PAY_PER_REQUEST" };

describe("policy/prices/formulas/dynamodb", () => {
  it("charges an on-demand table for what it keeps", () => {
    assert.deepEqual(priced(TABLE, ON_DEMAND), { "table storage, 1 GB assumed": 250_000 });
    assert.deepEqual(priced(TABLE, { ...ON_DEMAND, pointInTimeRecovery: { enabled: true } }), {
      "table storage, 1 GB assumed": 250_000,
      "table point-in-time recovery, 1 GB assumed": 200_000,
    });
    assert.deepEqual(priced(TABLE, { ...ON_DEMAND, tableClass: "STANDARD_INFREQUENT_ACCESS" }), {
      "table storage, 1 GB assumed": 100_000,
    });
  });

  it("takes a table without billing mode for provisioned, as the provider does", () => {
    assert.deepEqual(priced(TABLE, { readCapacity: 100, writeCapacity: 100 }), {
      "table storage, 1 GB assumed": 250_000,
      "table provisioned reads, 100 RCU": 9_490_000,
      "table provisioned writes, 100 WCU": 47_450_000,
    });
  });

  it("does not guess a capacity that is not set", () => {
    const why = (name: string) =>
      `billing is PROVISIONED, the default, and ${name} is not set; set it, or billingMode to PAY_PER_REQUEST`;
    assert.deepEqual(priced(TABLE, {}), {
      "table storage, 1 GB assumed": 250_000,
      "price readCapacity": why("readCapacity"),
      "price writeCapacity": why("writeCapacity"),
    });
    assert.deepEqual(
      priced(TABLE, { readCapacity: 1, writeCapacity: 1, globalSecondaryIndexes: [{ readCapacity: 1 }] }),
      {
        "table storage, 1 GB assumed": 250_000,
        "table provisioned reads, 2 RCU": 189_800,
        "price globalSecondaryIndexes[0].writeCapacity": why("globalSecondaryIndexes[0].writeCapacity"),
      },
    );
  });

  it("adds the capacity of every index", () => {
    const index = { readCapacity: 5, writeCapacity: 10 };
    assert.deepEqual(
      priced(TABLE, { readCapacity: 5, writeCapacity: 10, globalSecondaryIndexes: [index, index] }),
      {
        "table storage, 1 GB assumed": 250_000,
        "table provisioned reads, 15 RCU": 1_423_500,
        "table provisioned writes, 30 WCU": 14_235_000,
      },
    );
  });

  it("charges every inline replica for storage, its own recovery and the table's provisioned capacity", () => {
    const table = primary(TABLE, "table", {
      readCapacity: 100,
      writeCapacity: 100,
      pointInTimeRecovery: { enabled: true },
      replicas: [{ regionName: "us-west-2", pointInTimeRecovery: false }],
    });
    const report = costOf([table], { tableGb: 10 });
    assert.deepEqual(
      report.lines.map(({ item, region, standby: counts, monthlyMicroUsd }) => ({
        item,
        region,
        counts,
        monthlyMicroUsd,
      })),
      [
        {
          item: "table storage, 10 GB assumed",
          region: "us-east-1",
          counts: false,
          monthlyMicroUsd: 2_500_000,
        },
        {
          item: "table point-in-time recovery, 10 GB assumed",
          region: "us-east-1",
          counts: false,
          monthlyMicroUsd: 2_000_000,
        },
        {
          item: "table provisioned reads, 100 RCU",
          region: "us-east-1",
          counts: false,
          monthlyMicroUsd: 9_490_000,
        },
        {
          item: "table provisioned writes, 100 WCU",
          region: "us-east-1",
          counts: false,
          monthlyMicroUsd: 47_450_000,
        },
        {
          item: "table replica storage, 10 GB assumed",
          region: "us-west-2",
          counts: true,
          monthlyMicroUsd: 2_500_000,
        },
        {
          item: "table replica provisioned reads, 100 RCU",
          region: "us-west-2",
          counts: true,
          monthlyMicroUsd: 9_490_000,
        },
        {
          item: "table replica provisioned writes, 100 WCU",
          region: "us-west-2",
          counts: true,
          monthlyMicroUsd: 47_450_000,
        },
      ],
    );
    assert.equal(report.standbyMicroUsd, 59_440_000);
  });

  it("prices writes that are replicated by their own row", () => {
    const sources = (replicas: { regionName: string }[]) =>
      costOf([primary(TABLE, "t", { readCapacity: 1, writeCapacity: 1, replicas })])
        .lines.filter(({ item }) => item.includes("writes"))
        .map(({ source }) => source.includes("global-tables-billing"));
    assert.deepEqual(sources([]), [false]);
    assert.deepEqual(sources([{ regionName: "us-west-2" }]), [true, true]);
    const apart = standby(
      REPLICA,
      "replica",
      { globalTableArn: UNKNOWN },
      { from: { globalTableArn: [urn(TABLE, "t")] } },
    );
    const lines = costOf([primary(TABLE, "t", { readCapacity: 1, writeCapacity: 1 }), apart]).lines;
    assert.deepEqual(
      lines
        .filter(({ item }) => item.includes("writes"))
        .map(({ source }) => source.includes("global-tables-billing")),
      [true, true],
    );
  });

  it("counts a replica for the standby wherever it is, but in the primary's region", () => {
    const replica = (region: string) =>
      resource(REPLICA, "replica", { region, globalTableArn: "arn:elsewhere" });
    const table = primary(TABLE, "t", { ...ON_DEMAND, replicas: [{ regionName: "us-west-2" }] });
    const counts = (region: string) =>
      costOf([table, replica(region)]).unpriced.map((entry) => entry.standby);
    assert.deepEqual(counts("us-west-2"), [true]);
    assert.deepEqual(counts("eu-west-1"), [true]);
  });

  it("charges a replica that is declared apart like an inline one", () => {
    const table = primary(TABLE, "table", ON_DEMAND);
    const replica = standby(
      REPLICA,
      "replica",
      { globalTableArn: "arn", pointInTimeRecovery: true },
      { from: { globalTableArn: [urn(TABLE, "table")] } },
    );
    const byArn = standby(REPLICA, "replica", {
      globalTableArn: "arn:aws:dynamodb:us-east-1:123456789012:table/t",
    });
    const withArn = primary(TABLE, "table", {
      ...ON_DEMAND,
      arn: "arn:aws:dynamodb:us-east-1:123456789012:table/t",
    });
    assert.deepEqual(amounts(costOf([table, replica])), {
      "table storage, 1 GB assumed": 250_000,
      "table replica storage, 1 GB assumed": 250_000,
      "table replica point-in-time recovery, 1 GB assumed": 200_000,
    });
    assert.deepEqual(amounts(costOf([withArn, byArn])), {
      "table storage, 1 GB assumed": 250_000,
      "table replica storage, 1 GB assumed": 250_000,
    });
    assert.deepEqual(priced(REPLICA, { globalTableArn: "arn:elsewhere" }), {
      "price ": "its table is not in this stack, so its capacity cannot be read",
    });
  });

  it("counts a replica once that a refresh reports among the table's own", () => {
    const arn = "arn:aws:dynamodb:us-east-1:123456789012:table/t";
    const lines = (replicas: Properties[] | undefined, ...others: Parameters<typeof costOf>[0]) => {
      const capacity = { readCapacity: 10, writeCapacity: 10 };
      const table = primary(TABLE, "t", { ...capacity, arn, ...(replicas && { replicas }) });
      return costOf([table, ...others]).lines.map(({ urn: of, item, region }) => [
        of.split("::").at(-1),
        item.split(",")[0],
        region,
      ]);
    };
    const apart = standby(REPLICA, "r", { globalTableArn: arn, pointInTimeRecovery: true });
    const own = [
      ["t", "table storage", "us-east-1"],
      ["t", "table provisioned reads", "us-east-1"],
      ["t", "table provisioned writes", "us-east-1"],
    ];
    const copied = [
      ["r", "table replica storage", "us-west-2"],
      ["r", "table replica point-in-time recovery", "us-west-2"],
      ["r", "table replica provisioned reads", "us-west-2"],
      ["r", "table replica provisioned writes", "us-west-2"],
    ];
    const reported = { regionName: "us-west-2", pointInTimeRecovery: true };
    assert.deepEqual(lines(undefined, apart), [...own, ...copied]);
    assert.deepEqual(lines([reported], apart), [...own, ...copied]);
    // Another region's is still the table's own.
    const further = { regionName: "us-east-2" };
    const replicas = costOf(
      [primary(TABLE, "t", { ...ON_DEMAND, arn, replicas: [reported, further] }), apart],
      {},
    );
    assert.deepEqual(
      [...replicas.lines, ...replicas.unpriced].map(({ urn: of }) => of.split("::").at(-1)),
      ["t", "r", "r", "t"],
    );
  });

  it("says which property is not known yet", () => {
    const table = (properties: object) => priced(TABLE, { ...ON_DEMAND, ...properties });
    const stored = { "table storage, 1 GB assumed": 250_000 };
    assert.deepEqual(table({ replicas: UNKNOWN }), { "input replicas": "replicas is not known yet" });
    assert.deepEqual(table({ tableClass: UNKNOWN }), { "input tableClass": "tableClass is not known yet" });
    assert.deepEqual(table({ billingMode: UNKNOWN }), {
      ...stored,
      "input billingMode": "billingMode is not known yet",
    });
    assert.deepEqual(table({ pointInTimeRecovery: { enabled: UNKNOWN } }), {
      ...stored,
      "input pointInTimeRecovery.enabled": "pointInTimeRecovery.enabled is not known yet",
    });
    assert.deepEqual(priced(TABLE, { readCapacity: UNKNOWN, writeCapacity: 0 }), {
      ...stored,
      "table provisioned writes, 0 WCU": 0,
      "input readCapacity": "readCapacity is not known yet",
    });
  });

  it("does not know what a replica in an unknown region costs, once per table", () => {
    const table = primary(TABLE, "t", {
      ...ON_DEMAND,
      replicas: [{ regionName: UNKNOWN, pointInTimeRecovery: true }],
    });
    assert.deepEqual(
      costOf([table]).unpriced.map(({ kind, path, standby: counts }) => ({ kind, path, counts })),
      [{ kind: "input", path: "region", counts: true }],
    );
  });

  const IA = { tableClass: "STANDARD_INFREQUENT_ACCESS" };

  it("charges the capacity of a Standard-IA table by its own prices", () => {
    // 0.00016 and 0.00081 an hour where Standard takes 0.00013 and 0.00065.
    assert.deepEqual(priced(TABLE, { ...IA, readCapacity: 80, writeCapacity: 80 }), {
      "table storage, 1 GB assumed": 100_000,
      "table provisioned reads, 80 RCU": 9_344_000,
      "table provisioned writes, 80 WCU": 47_304_000,
    });
    const replicas = [{ regionName: "us-west-2" }, { regionName: "us-west-2" }, { regionName: "us-west-2" }];
    const table = primary(TABLE, "t", { ...IA, readCapacity: 10, writeCapacity: 10, replicas });
    const report = costOf([table]);
    assert.deepEqual(
      report.lines.map(({ item, monthlyMicroUsd }) => [item, monthlyMicroUsd]),
      ["table", "table replica", "table replica", "table replica"].flatMap((what) => [
        [`${what} storage, 1 GB assumed`, 100_000],
        [`${what} provisioned reads, 10 RCU`, 1_168_000],
        [`${what} provisioned writes, 10 WCU`, 5_913_000],
      ]),
    );
    assert.equal(report.standbyMicroUsd, 3 * 7_181_000);
  });

  it("takes no other class for one of the two", () => {
    const why = 'tableClass is "COLD", a class without a price in the list';
    assert.deepEqual(priced(TABLE, { tableClass: "COLD", readCapacity: 1, writeCapacity: 1 }), {
      "price tableClass": why,
    });
    assert.deepEqual(priced(TABLE, { ...ON_DEMAND, tableClass: "" }), {
      "table storage, 1 GB assumed": 250_000,
    });
  });

  it("charges a replica of a class of its own by that one", () => {
    const replicaLines = (ofTable: Properties, override: Properties, tableGb: number) => {
      const table = primary(TABLE, "t", { readCapacity: 10, writeCapacity: 10, ...ofTable });
      const from = { globalTableArn: [urn(TABLE, "t")] };
      const replica = standby(REPLICA, "r", { globalTableArn: UNKNOWN, ...override }, { from });
      const { lines, unpriced } = costOf([table, replica], { tableGb });
      return {
        ...amounts({ lines: lines.filter(({ standby: counts }) => counts) }),
        ...Object.fromEntries(unpriced.map(({ path, why, standby: counts }) => [`${path} ${counts}`, why])),
      };
    };
    const standard = {
      "table replica storage, 300 GB assumed": 75_000_000,
      "table replica provisioned reads, 10 RCU": 949_000,
      "table replica provisioned writes, 10 WCU": 4_745_000,
    };
    const infrequent = {
      "table replica storage, 300 GB assumed": 30_000_000,
      "table replica provisioned reads, 10 RCU": 1_168_000,
      "table replica provisioned writes, 10 WCU": 5_913_000,
    };
    assert.deepEqual(replicaLines(IA, { tableClassOverride: "STANDARD" }, 300), standard);
    assert.deepEqual(replicaLines({}, { tableClassOverride: "STANDARD_INFREQUENT_ACCESS" }, 300), infrequent);
    assert.deepEqual(replicaLines(IA, {}, 300), infrequent);
    assert.deepEqual(replicaLines({}, {}, 300), standard);
    assert.deepEqual(replicaLines(IA, { tableClassOverride: UNKNOWN }, 300), {
      "tableClassOverride true": "tableClassOverride is not known yet",
    });
  });
});
