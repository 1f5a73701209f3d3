import { separateReplicas } from "../../../model/separate-replica";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type PropertyValue } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { unknownInput, unpriced } from "./formula";
import { stringAt } from "./read";

/** Standard-IA keeps items for less and takes a quarter more for reads and writes (DynamoDB pricing). */
export type TableClass = "STANDARD" | "STANDARD_INFREQUENT_ACCESS";

/** A property that AWS would not take for a class, or that is not known yet, is the meter that says so. */
export type ReadClass = TableClass | Meter;

export function isTableClass(read: ReadClass): read is TableClass {
  return typeof read === "string";
}

/** The row of a price that each class has of its own: `dynamodb/provisioned-read-infrequent-access`. */
export function classPrice(price: string, tableClass: TableClass): string {
  return tableClass === "STANDARD" ? price : `${price}-infrequent-access`;
}

/** The class of a table, STANDARD where nothing is said; an inline replica has no class of its own. */
export function tableClassOf(table: StackResource, place: Place): ReadClass {
  return classAt(table.properties, "tableClass", place) ?? "STANDARD";
}

/**
 * The class of a replica that is declared apart: its own, else its table's (DynamoDB API,
 * CreateReplicationGroupMemberAction: TableClassOverride).
 */
export function replicaClassOf(replica: StackResource, table: StackResource, place: Place): ReadClass {
  return classAt(replica.properties, "tableClassOverride", place) ?? tableClassOf(table, place);
}

/** The class of the copy that a region has; of several that may be meant, the one whose requests are dearer. */
export function tableClassIn(table: StackResource, place: Place, stack: PricedStack): ReadClass {
  const written = stack.asWritten(table);
  const isHere = (copy: StackResource) => {
    const region = stack.regionOf(copy);
    return isUnknown(region) || isUnknown(place) || region === place;
  };
  const replicas = separateReplicas(table, stack.joins).filter(isHere);
  const apart = replicas.map((replica) => replicaClassOf(stack.asWritten(replica), written, place));
  const classes = apart.length === 0 || isHere(table) ? [tableClassOf(written, place), ...apart] : apart;
  return (
    classes.find((read) => !isTableClass(read)) ??
    classes.find((read) => read === "STANDARD_INFREQUENT_ACCESS") ??
    "STANDARD"
  );
}

function classAt(properties: PropertyValue, path: string, place: Place): ReadClass | undefined {
  const text = stringAt(properties, path);
  if (isUnknown(text)) return unknownInput(path, place);
  if (text === undefined || text === "") return undefined;
  if (text === "STANDARD" || text === "STANDARD_INFREQUENT_ACCESS") return text;
  return unpriced(`${path} is "${text}", a class without a price in the list`, path, place);
}
