import { separateReplicas } from "../../../model/separate-replica";
import type { Meter, Place } from "../meter";
import { type Dimension, indexMinimum, isSeparate } from "./dynamodb";
import { amountText, type Formula, hourly, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { stringAt } from "./read";
import { classPrice, isTableClass, type ReadClass, replicaClassOf, tableClassOf } from "./table-class";

const TABLE = "aws:dynamodb/table:Table";

/**
 * An index declared apart from its table reserves for itself in every copy of the table, where the table is
 * provisioned; its items are part of the assumed size of the table.
 */
export const globalIndexMeters: Formula = (index, stack) => {
  const place = stack.regionOf(index);
  const name = stringAt(index.properties, "tableName");
  const table =
    stack.reference(index, "tableName", TABLE) ??
    (typeof name === "string" ? stack.named(index, TABLE, "name", name) : undefined);
  if (!table)
    return [unpriced("its table is not in this stack, so its billing cannot be read", "tableName", place)];
  const written = stack.asWritten(table);
  const billing = new Inputs(written.properties, place);
  const mode = billing.text("billingMode", "PROVISIONED");
  const replicas = billing.list("replicas");
  if (!billing.sound || mode === "PAY_PER_REQUEST") return billing.or([]);
  const separate = separateReplicas(table, stack.joins);
  const tableClass = tableClassOf(written, place);
  const copies: readonly IndexCopy[] = [
    { where: place, tableClass, replica: false },
    ...replicas
      .map((replica) => stringAt(replica, "regionName"))
      .filter((where) => !isSeparate(where, separate, stack))
      .map((where): IndexCopy => ({ where, tableClass, replica: true })),
    ...separate.map(
      (replica): IndexCopy => ({
        where: stack.regionOf(replica),
        tableClass: replicaClassOf(stack.asWritten(replica), written, place),
        replica: true,
      }),
    ),
  ];
  const throughput = new Inputs(index.properties, place);
  const indexName = stringAt(index.properties, "indexName");
  const scaled = (dimension: Dimension) => indexMinimum(table, dimension, indexName, stack);
  const readMinimum = scaled("ReadCapacityUnits");
  const writeMinimum = scaled("WriteCapacityUnits");
  if (typeof readMinimum !== "number") return [readMinimum];
  if (typeof writeMinimum !== "number") return [writeMinimum];
  const reads = Math.max(readMinimum, throughput.number("provisionedThroughput.readCapacityUnits"));
  const writes = Math.max(writeMinimum, throughput.number("provisionedThroughput.writeCapacityUnits"));
  const write = `dynamodb/provisioned-${copies.length > 1 ? "replicated-" : ""}write`;
  const lever = "set the table's billingMode to PAY_PER_REQUEST";
  return throughput.or(
    copies.flatMap(({ where, tableClass: own, replica }) => {
      if (!isTableClass(own)) return [{ ...own, replica }];
      const what = replica ? "index in a replica" : "index";
      const rest = { lever, replica };
      const read = classPrice("dynamodb/provisioned-read", own);
      return [
        ...units(`${what}, provisioned reads`, read, where, reads, "RCU", rest),
        ...units(`${what}, provisioned writes`, classPrice(write, own), where, writes, "WCU", rest),
      ];
    }),
  );
};

/** A copy of the table, which holds the index too and has a class of its own where it says so. */
interface IndexCopy {
  readonly where: Place;
  readonly tableClass: ReadClass;
  readonly replica: boolean;
}

function units(
  item: string,
  price: string,
  place: Place,
  count: number,
  unit: string,
  rest: Parameters<typeof hourly>[4],
): Meter[] {
  return hourly("", price, place, count, rest).map((meter) => ({
    ...meter,
    item: `${item}, ${amountText(count, unit)}`,
  }));
}
