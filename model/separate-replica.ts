import { at, stringAt } from "./property";
import type { StackJoins } from "./stack-joins";
import type { StackResource } from "./stack-resource";

const TABLE = "aws:dynamodb/table:Table";
const REPLICA = "aws:dynamodb/tableReplica:TableReplica";

/** The table of a replica that is declared apart from it: by ARN, else by what the ARN was computed from. */
export function tableOfReplica(replica: StackResource, joins: StackJoins): StackResource | undefined {
  const arn = stringAt(replica.properties, "globalTableArn");
  if (typeof arn === "string") {
    const byArn = joins.grouped("tables by ARN", TABLE, ({ properties }) => {
      const own = at(properties, "arn");
      return typeof own === "string" ? [own] : [];
    });
    const [named] = byArn.get(arn) ?? [];
    if (named) return named;
  }
  const sources = (replica.propertyDependencies.globalTableArn ?? []).flatMap((urn) => {
    const source = joins.byUrn.get(urn);
    return source?.type === TABLE ? [source] : [];
  });
  return sources.length === 1 ? sources[0] : undefined;
}

/** Every replica of a table that is a resource of its own, in the order of the resources. */
export function separateReplicas(table: StackResource, joins: StackJoins): readonly StackResource[] {
  const byTable = joins.grouped("replicas by their table", REPLICA, (replica) => {
    const own = tableOfReplica(replica, joins);
    return own ? [own.urn] : [];
  });
  return byTable.get(table.urn) ?? [];
}
