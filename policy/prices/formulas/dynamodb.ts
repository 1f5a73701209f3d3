import { HOURS_PER_MONTH } from "../../../model/money";
import { scaledIndex, scalingTargets } from "../../../model/scaling-join";
import { separateReplicas, tableOfReplica } from "../../../model/separate-replica";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown, type PropertyValue } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { amountText, type Formula, unknownInput, unpriced } from "./formula";
import { booleanAt, listAt, numberAt, stringAt } from "./read";
import { scalingMinimum } from "./scaling";
import {
  classPrice,
  isTableClass,
  type ReadClass,
  replicaClassOf,
  type TableClass,
  tableClassOf,
} from "./table-class";

/** A table and every inline replica: each keeps, protects and, where provisioned, reserves for itself. */
export const tableMeters: Formula = (table, stack) => {
  const replicas = listAt(table.properties, "replicas");
  if (isUnknown(replicas)) return [unknownInput("replicas")];
  const separate = separateReplicas(table, stack.joins);
  const home = stack.regionOf(table);
  const own = copyMeters(table, stack, {
    place: home,
    tableClass: tableClassOf(table, home),
    pointInTimeRecovery: booleanAt(table.properties, "pointInTimeRecovery", "enabled"),
    path: "pointInTimeRecovery.enabled",
    replica: false,
    replicated: (replicas ?? []).length > 0 || separate.length > 0,
  });
  const copies = (replicas ?? []).flatMap((replica, index) => {
    const place = stringAt(replica, "regionName");
    if (isSeparate(place, separate, stack)) return [];
    return copyMeters(table, stack, {
      place,
      tableClass: tableClassOf(table, place),
      pointInTimeRecovery: booleanAt(replica, "pointInTimeRecovery"),
      path: `replicas[${index}].pointInTimeRecovery`,
      replica: true,
      replicated: true,
    });
  });
  return [...own, ...copies];
};

/** A replica declared apart from its table costs what the table's capacity and storage make it cost. */
export const tableReplicaMeters: Formula = (replica, stack) => {
  const table = tableOfReplica(replica, stack.joins);
  if (!table)
    return [{ ...unpriced("its table is not in this stack, so its capacity cannot be read"), replica: true }];
  const written = stack.asWritten(table);
  const place = stack.regionOf(replica);
  return copyMeters(written, stack, {
    place,
    tableClass: replicaClassOf(replica, written, place),
    pointInTimeRecovery: booleanAt(replica.properties, "pointInTimeRecovery"),
    path: "pointInTimeRecovery",
    replica: true,
    replicated: true,
  });
};

/** AWS reports a replica that is declared apart among its table's own; it counts once, where it is declared. */
export function isSeparate(place: Place, separate: readonly StackResource[], stack: PricedStack): boolean {
  return typeof place === "string" && separate.some((replica) => stack.regionOf(replica) === place);
}

interface Copy {
  readonly place: Place;
  readonly tableClass: ReadClass;
  readonly pointInTimeRecovery: MaybeUnknown<boolean> | undefined;
  readonly path: string;
  readonly replica: boolean;
  /** Whether writes to it are replicated, which has a price row of its own. */
  readonly replicated: boolean;
}

/** A copy whose class is known. */
type ClassedCopy = Copy & { readonly tableClass: TableClass };

/** The class decides every price but that of recovery, so without it there is none. */
function copyMeters(table: StackResource, stack: PricedStack, copy: Copy): Meter[] {
  const { tableClass, replica } = copy;
  if (!isTableClass(tableClass)) return [{ ...tableClass, replica }];
  const classed = { ...copy, tableClass };
  return [...storageMeters(stack, classed), ...capacityMeters(table, stack, classed)];
}

function storageMeters(stack: PricedStack, copy: ClassedCopy): Meter[] {
  const { place, replica } = copy;
  const gb = stack.assumptions.tableGb;
  const assumed = `${amountText(gb, "GB")} assumed`;
  const what = replica ? "table replica" : "table";
  const storage: Meter = {
    kind: "metered",
    item: `${what} storage, ${assumed}`,
    price: classPrice("dynamodb/storage", copy.tableClass),
    place,
    quantity: gb,
    replica,
  };
  if (isUnknown(copy.pointInTimeRecovery)) return [storage, { ...unknownInput(copy.path, place), replica }];
  if (!copy.pointInTimeRecovery) return [storage];
  const recovery: Meter = {
    kind: "metered",
    item: `${what} point-in-time recovery, ${assumed}`,
    price: "dynamodb/point-in-time-recovery",
    place,
    quantity: gb,
    replica,
  };
  return [storage, recovery];
}

/** Billing is PROVISIONED where nothing is said: the provider's default, unlike the console's. */
function capacityMeters(
  table: StackResource,
  stack: PricedStack,
  { place, tableClass, replica, replicated }: ClassedCopy,
): Meter[] {
  const { properties } = table;
  const billing = stringAt(properties, "billingMode") ?? "PROVISIONED";
  if (isUnknown(billing)) return [{ ...unknownInput("billingMode", place), replica }];
  if (billing === "PAY_PER_REQUEST") return [];
  const indexes = listAt(properties, "globalSecondaryIndexes") ?? [];
  if (isUnknown(indexes)) return [{ ...unknownInput("globalSecondaryIndexes", place), replica }];
  const what = replica ? "table replica" : "table";
  const lever = "set billingMode to PAY_PER_REQUEST";
  const meters: Meter[] = [];
  for (const [property, dimension, word, unit, price] of [
    ["readCapacity", "ReadCapacityUnits", "reads", "RCU", "dynamodb/provisioned-read"],
    [
      "writeCapacity",
      "WriteCapacityUnits",
      "writes",
      "WCU",
      `dynamodb/provisioned-${replicated ? "replicated-" : ""}write`,
    ],
  ] as const) {
    const { least, untold } = scaledMinima(table, indexes, dimension, stack);
    if (untold) meters.push({ ...untold, replica });
    const units = capacityOf([properties, ...indexes], property, least);
    if (typeof units !== "number") meters.push({ ...missingCapacity(units, place), replica });
    else {
      const item = `${what} provisioned ${word}, ${amountText(units, unit)}`;
      const quantity = units * HOURS_PER_MONTH;
      meters.push({
        kind: "metered",
        item,
        price: classPrice(price, tableClass),
        place,
        quantity,
        replica,
        lever,
      });
    }
  }
  return meters;
}

function missingCapacity(problem: CapacityProblem, place: Place): Meter {
  return problem.known
    ? unpriced(
        `billing is PROVISIONED, the default, and ${problem.path} is not set; set it, or billingMode to PAY_PER_REQUEST`,
        problem.path,
        place,
      )
    : unknownInput(problem.path, place);
}

interface CapacityProblem {
  readonly known: boolean;
  readonly path: string;
}

export type Dimension = "ReadCapacityUnits" | "WriteCapacityUnits";

/**
 * What scaling never goes below, of the table and of each index; 0 where that is `untold`. Copies have the capacity of their table (Amazon
 * DynamoDB developer guide, "Global tables"), so the greatest minimum of any region is the bound of each.
 */
function scaledMinima(
  table: StackResource,
  indexes: readonly PropertyValue[],
  dimension: Dimension,
  stack: PricedStack,
): { readonly least: readonly number[]; readonly untold: Meter | undefined } {
  const own = scalingMinimum(scalingTargets(table, `dynamodb:table:${dimension}`, stack.joins), stack);
  const minima = [own, ...indexes.map((one) => indexMinimum(table, dimension, stringAt(one, "name"), stack))];
  return {
    least: minima.map((minimum) => (typeof minimum === "number" ? minimum : 0)),
    untold: minima.find((minimum) => typeof minimum !== "number"),
  };
}

/** A target whose index is not known yet may scale any of them, so it counts for each. */
export function indexMinimum(
  table: StackResource,
  dimension: Dimension,
  name: MaybeUnknown<string> | undefined,
  stack: PricedStack,
): number | Meter {
  const targets = scalingTargets(table, `dynamodb:index:${dimension}`, stack.joins);
  const mine = targets.filter((target) => [undefined, name].includes(scaledIndex(target)) || isUnknown(name));
  return scalingMinimum(mine, stack);
}

/** The sum over the table and its indexes, or which of them cannot be read. */
function capacityOf(
  holders: readonly PropertyValue[],
  property: "readCapacity" | "writeCapacity",
  minima: readonly number[],
): number | CapacityProblem {
  let sum = 0;
  for (const [index, holder] of holders.entries()) {
    const path = index === 0 ? property : `globalSecondaryIndexes[${index - 1}].${property}`;
    const units = numberAt(holder, property);
    if (isUnknown(units)) return { known: false, path };
    if (units === undefined || units < 0) return { known: true, path };
    sum += Math.max(units, minima[index] ?? 0);
  }
  return sum;
}
