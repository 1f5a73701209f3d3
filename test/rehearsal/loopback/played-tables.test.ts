import assert from "node:assert/strict";
import type { StackResource } from "../../../model/stack-resource";
import { UNKNOWN } from "../../../model/unknown";
import { playedTables } from "../../../rehearsal/loopback/played-tables";
import { profilePlan, TABLE } from "./plan-fixture";

const tableResource = (properties: StackResource["properties"]): StackResource => ({
  urn: TABLE,
  type: "aws:dynamodb/table:Table",
  name: "profiles",
  custom: true,
  properties,
  dependencies: [],
  propertyDependencies: {},
});

describe("rehearsal/loopback/played-tables", () => {
  it("takes the partition key for text where only the plan is there", () => {
    assert.deepEqual(playedTables(profilePlan(), [], []), [
      { name: "profiles", hashKey: "id", regions: ["us-east-1", "us-west-2"] },
    ]);
  });

  it("reads the whole key off the table's resource", () => {
    const resource = tableResource({
      rangeKey: "sequence",
      attributes: [
        { name: "id", type: "B" },
        { name: "sequence", type: "N" },
      ],
    });
    assert.deepEqual(playedTables(profilePlan(), [resource], []), [
      {
        name: "profiles",
        hashKey: "id",
        hashType: "B",
        rangeKey: { name: "sequence", type: "N" },
        regions: ["us-east-1", "us-west-2"],
      },
    ]);
    const bare = tableResource({ rangeKey: "", attributes: UNKNOWN });
    assert.deepEqual(playedTables(profilePlan(), [bare], []), playedTables(profilePlan(), [], []));
  });

  it("says which table is not known, and knows no region that the plan does not", () => {
    const plan = profilePlan();
    const reasons: string[] = [];
    const tables = plan.tables.map((table) => ({ ...table, name: UNKNOWN as typeof UNKNOWN }));
    assert.deepEqual(playedTables({ ...plan, tables }, [], reasons), []);
    assert.deepEqual(reasons, [`name or hashKey of ${TABLE} is not known yet`]);
    const nowhere = plan.tables.map((table) => ({
      ...table,
      region: UNKNOWN as typeof UNKNOWN,
      replicas: [],
    }));
    assert.deepEqual(
      playedTables({ ...plan, tables: nowhere }, [], []).map(({ regions }) => regions),
      [[]],
    );
  });
});
