import assert from "node:assert/strict";
import { inExtendedSupport, searchSupportProblem } from "../../../../policy/prices/formulas/extended-support";

describe("policy/prices/formulas/extended-support", () => {
  for (const [engine, version, expected] of [
    ["mysql", "8.0.40", true],
    ["mysql", "8.4.0", false],
    ["mysql", "5.7", true],
    ["postgres", "13.20", true],
    ["postgres", "14", false],
    ["postgres", "9.6.24", true],
    ["aurora-mysql", "5.7.mysql_aurora.2.12.3", true],
    ["aurora-mysql", "8.0.mysql_aurora.3.04.0", false],
    ["aurora-postgresql", "13.9", true],
    ["aurora-postgresql", "14.3", false],
    ["mariadb", "10.4", false],
    ["mysql", "", false],
    ["redis", "5.0.6", true],
    ["redis", "6.0", false],
    ["docdb", "3.6.0", true],
    ["docdb", "4.0.0", false],
    ["constructor", "1", false],
  ] as const) {
    it(`${expected ? "charges" : "does not charge"} ${engine} ${version || "of no named version"}`, () => {
      assert.equal(inExtendedSupport(engine, version), expected);
    });
  }

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
  ] as const) {
    it(`${expected ? "refuses" : "lets pass"} ${version}`, () => {
      const why = `extended support of ${version} has no price in the list; move to OpenSearch_2.11 or newer`;
      assert.equal(searchSupportProblem(version), expected ? why : undefined);
    });
  }

  it("refuses what is no version", () => {
    const why = "constructor_1.0 is no version of OpenSearch or Elasticsearch";
    assert.equal(searchSupportProblem("constructor_1.0"), why);
  });
});
