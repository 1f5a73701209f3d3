import { HOURS_PER_MONTH } from "../../../model/money";
import { inlineReplicationMeters } from "./bucket-replication";
import { amountText, type Formula, stored } from "./formula";
import { Inputs } from "./inputs";

export const bucketMeters: Formula = (resource, stack) => {
  const gb = stack.assumptions.bucketGb;
  const storage = stored(
    `bucket storage, ${amountText(gb, "GB")} assumed`,
    "s3/storage",
    stack.regionOf(resource),
    gb,
  );
  return [...storage, ...inlineReplicationMeters(resource, stack)];
};

/** A bucket in one zone; one in a Local Zone has another class and price. */
export const directoryBucketMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const type = inputs.text("location.type", "AvailabilityZone");
  if (type !== "AvailabilityZone")
    inputs.refuse(`storage in a ${type} has no price in the list`, "location.type");
  const gb = stack.assumptions.bucketGb;
  return inputs.or(
    stored(`Express One Zone storage, ${amountText(gb, "GB")} assumed`, "s3/express-storage", place, gb, {
      lever: "use a general purpose bucket, a fifth of the price",
      leaves: "untold",
    }),
  );
};

/** Charged for every object that is watched, used or not. */
export const analyticsMeters: Formula = (resource, stack) => {
  const objects = stack.assumptions.bucketObjects;
  return stored(
    `storage class analysis, ${amountText(objects, "objects")} assumed`,
    "s3/analysis",
    stack.regionOf(resource),
    objects,
  );
};

const LISTINGS_PER_MONTH = new Map([
  ["Daily", HOURS_PER_MONTH / 24],
  ["Weekly", HOURS_PER_MONTH / (7 * 24)],
]);

/** Lists every object on a schedule. */
export const inventoryMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const enabled = inputs.flag("enabled", true);
  const frequency = inputs.text("schedule.frequency");
  const listings = LISTINGS_PER_MONTH.get(frequency);
  if (listings === undefined && inputs.sound) {
    inputs.refuse(`schedule.frequency is "${frequency}", not Daily or Weekly`, "schedule.frequency");
  }
  if (!enabled || listings === undefined) return inputs.or([]);
  const objects = stack.assumptions.bucketObjects;
  return inputs.or(
    stored(
      `${frequency.toLowerCase()} inventory, ${amountText(objects, "objects")} assumed`,
      "s3/inventory",
      place,
      objects * listings,
      frequency === "Daily" ? { lever: "set schedule.frequency to Weekly", leaves: "untold" } : {},
    ),
  );
};

export const glacierVaultMeters: Formula = (resource, stack) => {
  const gb = stack.assumptions.archiveGb;
  return stored(
    `archive storage, ${amountText(gb, "GB")} assumed`,
    "glacier/storage",
    stack.regionOf(resource),
    gb,
  );
};
