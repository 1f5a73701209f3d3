import assert from "node:assert/strict";
import {
  dependsOnSupportDates,
  inExtendedSupport,
  oldestStandardMinor,
  SUPPORT_DATES_AS_OF,
  searchSupportProblem,
} from "../../../../policy/prices/formulas/extended-support";
import { priced } from "../meters";

describe("policy/prices/formulas/extended-support", () => {
  for (const [engine, version, expected] of [
    ["mysql", "8.0.40", true],
    ["mysql", "8.4.0", false],
    ["mysql", "5.7", true],
    ["postgres", "13.20", true],
    ["postgres", "14", false],
    ["postgres", "9.6.24", true],
    ["postgres", "99", false],
    ["aurora-mysql", "5.7.mysql_aurora.2.12.3", true],
    ["aurora-mysql", "8.0.mysql_aurora.3.04.0", false],
    ["aurora-postgresql", "13.9", true],
    ["aurora-postgresql", "14.3", false],
    ["mariadb", "10.4", false],
    ["mysql", "", false],
    ["redis", "5.0.6", true],
    ["redis", "6.0", false],
    ["redis", "7.1", false],
    ["valkey", "7.2", false],
    ["docdb", "3.6.0", true],
    ["docdb", "4.0.0", false],
    ["constructor", "1", false],
  ] as const) {
    it(`${expected ? "charges" : "does not charge"} ${engine} ${version || "of no named version"}`, () => {
      assert.equal(inExtendedSupport(engine, version), expected);
      assert.equal(inExtendedSupport(engine, version, SUPPORT_DATES_AS_OF), expected);
    });
  }

  for (const [engine, version, last, first] of [
    ["mysql", "5.7.44", "2024-02-29", "2024-03-01"],
    ["mysql", "8.0.40", "2026-07-31", "2026-08-01"],
    ["mysql", "8.4.5", "2029-07-31", "2029-08-01"],
    ["postgres", "12.22", "2025-02-28", "2025-03-01"],
    ["postgres", "13.20", "2026-02-28", "2026-03-01"],
    ["postgres", "14.17", "2027-02-28", "2027-03-01"],
    ["postgres", "15.12", "2028-02-29", "2028-03-01"],
    ["postgres", "18.1", "2031-02-28", "2031-03-01"],
    ["aurora-postgresql", "14.3", "2027-02-28", "2027-03-01"],
    ["aurora-mysql", "5.7.mysql_aurora.2.12.3", "2024-10-31", "2024-11-01"],
    ["redis", "5.0.6", "2026-01-31", "2026-02-01"],
    ["redis", "6.2", "2027-01-31", "2027-02-01"],
    ["docdb", "3.6.0", "2026-03-30", "2026-03-31"],
  ] as const) {
    it(`charges ${engine} ${version} from ${first}`, () => {
      assert.deepEqual(
        [last, first].map((day) => inExtendedSupport(engine, version, day)),
        [false, true],
      );
    });
  }

  for (const [minor, last, first, oldest] of [
    [30, "2025-07-23", "2025-07-24", 31],
    [31, "2025-11-26", "2025-11-27", 32],
    [32, "2026-03-23", "2026-03-24", 33],
    [33, "2026-07-29", "2026-07-30", 34],
    [34, "2026-12-02", "2026-12-03", 35],
    [35, "2027-03-27", "2027-03-28", 36],
    [36, "2027-08-02", "2027-08-03", 37],
  ] as const) {
    it(`charges EKS 1.${minor} from ${first}, and names 1.${oldest}`, () => {
      assert.equal(oldestStandardMinor(minor, last), undefined);
      assert.equal(oldestStandardMinor(minor, first), oldest);
    });
  }

  it("judges EKS by the day of the tables where none is told, and supports what is newer than they are", () => {
    assert.deepEqual([oldestStandardMinor(33), oldestStandardMinor(34)], [34, undefined]);
    assert.equal(oldestStandardMinor(20), 34);
    assert.equal(oldestStandardMinor(37, "2099-01-01"), undefined);
  });

  for (const [version, expected] of [
    ["Elasticsearch_1.5", true],
    ["Elasticsearch_6.8", true],
    ["Elasticsearch_7.8", true],
    ["Elasticsearch_7.9", false],
    ["Elasticsearch_7.10", false],
    ["OpenSearch_1.2", true],
    ["OpenSearch_1.3", false],
    ["OpenSearch_2.9", true],
    ["OpenSearch_2.11", false],
    ["OpenSearch_3.1", false],
    ["OpenSearch_4.0", false],
  ] as const) {
    it(`${expected ? "refuses" : "lets pass"} ${version}`, () => {
      const why = `extended support of ${version} has no price in the list; move to OpenSearch_2.11 or newer`;
      assert.equal(searchSupportProblem(version), expected ? why : undefined);
    });
  }

  for (const [version, last, first, oldest] of [
    ["Elasticsearch_7.8", "2025-11-07", "2025-11-08", "2.11"],
    ["Elasticsearch_7.10", "2027-11-07", "2027-11-08", "3.1"],
    ["OpenSearch_1.2", "2025-11-07", "2025-11-08", "2.11"],
    ["OpenSearch_1.3", "2027-11-07", "2027-11-08", "3.1"],
    ["OpenSearch_2.9", "2025-11-07", "2025-11-08", "2.11"],
    ["OpenSearch_2.19", "2027-11-07", "2027-11-08", "3.1"],
  ] as const) {
    it(`refuses ${version} from ${first}`, () => {
      assert.equal(searchSupportProblem(version, last), undefined);
      assert.equal(
        searchSupportProblem(version, first),
        `extended support of ${version} has no price in the list; move to OpenSearch_${oldest} or newer`,
      );
    });
  }

  it("refuses what is no version", () => {
    for (const version of ["constructor_1.0", "Elasticsearch_8.1"]) {
      const why = `${version} is no version of OpenSearch or Elasticsearch`;
      assert.equal(searchSupportProblem(version), why);
    }
  });

  const SEARCH = { instanceType: "t3.small.search", instanceCount: 1 };
  for (const [what, type, properties, last, first, added] of [
    [
      "a cluster of EKS",
      "aws:eks/cluster:Cluster",
      { version: "1.34" },
      "2026-12-02",
      "2026-12-03",
      { "EKS control plane, version 1.34 in extended support": 438_000_000 },
    ],
    [
      "a database",
      "aws:rds/instance:Instance",
      {
        engine: "postgres",
        engineVersion: "14.17",
        instanceClass: "db.t3.micro",
        allocatedStorage: 20,
      },
      "2027-02-28",
      "2027-03-01",
      { "extended support of version 14.17, 2 vCPU at the third year's price at most": 292_000_000 },
    ],
    [
      "a Multi-AZ cluster of RDS",
      "aws:rds/cluster:Cluster",
      { engine: "postgres", engineVersion: "14.17", dbClusterInstanceClass: "db.r6gd.large" },
      "2027-02-28",
      "2027-03-01",
      { "extended support of version 14.17, 6 vCPU at the third year's price at most": 876_000_000 },
    ],
    [
      "a cache",
      "aws:elasticache/cluster:Cluster",
      { engine: "redis", engineVersion: "6.2", nodeType: "cache.t3.micro" },
      "2027-01-31",
      "2027-02-01",
      {
        "price engineVersion": "extended support of redis 6.2 has no price in the list; move to 7 or newer",
      },
    ],
    [
      "a group of caches",
      "aws:elasticache/replicationGroup:ReplicationGroup",
      { engine: "redis", engineVersion: "6.2", nodeType: "cache.t3.micro" },
      "2027-01-31",
      "2027-02-01",
      {
        "price engineVersion": "extended support of redis 6.2 has no price in the list; move to 7 or newer",
      },
    ],
    [
      "a document cluster",
      "aws:docdb/cluster:Cluster",
      { engineVersion: "3.6.0" },
      "2026-03-30",
      "2026-03-31",
      {
        "price engineVersion": "extended support of docdb 3.6.0 has no price in the list; move to 4 or newer",
      },
    ],
    [
      "a search domain",
      "aws:opensearch/domain:Domain",
      { engineVersion: "OpenSearch_2.19", clusterConfig: SEARCH },
      "2027-11-07",
      "2027-11-08",
      {
        "price engineVersion":
          "extended support of OpenSearch_2.19 has no price in the list; move to OpenSearch_3.1 or newer",
      },
    ],
  ] as const) {
    it(`prices ${what} by the day that it is judged on`, () => {
      const on = (day: string) => Object.entries(priced(type, properties, [], day));
      const before = on(last).map(([key]) => key);
      // The control plane of EKS changes its price in place.
      const kept = on(first).filter(([key]) => !before.includes(key));
      assert.deepEqual(Object.fromEntries(kept), added);
      assert.equal(
        before.some((key) => Object.keys(added).includes(key)),
        false,
      );
      assert.ok(dependsOnSupportDates(type));
    });
  }

  it("knows what depends on the dates", () => {
    for (const type of [
      "aws:eks/nodeGroup:NodeGroup",
      "aws:ec2/instance:Instance",
      "aws:neptune/cluster:Cluster",
    ]) {
      assert.equal(dependsOnSupportDates(type), false);
    }
  });
});
