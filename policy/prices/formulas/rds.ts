import type { StackResource } from "../../../model/stack-resource";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { DATABASE, DATABASE_SOURCES } from "./database-snapshots";
import { inExtendedSupport, supportedVersion } from "./extended-support";
import { amountText, type Formula, hourly, stored, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { managedSecret } from "./keys";
import { madeFrom } from "./made-from";
import { publicAddresses } from "./public-address";
import { vcpusOf } from "./vcpu";

/** A second instance and a second copy of its storage stand by in another zone. */
const MULTI_AZ_COPIES = 2;
/** Operations that gp3 includes, below 400 GB and from there on. */
const GP3_IOPS_INCLUDED = 3000;
const GP3_IOPS_INCLUDED_LARGE = 12_000;
const GP3_LARGE_GB = 400;
/** MiB/s that gp3 includes, likewise. */
const GP3_THROUGHPUT_INCLUDED = 125;
const GP3_THROUGHPUT_INCLUDED_LARGE = 500;
/** Extended support costs twice its price from the third year on, which is the bound. */
const EXTENDED_SUPPORT_YEARS_FACTOR = 2;
/** Days of Performance Insights that are free. */
const FREE_INSIGHTS_DAYS = 7;

/** Hours by class and engine, and the storage that it reserves; both twice where it is Multi-AZ. */
export const databaseMeters: Formula = (database, stack) => {
  const place = stack.regionOf(database);
  const properties = withSources(database, stack);
  const inputs = new Inputs(properties, place);
  const disks = new Inputs(properties, place);
  const support = new Inputs(properties, place);
  const engine = inputs.text("engine");
  const instanceClass = inputs.text("instanceClass");
  const multiAz = inputs.flag("multiAz", false);
  refuseExtras(inputs.extras);
  const copies = multiAz ? MULTI_AZ_COPIES : 1;
  const secret = managedSecret(inputs, "manageMasterUserPassword");
  // The instance that stands by in the other zone has an address as well.
  const addresses = publicAddresses(copies, inputs);
  return [
    ...inputs.or([
      ...classHours(engine, instanceClass, multiAz, place, stack),
      ...(inputs.sound ? supportMeters(engine, instanceClass, copies, support, stack) : []),
      ...secret,
      ...addresses,
    ]),
    ...disks.or(storageMeters(disks, engine, copies, place)),
  ];
};

const INHERITED = [
  "engine",
  "engineVersion",
  "allocatedStorage",
  "storageType",
  "iops",
  "storageThroughput",
] as const;

/** A replica, and what is restored from a snapshot, has its source's engine and storage unless it says otherwise. */
function withSources(database: StackResource, stack: PricedStack): StackResource["properties"] {
  const properties = { ...database.properties };
  const { resources } = madeFrom(database, stack, DATABASE_SOURCES);
  for (const source of resources) {
    if (source.type !== DATABASE) continue;
    for (const name of INHERITED) properties[name] ??= source.properties[name];
  }
  return properties;
}

/** Enhanced monitoring writes log lines at its interval, asked or not. */
export function refuseEnhancedMonitoring(extras: Inputs): void {
  if (extras.number("monitoringInterval", 0) > 0) {
    const why = "enhanced monitoring writes log lines whose size is not known; set monitoringInterval to 0";
    extras.refuse(why, "monitoringInterval");
  }
}

/** What has a price of its own that is not in the list. */
function refuseExtras(extras: Inputs): void {
  refuseEnhancedMonitoring(extras);
  if (extras.list("additionalStorageVolumes").length > 0) {
    extras.refuse("additional volumes have no price in the list", "additionalStorageVolumes");
  }
  refuseInsights(extras);
  if (extras.flag("dedicatedLogVolume", false)) {
    extras.refuse("a log volume of its own has no price in the list", "dedicatedLogVolume");
  }
}

export function refuseInsights(extras: Inputs): void {
  const path = "performanceInsightsRetentionPeriod";
  if (extras.number(path, FREE_INSIGHTS_DAYS) > FREE_INSIGHTS_DAYS) {
    extras.refuse(`insights kept above ${FREE_INSIGHTS_DAYS} days have no price in the list`, path);
  }
  if (extras.text("databaseInsightsMode", "standard") !== "standard") {
    extras.refuse("advanced database insights have no price in the list", "databaseInsightsMode");
  }
}

function classHours(
  engine: string,
  instanceClass: string,
  multiAz: boolean,
  place: Place,
  stack: PricedStack,
): Meter[] {
  const item = `${instanceClass} ${engine} database${multiAz ? ", Multi-AZ" : ""}`;
  const price = `rds/instance/${engine}/${instanceClass}`;
  if (!multiAz) return hourly(item, price, place, 1, { lever: "use a smaller class", leaves: "untold" });
  const lever = "set multiAz to false";
  const own = `rds/instance-multi-az/${engine}/${instanceClass}`;
  if (stack.prices.has(own)) return hourly(item, own, place, 1, { lever, leaves: { price } });
  const leaves = { price, times: 1 / MULTI_AZ_COPIES };
  return hourly("", price, place, MULTI_AZ_COPIES, { lever, leaves }).map((meter) => ({ ...meter, item }));
}

function storageMeters(inputs: Inputs, engine: string, copies: number, place: Place): Meter[] {
  const iops = inputs.number("iops", 0);
  const type = inputs.text("storageType", iops > 0 ? "io1" : "gp2");
  const gb = inputs.number("allocatedStorage");
  const twice = copies > 1 ? ", in two zones" : "";
  const meters = stored(
    `database storage, ${amountText(gb, "GB")} ${type}${twice}`,
    `rds/storage/${type}`,
    place,
    gb * copies,
  );
  // SQL Server keeps the small baseline at every size (RDS user guide, "gp3 storage").
  const large = gb >= GP3_LARGE_GB && !engine.startsWith("sqlserver");
  const included = large ? GP3_IOPS_INCLUDED_LARGE : GP3_IOPS_INCLUDED;
  if (type === "io1" || type === "io2") {
    const item = `database operations, ${amountText(iops, "IOPS")}${twice}`;
    if (iops > 0) {
      const times = (iops - included) / iops;
      const kept = times > 0 ? { leaves: { price: "rds/gp3-iops", times } } : {};
      const rest = { lever: "use gp3", ...kept };
      meters.push(...stored(item, "rds/provisioned-iops", place, iops * copies, rest));
    } else if (inputs.sound) inputs.extras.refuse("iops is not set", "iops");
  }
  const throughput = large ? GP3_THROUGHPUT_INCLUDED_LARGE : GP3_THROUGHPUT_INCLUDED;
  if (type === "gp3" && inputs.extras.number("storageThroughput", 0) > throughput) {
    const why = `throughput above the included ${throughput} MiB/s has no price in the list`;
    inputs.extras.refuse(why, "storageThroughput");
  }
  if (type === "gp3" && iops > included) {
    const item = `database operations, ${iops - included} IOPS above the included ${included}${twice}`;
    meters.push(...stored(item, "rds/gp3-iops", place, (iops - included) * copies));
  }
  return meters;
}

function supportMeters(
  engine: string,
  instanceClass: string,
  copies: number,
  inputs: Inputs,
  stack: PricedStack,
): Meter[] {
  const version = supportedVersion(inputs);
  const lifecycle = inputs.text("engineLifecycleSupport", "open-source-rds-extended-support");
  const supported = lifecycle.endsWith("-disabled") || !inExtendedSupport(engine, version, stack.asOf);
  if (!inputs.sound || supported) return inputs.or([]);
  const vcpus = vcpusOf(instanceClass);
  if (vcpus === undefined) {
    return [unpriced(`the vCPUs of ${instanceClass} are not known`, "instanceClass", inputs.place)];
  }
  return extendedSupport(version, vcpus * copies, inputs.place);
}

/** vCPUs in extended support, at the bound of its price. */
export function extendedSupport(version: string, vcpus: number, place: Place): Meter[] {
  const item = `extended support of version ${version}, ${vcpus} vCPU at the third year's price at most`;
  return hourly("", "rds/extended-support", place, vcpus * EXTENDED_SUPPORT_YEARS_FACTOR, {
    note: "the third year's price, twice that of the first two, is the bound",
    lever: "move to a version in standard support",
  }).map((meter) => ({ ...meter, item }));
}
