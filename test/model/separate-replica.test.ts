import assert from "node:assert/strict";
import { separateReplicas, tableOfReplica } from "../../model/separate-replica";
import { StackJoins } from "../../model/stack-joins";
import type { StackResource } from "../../model/stack-resource";
import { type PropertyValue, UNKNOWN } from "../../model/unknown";
import { resource } from "./stack-fixture";

const TABLE = "aws:dynamodb/table:Table";
const REPLICA = "aws:dynamodb/tableReplica:TableReplica";
const arnOf = (name: string) => `arn:aws:dynamodb:us-east-1:123456789012:table/${name}`;
const one = resource(TABLE, "one", { arn: arnOf("one") });
const two = resource(TABLE, "two", { arn: arnOf("two") });
const unborn = resource(TABLE, "unborn", { arn: UNKNOWN }, { id: UNKNOWN });
const replica = (name: string, globalTableArn: PropertyValue, from: StackResource[] = []) =>
  resource(REPLICA, name, { globalTableArn }, { from: { globalTableArn: from.map(({ urn }) => urn) } });

describe("model/separate-replica", () => {
  it("finds the table by ARN, which wins over what the ARN was computed from", () => {
    const of = (copy: StackResource) => tableOfReplica(copy, new StackJoins([one, two, unborn, copy]))?.name;
    assert.equal(of(replica("copy", arnOf("one"))), "one");
    assert.equal(of(replica("copy", arnOf("one"), [two])), "one");
    assert.equal(of(replica("copy", UNKNOWN, [unborn])), "unborn");
    assert.equal(of(replica("copy", UNKNOWN, [one, two])), undefined);
    assert.equal(of(replica("copy", arnOf("gone"))), undefined);
    assert.equal(of(replica("copy", UNKNOWN)), undefined);
  });

  it("lists the replicas of each table, in the order of the resources", () => {
    const copies = [
      replica("b", arnOf("one")),
      replica("a", UNKNOWN, [one]),
      replica("c", arnOf("two")),
      replica("stray", arnOf("gone")),
    ];
    const joins = new StackJoins([one, two, unborn, ...copies]);
    const names = (table: StackResource) => separateReplicas(table, joins).map(({ name }) => name);
    assert.deepEqual(names(one), ["b", "a"]);
    assert.deepEqual(names(two), ["c"]);
    assert.deepEqual(names(unborn), []);
  });
});
